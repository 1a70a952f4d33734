"""An adjustment on its way: kept, submitted, approved or posted at once; what other services' commands build on.

Nothing here asks for a permission: the commands that call it do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentLine
from app.models.values import AccountKind, AdjustmentSheet, AdjustmentState, LimitKind, Money, Subject
from app.services.adjustments import fixing, kinds, requests
from app.services.adjustments.credits import writing_on
from app.services.adjustments.dto import KindRow, NewAdjustment, NewLine, Saved
from app.services.adjustments.posting import changes, post_now
from app.services.adjustments.rules import Sums, faults, sums, undeclared
from app.services.approvals import third
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.limits import limit_of
from app.services.core.records import record
from app.services.core.search_index import index_record
from app.services.documents import evidence
from app.services.ledger import numbering
from app.services.ledger.rules import CodeRule, fault_in_code
from app.services.ledger.writing import code_rules

_LINE: Final[Any] = AdjustmentLine.__table__
MOST_TITLE: Final = 200
MOST_NOTE: Final = 4_000


def find(session: Session, entry_key: str) -> Adjustment | None:
    """The adjustment that this key made already."""
    return session.scalar(select(Adjustment).where(Adjustment.entry_key == entry_key))


def found(ctx: Context, adjustment_id: int) -> Adjustment:
    """An adjustment by its id, if the officer may work on its accounts.

    Raises:
        UserError: there is none, or one of its accounts is one that they may not work on.
    """
    row = record(ctx, Adjustment, adjustment_id, "adjustment")
    access.touch_subject(ctx, Subject.ADJUSTMENT, adjustment_id)
    return row


def as_it_stands(ctx: Context, row: Adjustment, told: str) -> Saved:
    """What is told of an adjustment that nothing more was posted of."""
    return Saved(row.id, row.number, row.state, row.request_id, row.journal, told, changes(ctx, row.id))


def again(ctx: Context, row: Adjustment) -> Saved:
    """What is told where the same key was used before."""
    return as_it_stands(ctx, row, f"Adjustment {row.number} was entered already.")


def keep(ctx: Context, new: NewAdjustment) -> Adjustment:
    """Keep an adjustment as a draft with its lines and evidence; the same key gives the one that it made before.

    Raises:
        UserErrors: lines have faults, each with its field (`amount`; of several lines `lines.3.amount`, from 0).
        UserError: an account may not be worked on, the lines are not what was declared, or a text holds a card number.
    """
    before = find(ctx.session, new.entry_key)
    if before is not None:
        return before
    access.touch(ctx, {each for line in new.lines for each in accounts_of(line)})
    known = kinds.kinds(ctx)
    _refuse_faults(ctx, new.lines, known)
    kinds.refuse_foreign(ctx, new.lines, known)
    if any(each.fixed_journal is not None for each in new.lines):
        numbering.take(ctx, "adjustment", 0)  # Holds off every other adjustment before anything is read.
    fixing.refuse_fixed_again(ctx, new.lines)
    if told := undeclared(new.lines, new.declared_count, new.declared):
        raise UserError(told, "Look for what is missing, or declare it anew.", "declared")
    for field, text, most in (("title", new.title, MOST_TITLE), ("note", new.note, MOST_NOTE)):
        refuse_card_number(ctx, text, field, field)
        if len(text) > most:
            raise UserError(f"The {field} is {len(text):,} characters long; {most:,} is the most.", field=field)
    return write(ctx, new)


def write(ctx: Context, new: NewAdjustment) -> Adjustment:
    """Keep what was looked through already, in the same transaction, as a draft with its lines and evidence."""
    known = kinds.kinds(ctx)
    row = _row(ctx, new)
    ctx.session.add(row)
    ctx.session.flush()
    lines = [_line(row.id, at, line, known) for at, line in enumerate(new.lines, 1)]
    said = [name for name in lines[0] if any(line[name] for line in lines)]  # of 20 columns a batch fills 9
    ctx.session.execute(insert(_LINE), [{name: line[name] for name in said} for line in lines])
    index_record(ctx, Subject.ADJUSTMENT, row.id, f"adjustment {row.number}", row.title)
    evidence.show(ctx, Subject.ADJUSTMENT, row.id, new.evidence)
    return row


def submit(ctx: Context, row: Adjustment) -> Saved:
    """Post a draft at once if the officer may do it alone; otherwise ask a second officer.

    Raises:
        UserError: it isn't a draft any more, lacks its evidence, writes on what may not be, or needs a second officer and the
            office has one.
    """
    if row.state is not AdjustmentState.DRAFT:
        raise UserError(f"Adjustment {row.number} is {row.state.value} already.", "Look at it in the list.")
    access.touch_subject(ctx, Subject.ADJUSTMENT, row.id)
    _refuse_bare(ctx, row)
    writing_on.refuse(ctx, row.id)
    row.submitted_at = ctx.clock.now()
    why = needs_second(ctx, row)
    if not why:
        return post_now(ctx, row)
    row.request_id = requests.ask(ctx, row, why)
    row.state = AdjustmentState.WAITING
    told = f"Adjustment {row.number} waits for approval: {why}"
    return as_it_stands(ctx, row, told)


def needs_second(ctx: Context, row: Adjustment) -> str:
    """Why a second officer has to approve it, as a sentence; empty where the officer who acts posts it alone."""
    return second_officer(ctx, kinds_used(ctx, row), sums_of(row))


def second_officer(ctx: Context, used: Collection[str], come_to: Sums) -> str:
    """Why lines of these kinds that come to so much take a second officer, as a sentence; empty where they don't."""
    known = kinds.kinds(ctx)
    always = next((known[key].title for key in sorted(used) if known[key].always_approved), "")
    if always:
        return f"{always} is always approved by a second officer."
    for key in sorted(used):
        threshold = ctx.policy.money("adjustments.second_from", ctx.clock.today(), f"adjustment_kind:{key}")
        if come_to.largest >= threshold:
            return f"{known[key].title} of {threshold} or more is approved by a second officer."
    sides = ((LimitKind.ADJUSTMENT_DEBIT, come_to.debit), (LimitKind.ADJUSTMENT_CREDIT, come_to.credit))
    for kind, total in sides:
        limit = limit_of(ctx.session, ctx.officer.id, kind)
        if total and (come_to.largest > limit.line or total > limit.batch):
            word = "debits" if kind is LimitKind.ADJUSTMENT_DEBIT else "credits"
            most = f"{limit.line} a line and {limit.batch} together" if limit.line else "which is £0.00"
            return f"it is above your limit for {word}, {most}, so a second officer approves it."
    return ""


