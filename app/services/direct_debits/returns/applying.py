"""Items of reports carried out: each by the rule that was proposed, once, and all that follows from it in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.direct_debits.schedules import Collection, CollectionShare
from app.models.values import (
    CollectionState,
    MandateEvent,
    Money,
    ReportItemState,
    ReportKind,
    ReturnEffect,
    ToldBy,
)
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.diary.keeping import written
from app.services.direct_debits.mandates import keeping as mandates
from app.services.direct_debits.mandates.rules import OVER, STOPPED
from app.services.direct_debits.returns import claims, elsewhere, files, following, naming, posting, rules
from app.services.direct_debits.returns.dto import AREAS, Applied, NotApplied
from app.services.direct_debits.returns.following import ToTell
from app.services.direct_debits.returns.rules import Rule
from app.services.ledger import numbering

_TOUCHED: Final = AREAS | {"rent", "ledger", "diary", "letters", "home"}
_MOST_WORDS: Final = 400


def apply(ctx: Context, item_ids: Sequence[int] | None) -> Applied:
    """Carry out some items, or all that are proposed; what can't be is left as it is, with the reason.

    Every other writer waits from the moment at which the items are looked at.
    """
    numbering.move(ctx, "journal", 0)
    left: list[NotApplied] = []
    going = _chosen(ctx, item_ids, left)
    shut = access.declared_accounts(ctx) | access.closed_accounts(ctx)
    told: list[ToTell] = []
    done: list[BankReportItem] = []
    touched: set[int] = set()
    for at, item in enumerate(going):
        ctx.cancel.check()
        ctx.progress(at, len(going))
        reference, before = item.reference, len(told)
        try:
            with ctx.session.begin_nested():
                touched |= _carry_out(ctx, item, shut, told)
        except UserError as error:
            del told[before:]
            left.append(NotApplied(item.id, reference, error.message))
        else:
            done.append(item)
    reversed_ = sum(each.pence or 0 for each in done if each.effect is ReturnEffect.REVERSE)
    count = len(done)
    posted = posting.post(ctx, done)
    following.tell_all(ctx, told)
    journals = tuple(each.journal for each in posted)
    words = _told(count, Money(reversed_), left)
    return Applied(count, Money(reversed_), journals, tuple(left), words, Changes(_TOUCHED, frozenset(touched)))


def rule_of(item: BankReportItem, kind: ReportKind) -> Rule:
    """The rule by which an item is carried out: the one that was proposed when it was read."""
    return rules.kept(kind, item.reason_code, item.effect)


def _chosen(ctx: Context, item_ids: Sequence[int] | None, left: list[NotApplied]) -> list[BankReportItem]:
    rows = select(BankReportItem).order_by(BankReportItem.report_id, BankReportItem.place)
    if item_ids is None:
        return list(ctx.session.scalars(rows.where(BankReportItem.state == ReportItemState.PROPOSED)))
    found = [
        row
        for chunk in in_chunks(sorted(set(item_ids)))
        for row in ctx.session.scalars(rows.where(BankReportItem.id.in_(chunk)))
    ]
    for row in found:
        if row.state is ReportItemState.UNMATCHED:
            left.append(NotApplied(row.id, row.reference, row.outcome or "It has no mandate yet."))
        elif row.state is not ReportItemState.PROPOSED:
            what = "applied" if row.state is ReportItemState.APPLIED else "set aside"
            left.append(NotApplied(row.id, row.reference, f"It was {what} already."))
    return [row for row in found if row.state is ReportItemState.PROPOSED]


def _carry_out(ctx: Context, item: BankReportItem, shut: frozenset[int], told: list[ToTell]) -> set[int]:
    """Carry out one item; the accounts that it touched."""
    report = ctx.session.get_one(BankReport, item.report_id)
    rule = rule_of(item, report.kind)
    touched: set[int] = set()
    if report.kind in rules.OF_FILES:
        said = files.carry_out(ctx, item, report, rule)
    else:
        mandate = ctx.session.get_one(Mandate, item.mandate_id)
        touched = _accounts(ctx, item, mandate)
        if touched & shut:
            raise UserError("It is on an account that you may not work on.", "A colleague applies it.")
        rule, heard = elsewhere.put_right(ctx, item, mandate, rule, _why(item, report))
        said = [*_of_mandate(ctx, item, report, rule, mandate, told), *heard]
    item.state, item.outcome = ReportItemState.APPLIED, " ".join(said)[:_MOST_WORDS]
    item.decided_by, item.decided_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return touched


def _accounts(ctx: Context, item: BankReportItem, mandate: Mandate) -> set[int]:
    shares = select(CollectionShare.account_id).where(CollectionShare.collection_id == item.collection_id)
    return {*mandates.changes(ctx, mandate).account_ids, *ctx.session.scalars(shares)}


def _of_mandate(
    ctx: Context, item: BankReportItem, report: BankReport, rule: Rule, mandate: Mandate, told: list[ToTell]
) -> list[str]:
    said: list[str] = []
    again: Collection | None = None
    if rule.effect is ReturnEffect.REVERSE:
        again = _returned(ctx, item, mandate, rule, said)
    elif rule.effect is ReturnEffect.CLAIM:
        said.append(claims.begin(ctx, item, report, mandate))
    said += _step(ctx, item, report, mandate, rule.step)
    if rule.letter:
        told.append(ToTell(item, mandate, rule.letter, again))
    closed = claims.take_back(ctx, item, report, mandate) if rule is rules.CLAIM_BACK else ""
    if closed:
        said.append(closed)
    elif rule.task:
        following.give_task(ctx, item, mandate, rule.task, rule.words)
        said.append("A task is given.")
    return said


def _returned(ctx: Context, item: BankReportItem, mandate: Mandate, rule: Rule, said: list[str]) -> Collection | None:
    """Say of a collection that it came back, and plan that it is presented again where the rule says so."""
    row = ctx.session.get(Collection, item.collection_id or 0)
    if row is None:
        raise UserError("No collection is known for it.", "Match it, or set it aside.")
    if row.state is CollectionState.IN_RUN:
        raise UserError(
            f"Its collection of {written(row.due_on)} isn't on the accounts yet.", "Match and post its run first."
        )
    if row.state is not CollectionState.POSTED:
        raise UserError("Its collection was returned or claimed back already.", "Set the item aside.")
    day = item.effective_on or ctx.clock.today()
    row.state, row.returned_on, row.return_code = CollectionState.RETURNED, day, item.reason_code
    words = f"{Money(row.pence)} of {written(row.due_on)}: {item.words}"
    how = {"on": day, "told_by": ToldBy.BANK, "report_item_id": item.id}
    mandates.move(ctx, mandate, mandate.state, MandateEvent.RETURNED, words, **how)  # type: ignore[arg-type]
    said.append(f"{Money(row.pence)} of {written(row.due_on)} reversed.")
    if not rule.again:
        return None
    on = following.again_on(ctx, mandate, row, item.original_on, day)
    if on is None:
        following.give_task(
            ctx, item, mandate, "Direct Debit returned again: talk to the payer", "It isn't presented again by itself."
        )
        said.append("It isn't presented again: a task is given.")
        return None
    again = following.present_again(ctx, row, on)
    said.append(f"Presented again on {written(again.due_on)}.")
    return again


def _step(
    ctx: Context, item: BankReportItem, report: BankReport, mandate: Mandate, step: ReturnEffect
) -> tuple[str, ...]:
    """What is done to the mandate; in words."""
    why = _why(item, report)
    day = item.effective_on or ctx.clock.today()
    if step in {ReturnEffect.SUSPEND, ReturnEffect.CANCEL, ReturnEffect.DEATH} and mandate.state in OVER:
        return (f"The mandate was {mandate.state.value} before.",)
    match step:
        case ReturnEffect.SUSPEND:
            mandates.suspend(ctx, mandate, why, told_by=ToldBy.BANK, on=day, report_item_id=item.id)
            return ("The mandate is suspended.",)
        case ReturnEffect.CANCEL | ReturnEffect.DEATH:
            mandates.cancel(ctx, mandate, why, ToldBy.BANK, send=False, on=day, report_item_id=item.id)
            return ("The mandate is cancelled; nothing is sent.",)
        case ReturnEffect.REJECT | ReturnEffect.EXPIRE:
            expired = step is ReturnEffect.EXPIRE
            mandates.returned(ctx, mandate, why, expired=expired, on=day, report_item_id=item.id)
            return (f"The instruction is returned; the mandate is {mandate.state.value}.",)
        case ReturnEffect.ACCEPT:
            mandates.accepted(ctx, mandate, on=day, report_item_id=item.id)
            return ("The instruction is accepted.",)
        case ReturnEffect.TRANSFER | ReturnEffect.AMEND | ReturnEffect.CORRECT:
            return (_new_details(ctx, item, mandate, step, why, day),)
        case ReturnEffect.REINSTATE:
            mandates.reinstate(ctx, mandate, why, on=day, report_item_id=item.id)
            waits = " It is suspended: another pays the same account." if mandate.state in STOPPED else ""
            return (f"The mandate stands again; nothing is sent.{waits}",)
        case _:
            if report.kind is ReportKind.AUDDIS_RETURNED and item.reason_code == rules.NO_INSTRUCTION:
                bank = mandates.last_on(ctx, mandate, item.fingerprint)
                mandates.returned(ctx, mandate, why, bank=bank, cancellation=True, on=day, report_item_id=item.id)
            return ()


def _why(item: BankReportItem, report: BankReport) -> str:
    return f"{item.words} ({naming.REPORTS[report.kind].partition(':')[0]} {item.reason_code})"


def _new_details(ctx: Context, item: BankReportItem, mandate: Mandate, step: ReturnEffect, why: str, day: date) -> str:
    destination = elsewhere.new_details(ctx, item)
    if elsewhere.is_on(ctx, mandate, destination):
        return elsewhere.already(item)
    how = {"on": day, "report_item_id": item.id}
    if step is ReturnEffect.TRANSFER:
        mandates.transfer(ctx, mandate, destination, why, **how)  # type: ignore[arg-type]
        return f"Moved to the account ending {item.new_last_two}; a new instruction (0N) waits to be lodged."
    mandates.correct(ctx, mandate, destination, why, **how)  # type: ignore[arg-type]
    return f"Changed to the account ending {item.new_last_two}; nothing is sent."


def _told(count: int, reversed_: Money, left: Sequence[NotApplied]) -> str:
    told = f"{count:,} item{'' if count == 1 else 's'} applied." if count else "Nothing is applied."
    if reversed_.pence:
        told += f" {reversed_} taken off the accounts again."
    if left:
        first = f"{left[0].reference or 'One without a reference'}: {left[0].why}"
        told += f" {len(left):,} left as {'it is' if len(left) == 1 else 'they are'}: {first}"
    return told
