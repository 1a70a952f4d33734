"""A write-off case on its way: tested, kept, found again. Nothing here asks for a permission: commands do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, insert, select

from app.models.accounts import Account
from app.models.values import ZERO, Money, Subject, WriteOffState
from app.models.write_offs import WriteOff, WriteOffDebt, WriteOffFinding
from app.services.adjustments.write_offs import bands, building, conditions, rules
from app.services.adjustments.write_offs.building import Besides
from app.services.adjustments.write_offs.dto import Facts, NewCase, ReasonRow, Saved, Tested
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.search_index import index_record
from app.services.documents.evidence import links_of, show
from app.services.ledger import numbering

AREAS = frozenset({"adjustments", "rent", "approvals", "home"})


def tested(ctx: Context, facts: Facts, new: NewCase) -> Tested:
    """A case against the policy in force today.

    Raises:
        UserErrors: an amount or the reason can't be right.
    """
    reason = _reason(ctx, new)
    _refuse_amounts(facts, new)
    today = ctx.clock.today()
    known = bands.authorities(ctx, today)
    band = rules.band_of(facts.basis, known, deficit=new.deficit)
    found = conditions.findings(facts, new, reason, bands.larger(ctx, today))
    return Tested(found, band, known.by[band], conditions.amount_of(new), facts.basis)


def keep(ctx: Context, new: NewCase) -> WriteOff:
    """Keep a new case as a draft with everything that was found; the same key gives the one that it made before.

    Raises:
        UserError: an account may not be worked on, another case is open on one of them, or a text holds a card number.
    """
    before = ctx.session.scalar(select(WriteOff).where(WriteOff.entry_key == new.entry_key))
    if before is not None:
        return before
    row = WriteOff(
        number=0,
        entry_key=new.entry_key,
        tenancy_id=new.tenancy_id,
        state=WriteOffState.DRAFT,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    write(ctx, row, new)
    index_record(ctx, Subject.WRITE_OFF, row.id, f"write-off {row.number}")
    show(ctx, Subject.WRITE_OFF, row.id, new.evidence)
    return row


def write(ctx: Context, row: WriteOff, new: NewCase) -> Tested:
    """Test a case and keep what it says and what was found; a new one takes its number.

    Raises:
        UserError: as `keep`.
    """
    access.touch(ctx, new.amounts)
    for field, text in (("note", new.note), ("trace", new.trace)):
        refuse_card_number(ctx, text, field, field)
    _refuse_twice(ctx, row.id, new.amounts)
    attached = len(links_of(ctx, Subject.WRITE_OFF, row.id)) if row.id else 0
    facts = building.facts(ctx, new.tenancy_id, Besides(attached, new.acknowledged_on))
    result = tested(ctx, facts, new)
    row.reason, row.note, row.trace = new.reason, new.note.strip(), new.trace.strip()[:400]
    row.joint_pursued, row.acknowledged_on, row.deficit = new.joint_pursued, new.acknowledged_on, new.deficit
    row.pence, row.owed_pence, row.band = result.amount.pence, result.basis.pence, result.band.value
    if not row.id:
        row.number = numbering.take(ctx, "write_off")
        ctx.session.add(row)
    ctx.session.flush()
    _write_parts(ctx, row.id, facts, new, result)
    return result


def look_again(ctx: Context, row: WriteOff) -> Tested:
    """Test a draft as things stand now: what is owed, and everything that was found.

    Raises:
        UserError: as `keep`; nothing is owed there any more.
    """
    return write(ctx, row, as_asked(ctx, row))


def as_asked(ctx: Context, row: WriteOff) -> NewCase:
    """What a kept case says; no amount above what is owed by now."""
    debts = debts_of(ctx, [row.id])
    owed = balances(ctx, [each.account_id for each in debts])
    amounts = {each.account_id: Money(min(each.pence, owed[each.account_id])) for each in debts}
    return NewCase(
        row.entry_key,
        row.tenancy_id,
        row.reason,
        {account_id: amount for account_id, amount in amounts.items() if amount > ZERO},
        row.trace,
        row.joint_pursued,
        row.acknowledged_on,
        row.deficit,
        row.note,
    )


def found(ctx: Context, write_off_id: int) -> WriteOff:
    """A case by its id, if the officer may work on its accounts.

    Raises:
        UserError: there is none, or one of its accounts is one that they may not work on.
    """
    row = found_any(ctx, write_off_id)
    access.touch_subject(ctx, Subject.WRITE_OFF, write_off_id)
    return row


def found_any(ctx: Context, write_off_id: int) -> WriteOff:
    """A case by its id, whoever looks.

    Raises:
        UserError: there is none.
    """
    row = ctx.session.get(WriteOff, write_off_id)
    if row is None:
        raise UserError("There is no such write-off.", "Look at the list again.")
    return row


def debts_of(ctx: Context, case_ids: Sequence[int]) -> Sequence[WriteOffDebt]:
    """What some cases write off, by case and account, as the database has it now."""
    order = (WriteOffDebt.write_off_id, WriteOffDebt.account_id)
    debts: list[WriteOffDebt] = []
    for chunk in in_chunks(sorted(case_ids)):
        theirs = select(WriteOffDebt).where(WriteOffDebt.write_off_id.in_(chunk)).order_by(*order)
        debts += ctx.session.scalars(theirs.execution_options(populate_existing=True))
    return debts


def balances(ctx: Context, account_ids: Iterable[int]) -> dict[int, int]:
    """What is owed on some accounts now, in pence; a credit counts as nothing."""
    owed: dict[int, int] = {}
    for chunk in in_chunks(sorted(set(account_ids))):
        rows = ctx.session.execute(select(Account.id, Account.balance_pence).where(Account.id.in_(chunk)))
        owed.update((row.id, max(0, row.balance_pence)) for row in rows)
    return owed


def saved(ctx: Context, row: WriteOff, told: str) -> Saved:
    """What is told of a case."""
    touched = frozenset(each.account_id for each in debts_of(ctx, [row.id]))
    return Saved(row.id, row.number, row.state, told, Changes(AREAS, touched), journal=row.journal)


def _reason(ctx: Context, new: NewCase) -> ReasonRow:
    reason = bands.reasons(ctx).get(new.reason)
    if reason is None or not reason.active:
        raise UserError("That reason isn't in use.", "Choose another one.", "reason")
    return reason


def _refuse_amounts(facts: Facts, new: NewCase) -> None:
    owed = {each.account_id: each.balance for each in facts.debts}
    if not new.amounts:
        raise UserError("Nothing is to be written off.", "Give an amount on one of the accounts.", "amounts")
    errors = []
    for account_id, amount in new.amounts.items():
        field = f"amounts.{account_id}"
        if amount <= ZERO:
            errors.append(UserError("A write-off of £0.00 does nothing.", "Give an amount, or leave it out.", field))
        elif amount > owed.get(account_id, ZERO):
            there = max(owed.get(account_id, ZERO), ZERO)
            errors.append(UserError(f"{amount} is more than is owed there ({there}).", "Give less.", field))
    if errors:
        raise UserErrors(errors)


def _refuse_twice(ctx: Context, case_id: int | None, amounts: Mapping[int, Money]) -> None:
    statement = (
        select(WriteOff.number)
        .join(WriteOffDebt, WriteOffDebt.write_off_id == WriteOff.id)
        .where(
            WriteOffDebt.account_id.in_(sorted(amounts)),
            WriteOff.state.in_((WriteOffState.DRAFT, WriteOffState.WAITING, WriteOffState.APPROVED)),
            WriteOff.id != (case_id or 0),
        )
        .order_by(WriteOff.number)
    )
    number = ctx.session.scalars(statement).first()
    if number is not None:
        raise UserError(f"Write-off {number} is open on this account already.", "Change or withdraw that one.")


def _write_parts(ctx: Context, case_id: int, facts: Facts, new: NewCase, result: Tested) -> None:
    for table in (WriteOffDebt, WriteOffFinding):
        ctx.session.execute(delete(table).where(table.write_off_id == case_id))
    parts = {each.account_id: each for each in facts.debts}
    debts = [
        {
            "write_off_id": case_id,
            "account_id": account_id,
            "pence": amount.pence,
            "oldest_on": parts[account_id].oldest_on,
            "barred_pence": rules.barred(parts[account_id].parts, facts.today, amount).pence,
            "back_pence": 0,
        }
        for account_id, amount in sorted(new.amounts.items())
    ]
    ctx.session.execute(insert(WriteOffDebt), debts)
    rows = [
        {"write_off_id": case_id, "place": at, "what": each.what[:120], "words": each.words[:4000], "met": each.met}
        for at, each in enumerate(result.findings, 1)
    ]
    ctx.session.execute(insert(WriteOffFinding), rows)
    ctx.session.expire_all()