def why_not_post(ctx: Context, row: Adjustment) -> str:
    """Why the officer who acts may not post what was approved, as a sentence; empty where they may."""
    return third.why_not(ctx, kinds_used(ctx, row), {row.made_by, row.approved_by})


def kinds_used(ctx: Context, row: Adjustment) -> frozenset[str]:
    """The keys of the kinds of its lines."""
    of_it = AdjustmentLine.adjustment_id == row.id
    return frozenset(ctx.session.scalars(select(AdjustmentLine.kind).where(of_it).distinct()))


def sums_of(row: Adjustment) -> Sums:
    """What its lines come to."""
    return Sums(Money(row.debit_pence), Money(row.credit_pence), Money(row.largest_pence))


def accounts_of(line: NewLine) -> tuple[int, ...]:
    """The account of a line, and of a transfer the other one."""
    return (line.account_id,) if line.other_account_id is None else (line.account_id, line.other_account_id)


def _refuse_faults(ctx: Context, lines: Sequence[NewLine], known: Mapping[str, KindRow]) -> None:
    errors = list(faults_in(ctx, lines, known))
    if errors:
        raise UserErrors(errors)


def faults_in(
    ctx: Context, lines: Sequence[NewLine], known: Mapping[str, KindRow], on: Mapping[int, AccountKind] | None = None
) -> Iterator[UserError]:
    """What is wrong with lines, each with its field (`amount`; of several lines `lines.3.amount`, from 0).

    `on` is the kind of each account, where that was looked up already.

    Raises:
        UserError: there are none, or one holds a card number.
    """
    if not lines:
        raise UserError("There are no lines.", "Enter at least one.")
    reasons = kinds.reasons(ctx)
    codes = code_rules(ctx.session)
    if on is None:
        on = account_kinds(ctx, {each for line in lines for each in accounts_of(line)})
    looked_at = {""}
    for at, line in enumerate(lines):
        place = f"lines.{at}." if len(lines) > 1 else ""
        kind, other = known.get(line.kind), on.get(line.other_account_id or 0)
        wrong = faults(line, kind, reasons.get(line.reason), on.get(line.account_id), other)
        yield from (UserError(each.message, each.hint, f"{place}{each.field}") for each in wrong)
        if line.other_account_id is not None and other is None:
            yield UserError("There is no such account.", "Choose it by its reference.", f"{place}other_account_id")
        if kind is not None and not wrong and (told := _wrong_side(line, kind, codes)):
            yield UserError(told, "Choose another kind.", f"{place}kind")
        for field, text in (
            ("narrative", line.narrative),
            ("working", line.working),
            ("like_reason", line.like_reason),
        ):
            if text not in looked_at:
                refuse_card_number(ctx, text, field.replace("_", " "), f"{place}{field}")
                looked_at.add(text)


