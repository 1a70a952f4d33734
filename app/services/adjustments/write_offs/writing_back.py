"""What of a written-off debt comes back: by itself as money comes in, whole once a second officer has approved it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.models.accounts import Account
from app.models.tenancies import Tenancy
from app.models.values import JournalKind, Money, WriteBackCause, WriteOffState
from app.models.write_offs import WriteBack, WriteOff, WriteOffDebt, WriteOffReason
from app.services.adjustments.write_offs import keeping, rules
from app.services.adjustments.write_offs.discharged import is_discharged, outstanding, still_out
from app.services.adjustments.write_offs.dto import NewWriteBack, Saved
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import arriving, numbering
from app.services.ledger.dto import JournalHeader, Line, Posted
from app.services.ledger.posting import append, append_following

CODE = "WBK"
Backs = Sequence[tuple[WriteOffDebt, int]]
"""Debts that come back, each with how much of it, in pence."""


def register() -> None:
    """Plug in what becomes of money on an account with a written-off debt."""
    arriving.register(money_in)


def money_in(ctx: Context, header: JournalHeader, posted: Posted) -> None:
    """Put back, in the same transaction, what came in on accounts of ended tenancies with a written-off debt.

    A debt that the law has ended never comes back, and the money of a tenancy that goes on pays its rent first.
    """
    theirs = (
        select(WriteOffDebt.account_id)
        .join(WriteOff, WriteOff.id == WriteOffDebt.write_off_id)
        .join(WriteOffReason, WriteOffReason.key == WriteOff.reason)
        .join(Tenancy, Tenancy.id == WriteOff.tenancy_id)
        .where(*outstanding(), Tenancy.end_on < ctx.clock.today())
    )
    received = arriving.received(ctx, posted.journal, theirs)
    if not received:
        return
    backs = _due(ctx, received)
    if not backs:
        return
    words = "Written-off debt put back as it is paid"
    lines = [Line(account_id, CODE, pence, ctx.clock.today(), narrative=words) for account_id, pence in _sums(backs)]
    after = JournalHeader(
        JournalKind.ADJUSTMENT,
        header.accounting_on,
        f"journal {posted.journal}",
        f"write-back:journal:{posted.journal}",
        narrative="Written-off debts put back as they are paid",
    )
    made = append_following(ctx, after, lines)
    _note(ctx, backs, made.journal, WriteBackCause.MONEY_IN, for_journal=posted.journal)


def whole(ctx: Context, new: NewWriteBack) -> Saved:
    """Put back everything of a write-off that has not come back yet and that the law has not ended, as one journal.

    Raises:
        UserError: it isn't posted, the law has ended the debt, nothing is left, or the period is closed.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    row, left = standing(ctx, new.write_off_id)
    backs = [(debt, debt.pence - debt.back_pence) for debt in still_out(ctx, row.id)]
    words = f"Write-off {row.number} put back"
    header = JournalHeader(
        JournalKind.ADJUSTMENT,
        ctx.clock.today(),
        f"write-off {row.number}",
        f"write-back:{row.id}:{sum(debt.back_pence for debt in keeping.debts_of(ctx, [row.id]))}",
        narrative=words,
        authorised_by=ctx.officer.id,
    )
    lines = [Line(debt.account_id, CODE, pence, ctx.clock.today(), narrative=words) for debt, pence in backs]
    made = append(ctx, header, lines)
    _note(ctx, backs, made.journal, new.cause, reason=new.reason)
    told = f"{left} of write-off {row.number} is back on the accounts, by journal {made.journal}."
    touched = frozenset(line.account_id for line in lines)
    return Saved(row.id, row.number, row.state, told, Changes(keeping.AREAS, touched), journal=made.journal)


def standing(ctx: Context, write_off_id: int) -> tuple[WriteOff, Money]:
    """A posted write-off, and what of it may still come back.

    Raises:
        UserError: it isn't posted, the law has ended the debt, or all of it came back.
    """
    row = keeping.found(ctx, write_off_id)
    if row.state is not WriteOffState.POSTED:
        raise UserError(f"Write-off {row.number} is {row.state.value}, not posted.", "Only what was posted comes back.")
    if is_discharged(ctx, row.id):
        raise UserError(
            f"The law has ended the debt of write-off {row.number}, so it never comes back.",
            "Money that comes in for it is a credit of whoever paid it.",
        )
    left = Money(sum(debt.pence - debt.back_pence for debt in still_out(ctx, row.id)))
    if not left:
        raise UserError(f"All of write-off {row.number} has come back already.", "Look at its history.")
    return row, left


def _due(ctx: Context, received: Mapping[int, int]) -> list[tuple[WriteOffDebt, int]]:
    """The debts that come back, each with how much, the oldest write-off of an account first."""
    found: dict[int, list[WriteOffDebt]] = defaultdict(list)
    balances: dict[int, int] = {}
    for chunk in in_chunks(sorted(received)):
        rows = ctx.session.execute(
            select(WriteOffDebt, Account.balance_pence)
            .join(Account, Account.id == WriteOffDebt.account_id)
            .join(WriteOff, WriteOff.id == WriteOffDebt.write_off_id)
            .join(WriteOffReason, WriteOffReason.key == WriteOff.reason)
            .where(WriteOffDebt.account_id.in_(chunk), *outstanding())
            .order_by(WriteOffDebt.account_id, WriteOff.number)
        )
        for debt, balance in rows:
            found[debt.account_id].append(debt)
            balances[debt.account_id] = balance
    due: list[tuple[WriteOffDebt, int]] = []
    for account_id, debts in found.items():
        left = [debt.pence - debt.back_pence for debt in debts]
        back = rules.comes_back(received[account_id], balances[account_id], left)
        due += [(debt, each) for debt, each in zip(debts, back, strict=True) if each]
    return due


def _sums(backs: Backs) -> list[tuple[int, int]]:
    totals: Counter[int] = Counter()
    for debt, pence in backs:
        totals[debt.account_id] += pence
    return list(totals.items())


def _note(
    ctx: Context,
    backs: Backs,
    journal: int,
    cause: WriteBackCause,
    *,
    reason: str = "",
    for_journal: int | None = None,
) -> None:
    for debt, pence in backs:
        debt.back_pence += pence
        ctx.session.add(
            WriteBack(
                write_off_id=debt.write_off_id,
                account_id=debt.account_id,
                pence=pence,
                cause=cause,
                for_journal=for_journal,
                journal=journal,
                reason=reason.strip()[:400],
                made_by=ctx.officer.id,
                made_at=ctx.clock.now(),
            )
        )
    ctx.session.flush()
