"""What applying items would do, told before it is done: of one, with the values before and after; of many, counted."""

from __future__ import annotations

from collections import Counter
from typing import Final

from sqlalchemy import and_, select

from app.models.accounts import Account
from app.models.direct_debits.mandates import Mandate, MandateBank
from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.direct_debits.schedules import Collection, CollectionShare
from app.models.values import CollectionState, MandateState, Money, ReportItemState, ReportKind, ReturnEffect
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.diary.keeping import written
from app.services.direct_debits.mandates.dto import STATES
from app.services.direct_debits.mandates.rules import OVER
from app.services.direct_debits.returns import elsewhere, following, matching, naming, rules
from app.services.direct_debits.returns.dto import Counted, NotApplied, Rehearsal
from app.services.direct_debits.returns.rules import Rule
from app.services.letters.shipped import shipped

_STANDS: Final = {
    ReturnEffect.SUSPEND: MandateState.SUSPENDED,
    ReturnEffect.CANCEL: MandateState.CANCELLED,
    ReturnEffect.DEATH: MandateState.CANCELLED,
    ReturnEffect.REJECT: MandateState.SUSPENDED,
    ReturnEffect.EXPIRE: MandateState.EXPIRED,
    ReturnEffect.ACCEPT: MandateState.LIVE,
}
_SENT: Final = {
    ReturnEffect.TRANSFER: "A new instruction (0N) goes to the new bank; no 0C to the old one",
    ReturnEffect.AMEND: "Nothing is sent to the bank",
    ReturnEffect.CORRECT: "Nothing is sent to the bank",
    ReturnEffect.REINSTATE: "It stands again; neither a 0C nor a 0N is sent",
    ReturnEffect.CANCEL: "Nothing is sent to the bank",
    ReturnEffect.DEATH: "Nothing is sent to the bank",
    ReturnEffect.EXPIRE: "Nothing is sent to the bank",
}


def effects(ctx: Context, item: BankReportItem, kind: ReportKind) -> tuple[Effect, ...]:
    """What applying one item would do."""
    rule = rules.kept(kind, item.reason_code, item.effect)
    mandate = ctx.session.get(Mandate, item.mandate_id or 0)
    if mandate is None:
        return (Effect("Run", rule.words),)
    collection = ctx.session.get(Collection, item.collection_id or 0)
    found: list[Effect] = []
    if matching.tidy(item.reference) != mandate.reference:
        told = f"Not found by its reference ({item.reference or 'none'}): look whether it is of this payer"
        found.append(Effect("Mandate", told, after=mandate.reference, warns=True))
    current = select(MandateBank.fingerprint).where(MandateBank.mandate_id == mandate.id, MandateBank.to_on.is_(None))
    if elsewhere.is_left(item, ctx.session.scalar(current.limit(1).order_by(MandateBank.id.desc())), rule):
        rule = elsewhere.of_left(rule)
        found.append(Effect("Mandate", elsewhere.STAYS, warns=True))
    if rule.effect is ReturnEffect.REVERSE and collection is not None:
        found += _money(ctx, collection)
        if rule.again:
            found.append(_again(ctx, item, mandate, collection))
    elif rule.effect is ReturnEffect.CLAIM:
        found.append(Effect("Case", f"A case is opened for the claim of {Money(item.pence or 0)}"))
    found += _mandate(ctx, item, mandate, rule.step)
    if rule.letter:
        found.append(Effect("Letter", shipped()[rule.letter].title))
    if rule is rules.CLAIM_BACK:
        found.append(
            Effect(
                "Case",
                "The case of the claim is closed as won, and what was taken is put back; a task if none is found",
            )
        )
    elif rule.task:
        found.append(Effect("Task", rule.task))
    return tuple(found)


def rehearse(ctx: Context, item_ids: tuple[int, ...] | None) -> Rehearsal:
    """What applying some items, or all that are proposed, would do, counted."""
    shut = access.declared_accounts(ctx) | access.closed_accounts(ctx)
    tally: Counter[tuple[int, str]] = Counter()
    pence: Counter[tuple[int, str]] = Counter()
    left: list[NotApplied] = []
    going: list[int] = []
    for item, kind, account_id, state, reference, current in _proposed(ctx, item_ids):
        rule = rules.kept(kind, item.reason_code, item.effect)
        if elsewhere.is_left(item, current, rule):
            rule = elsewhere.of_left(rule)
        if account_id in shut:
            left.append(NotApplied(item.id, item.reference, "It is on an account that you may not work on."))
        elif rule.effect is ReturnEffect.REVERSE and state is not CollectionState.POSTED:
            left.append(
                NotApplied(item.id, item.reference, "Its collection isn't on the accounts: post its run first.")
            )
        else:
            going.append(item.id)
            parts = _parts(rule)
            if reference is not None and matching.tidy(item.reference) != reference:
                parts.append((7, "Not found by their reference: look whether they are of these payers"))
            for place, words in parts:
                tally[place, words] += 1
                pence[place, words] += (item.pence or 0) if place == 0 else 0
    lines = tuple(
        Counted(words, number, Money(pence[place, words]) if place == 0 else None)
        for (place, words), number in sorted(tally.items())
    )
    return Rehearsal(len(going), lines, tuple(left), tuple(going))