def _wrong_side(line: NewLine, kind: KindRow, codes: Mapping[str, CodeRule]) -> str:
    """Why the ledger wouldn't take a line, or the other side of it; empty where it would."""
    code = line.code or kind.code
    rule = codes.get(code)
    either = kind.sheet is AdjustmentSheet.RECALCULATION
    sides = {line.amount.pence < 0} | ({line.amount.pence > 0} if line.other_account_id is not None else set())
    told = (fault_in_code(code, rule, credit=credit, either_sign=either) for credit in sorted(sides))
    return next(filter(None, told), "")


def account_kinds(ctx: Context, account_ids: set[int]) -> dict[int, AccountKind]:
    """The kind of each of some accounts that are there; control accounts are none that an officer adjusts."""
    kinds_of: dict[int, AccountKind] = {}
    for chunk in in_chunks(sorted(account_ids)):
        rows = ctx.session.execute(select(Account.id, Account.kind).where(Account.id.in_(chunk)))
        kinds_of.update({row.id: row.kind for row in rows if row.kind is not AccountKind.CONTROL})
    return kinds_of


def _refuse_bare(ctx: Context, row: Adjustment) -> None:
    known = kinds.kinds(ctx)
    lacking = next((known[key].title for key in sorted(kinds_used(ctx, row)) if known[key].needs_evidence), "")
    if lacking and not evidence.links_of(ctx, Subject.ADJUSTMENT, row.id):
        raise UserError(f"{lacking} needs evidence.", "Attach the document that shows it.", "evidence")


def _row(ctx: Context, new: NewAdjustment) -> Adjustment:
    come_to = sums(new.lines)
    return Adjustment(
        number=numbering.take(ctx, "adjustment"),
        entry_key=new.entry_key,
        origin=new.origin,
        title=new.title.strip(),
        note=new.note.strip(),
        state=AdjustmentState.DRAFT,
        declared_count=new.declared_count,
        declared_pence=None if new.declared is None else new.declared.pence,
        line_count=len(new.lines),
        debit_pence=come_to.debit.pence,
        credit_pence=come_to.credit.pence,
        largest_pence=come_to.largest.pence,
        file_sha256=new.file_sha256,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )


def _line(adjustment_id: int, place: int, line: NewLine, known: Mapping[str, KindRow]) -> dict[str, object]:
    return {
        "adjustment_id": adjustment_id,
        "place": place,
        "account_id": line.account_id,
        "other_account_id": line.other_account_id,
        "kind": line.kind,
        "code": line.code or known[line.kind].code,
        "pence": line.amount.pence,
        "effective_on": line.effective_on,
        "rent_week": line.rent_week,
        "from_on": line.from_on,
        "to_on": line.to_on,
        "reason": line.reason,
        "narrative": line.narrative.strip(),
        "working": line.working,
        "fix": line.fix,
        "fixed_journal": line.fixed_journal,
        "fixed_line": line.fixed_line,
        "like_id": line.like_id,
        "like_reason": line.like_reason.strip(),
    }
