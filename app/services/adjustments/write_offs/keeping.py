"""A write-off case on its way: tested, kept, found again. Nothing here asks for a permission: commands do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from app.models.accounts import Account
from app.models.values import ZERO, Money, Subject, WriteOffState
from app.models.write_offs import WriteOff, WriteOffDebt
from app.services.adjustments.write_offs import bands, building, conditions, parts, rules
from app.services.adjustments.write_offs.bands import Rules
from app.services.adjustments.write_offs.building import Besides
from app.services.adjustments.write_offs.dto import Facts, NewCase, Saved, Tested
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.records import missing, record
from app.services.core.search_index import index_record
from app.services.documents.evidence import counts_of, keep_files, show
from app.services.ledger import numbering

AREAS = frozenset({"adjustments", "rent", "approvals", "home"})


def tested(held: Rules, facts: Facts, new: NewCase) -> Tested:
    """A case against the policy.

    Raises:
        UserErrors: an amount or the reason can't be right.
    """
    reason = held.reasons.get(new.reason)
    if reason is None or not reason.active:
        raise UserError("That reason isn't in use.", "Choose another one.", "reason")
    _refuse_amounts(facts, new)
    band = rules.band_of(facts.basis, held.authorities, deficit=new.deficit)
    found = conditions.findings(facts, new, reason, held.larger)
    return Tested(found, band, held.authorities.by[band], conditions.amount_of(new), facts.basis)


def keep(ctx: Context, new: NewCase) -> tuple[WriteOff, Tested]:
    """Keep a new case as a draft, with its documents and everything that was found.

    Raises:
        UserErrors: an amount or the reason can't be right.
        UserError: an account may not be worked on, another case is open on one of them, a text holds a card number, or a
            file can't be kept.
    """
    row = WriteOff(
        number=0,
        entry_key=new.entry_key,
        tenancy_id=new.tenancy_id,
        state=WriteOffState.DRAFT,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    result = write(ctx, row, new)
    index_record(ctx, Subject.WRITE_OFF, row.id, f"write-off {row.number}")
    show(ctx, Subject.WRITE_OFF, row.id, new.evidence)
    keep_files(ctx, Subject.WRITE_OFF, row.id, new.files)
    return row, result


def find(ctx: Context, entry_key: str) -> WriteOff | None:
    """The case that this key made already."""
    return ctx.session.scalar(select(WriteOff).where(WriteOff.entry_key == entry_key))


def write(ctx: Context, row: WriteOff, new: NewCase) -> Tested:
    """Test a case and keep what it says and what was found; a new one takes its number.

    Raises:
        UserErrors, UserError: as `keep`.
    """
    for field, text in (("note", new.note), ("trace", new.trace)):
        refuse_card_number(ctx, text, field, field)
    return _write(ctx, [(row, new)])[0]


def look_again(ctx: Context, rows: Sequence[WriteOff]) -> list[Tested]:
    """Test drafts as things stand now: what is owed, and everything that was found; in so many statements for all of them.

    Raises:
        UserError: as `keep`; nothing is owed there any more.
    """
    return _write(ctx, list(zip(rows, _as_asked(ctx, rows), strict=True)))


def found(ctx: Context, write_off_id: int) -> WriteOff:
    """A case by its id, if the officer may work on its accounts.

    Raises:
        UserError: there is none, or one of its accounts is one that they may not work on.
    """
    return found_all(ctx, [write_off_id])[0]


def found_all(ctx: Context, ids: Sequence[int]) -> list[WriteOff]:
    """Cases by their ids, if the officer may work on all their accounts.

    Raises:
        UserError: as `found`.
    """
    rows: dict[int, WriteOff] = {}
    for chunk in in_chunks(sorted(set(ids))):
        rows |= {row.id: row for row in ctx.session.scalars(select(WriteOff).where(WriteOff.id.in_(chunk)))}
    if rows.keys() != set(ids):
        raise missing("write-off")
    access.touch(ctx, {debt.account_id for debt in debts_of(ctx, sorted(rows))})
    return [rows[each] for each in ids]


def found_any(ctx: Context, write_off_id: int) -> WriteOff:
    """A case by its id, whoever looks.

    Raises:
        UserError: there is none.
    """
    return record(ctx, WriteOff, write_off_id, "write-off")


def refuse_others(ctx: Context, row: WriteOff) -> None:
    """Keep a case with whoever built it.

    Raises:
        UserError: somebody else did.
    """
    if row.made_by != ctx.officer.id:
        raise UserError(
            f"Somebody else built write-off {row.number}.",
            "Whoever built it changes it; or withdraw it and build another.",
        )


def debts_of(ctx: Context, case_ids: Sequence[int]) -> Sequence[WriteOffDebt]:
    """What some cases write off, by case and account, as the database has it now."""
    order = (WriteOffDebt.write_off_id, WriteOffDebt.account_id)
    debts: list[WriteOffDebt] = []
    for chunk in in_chunks(sorted(case_ids)):
        theirs = select(WriteOffDebt).where(WriteOffDebt.write_off_id.in_(chunk)).order_by(*order)
        debts += ctx.session.scalars(theirs.execution_options(populate_existing=True))
    return debts


def saved(ctx: Context, row: WriteOff, told: str) -> Saved:
    """What is told of a case."""
    touched = frozenset(each.account_id for each in debts_of(ctx, [row.id]))
    return Saved(row.id, row.number, row.state, told, Changes(AREAS, touched), journal=row.journal)


def _as_asked(ctx: Context, rows: Sequence[WriteOff]) -> list[NewCase]:
    """What kept cases say; no amount above what is owed by now.

    Raises:
        UserError: nothing is owed on the accounts of one any more, or its reason went out of use.
    """
    debts: dict[int, list[WriteOffDebt]] = {row.id: [] for row in rows}
    for debt in debts_of(ctx, sorted(debts)):
        debts[debt.write_off_id].append(debt)
    owed = _balances(ctx, {debt.account_id for each in debts.values() for debt in each})
    in_use = {key for key, each in bands.reasons(ctx).items() if each.active}
    for row in rows:
        if not any(owed[debt.account_id] for debt in debts[row.id]):
            said = f"Nothing is owed any more for write-off {row.number}."
            raise UserError(said, "Leave it out of the schedule, and withdraw it.", "case_ids")
        if row.reason not in in_use:
            raise UserError(
                f"The reason of write-off {row.number} isn't in use any more.", "Give it another.", "case_ids"
            )
    return [_asked(row, debts[row.id], owed) for row in rows]


def _asked(row: WriteOff, debts: Sequence[WriteOffDebt], owed: Mapping[int, int]) -> NewCase:
    return NewCase(
        row.entry_key,
        row.tenancy_id,
        row.reason,
        {each.account_id: Money(min(each.pence, owed[each.account_id])) for each in debts if owed[each.account_id]},
        row.trace,
        row.joint_pursued,
        row.acknowledged_on,
        row.deficit,
        row.note,
    )


def _balances(ctx: Context, account_ids: Iterable[int]) -> dict[int, int]:
    """What is owed on some accounts now, in pence; a credit counts as nothing."""
    owed: dict[int, int] = {}
    for chunk in in_chunks(sorted(set(account_ids))):
        rows = ctx.session.execute(select(Account.id, Account.balance_pence).where(Account.id.in_(chunk)))
        owed.update((row.id, max(0, row.balance_pence)) for row in rows)
    return owed


def _write(ctx: Context, cases: Sequence[tuple[WriteOff, NewCase]]) -> list[Tested]:
    access.touch(ctx, {each for _, new in cases for each in new.amounts})
    _refuse_twice(ctx, cases)
    attached = counts_of(ctx, Subject.WRITE_OFF, [row.id for row, _ in cases if row.id])
    asked = [
        (new.tenancy_id, Besides(attached.get(row.id, len(new.evidence) + len(new.files)), new.acknowledged_on))
        for row, new in cases
    ]
    held = bands.rules_on(ctx, ctx.clock.today())
    known = building.facts_of(ctx, asked)
    results = [tested(held, facts, new) for (_, new), facts in zip(cases, known, strict=True)]
    for (row, new), result in zip(cases, results, strict=True):
        _say(row, new, result)
        if not row.id:
            row.number = numbering.take(ctx, "write_off")
            ctx.session.add(row)
    ctx.session.flush()
    parts.write(
        ctx, [(row.id, new, facts, each) for (row, new), facts, each in zip(cases, known, results, strict=True)]
    )
    return results


def _say(row: WriteOff, new: NewCase, result: Tested) -> None:
    row.reason, row.note, row.trace = new.reason, new.note.strip(), new.trace.strip()[:400]
    row.joint_pursued, row.acknowledged_on, row.deficit = new.joint_pursued, new.acknowledged_on, new.deficit
    row.pence, row.owed_pence, row.band = result.amount.pence, result.basis.pence, result.band.value


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


def _refuse_twice(ctx: Context, cases: Sequence[tuple[WriteOff, NewCase]]) -> None:
    own = {account_id: row.id for row, new in cases for account_id in new.amounts}
    for chunk in in_chunks(sorted(own)):
        statement = (
            select(WriteOff.id, WriteOff.number, WriteOffDebt.account_id)
            .join(WriteOffDebt, WriteOffDebt.write_off_id == WriteOff.id)
            .where(
                WriteOffDebt.account_id.in_(chunk),
                WriteOff.state.in_((WriteOffState.DRAFT, WriteOffState.WAITING, WriteOffState.APPROVED)),
            )
            .order_by(WriteOff.number)
        )
        for case_id, number, account_id in ctx.session.execute(statement):
            if case_id != own[account_id]:
                raise UserError(f"Write-off {number} is open on this account already.", "Change or withdraw that one.")