def _parts(rule: Rule) -> list[tuple[int, str]]:
    """What one item counts to, each with its place in the list; the money is at place 0."""
    parts = []
    if rule.effect is ReturnEffect.REVERSE:
        parts.append((0, "Payments taken off their accounts again (code RDN)"))
    elif rule.effect is ReturnEffect.CLAIM:
        parts.append((1, "Cases opened for claims"))
    elif rule is rules.CLAIM_BACK:
        return [(1, "Cases of claims closed as won, and what was taken put back; a task where none is found")]
    elif rule.effect is ReturnEffect.NONE:
        parts.append((6, "Nothing is done with the mandate"))
    if rule.step not in {ReturnEffect.NONE, ReturnEffect.CLAIM}:
        parts.append((2, f"Mandates: {naming.EFFECTS[rule.step].lower()}"))
    if rule.again:
        parts.append((3, "Presented again, if the month and the policy allow it"))
    if rule.letter:
        parts.append((4, f"Letters: {shipped()[rule.letter].title}"))
    if rule.task:
        parts.append((5, f"Tasks: {rule.task}"))
    return parts


def _proposed(
    ctx: Context, item_ids: tuple[int, ...] | None
) -> list[tuple[BankReportItem, ReportKind, int | None, CollectionState | None, str | None, str | None]]:
    rows = (
        select(
            BankReportItem,
            BankReport.kind,
            Mandate.account_id,
            Collection.state,
            Mandate.reference,
            MandateBank.fingerprint,
        )
        .join(BankReport, BankReport.id == BankReportItem.report_id)
        .outerjoin(Mandate, Mandate.id == BankReportItem.mandate_id)
        .outerjoin(MandateBank, and_(MandateBank.mandate_id == Mandate.id, MandateBank.to_on.is_(None)))
        .outerjoin(Collection, Collection.id == BankReportItem.collection_id)
        .where(BankReportItem.state == ReportItemState.PROPOSED)
        .order_by(BankReportItem.report_id, BankReportItem.place)
    )
    if item_ids is None:
        return [tuple(row) for row in ctx.session.execute(rows)]  # type: ignore[misc]
    return [
        tuple(row)  # type: ignore[misc]
        for chunk in in_chunks(sorted(set(item_ids)))
        for row in ctx.session.execute(rows.where(BankReportItem.id.in_(chunk)))
    ]


def _money(ctx: Context, collection: Collection) -> list[Effect]:
    """Each account's balance before and after; what stops it, where the collection isn't posted."""
    if collection.state is not CollectionState.POSTED:
        why = "posted yet: post its run first" if collection.state is CollectionState.IN_RUN else "there to be reversed"
        return [Effect("Money", f"The collection of {written(collection.due_on)} isn't {why}", warns=True)]
    rows = (
        select(Account.payment_reference, Account.balance_pence, CollectionShare.pence)
        .join(Account, Account.id == CollectionShare.account_id)
        .where(CollectionShare.collection_id == collection.id)
        .order_by(Account.id)
    )
    return [
        Effect(
            "Money",
            f"Account {reference}: Direct Debit of {written(collection.due_on)} reversed",
            before=Money(balance).dr_cr(),
            after=Money(balance + pence).dr_cr(),
        )
        for reference, balance, pence in ctx.session.execute(rows)
    ]


def _again(ctx: Context, item: BankReportItem, mandate: Mandate, collection: Collection) -> Effect:
    day = item.effective_on or ctx.clock.today()
    on = following.again_on(ctx, mandate, collection, item.original_on, day)
    if on is None:
        return Effect("Money", "It isn't presented again by itself: you get a task", warns=True)
    return Effect("Money", f"{Money(collection.pence)} is presented again with code 18", after=written(on))


def _mandate(ctx: Context, item: BankReportItem, mandate: Mandate, step: ReturnEffect) -> list[Effect]:
    found = []
    stops = step in _STANDS and mandate.state in OVER and step is not ReturnEffect.ACCEPT
    if stops:
        return [Effect("Mandate", f"Mandate {mandate.reference} was {STATES[mandate.state].lower()} before")]
    if step in _STANDS:
        before, after = STATES[mandate.state], STATES[_STANDS[step]]
        found.append(Effect("Mandate", f"Mandate {mandate.reference}", before, after if after != before else ""))
    if item.new_last_two and step in {ReturnEffect.TRANSFER, ReturnEffect.AMEND, ReturnEffect.CORRECT}:
        now = select(MandateBank.last_two).where(MandateBank.mandate_id == mandate.id, MandateBank.to_on.is_(None))
        was = ctx.session.scalar(now.order_by(MandateBank.id.desc()).limit(1)) or ""
        found.append(Effect("Mandate", "Bank account", f"••••••{was}", f"••••••{item.new_last_two}"))
    if step in _SENT:
        found.append(Effect("Mandate", _SENT[step]))
    return found
