"""Proof that the ledger is whole: every named check runs, and every fault is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from sqlalchemy import BigInteger, and_, case, cast, func, or_, select, text, union_all
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.models.codes import TransactionCode
from app.models.ledger import Counter, Entry, Journal
from app.models.periods import Period
from app.models.recharges import Recharge
from app.models.values import Basis, Money
from app.services.core.context import Context
from app.services.ledger import approved, between, plugged, snapshots
from app.services.ledger.digesting import GENESIS, digest
from app.services.ledger.dto import Fault
from app.services.ledger.sql import ACCOUNT, ENTRY, JOURNAL, SNAPSHOT, AnySelect

_MOST: Final = 20
"""Faults of one kind that are told one by one."""


def check(ctx: Context) -> tuple[Fault, ...]:
    """Run every check; a sound ledger gives none.

    Reads every entry of one state of the database. The guards are tried after that by raw SQL, in a transaction of their
    own that is rolled back: nobody could write to a file while it was read, else, nor could the guards be tried in it once
    somebody had.
    """
    faults: list[Fault] = []
    every = {**plugged.checks(), **CHECKS}
    for position, (name, run) in enumerate(every.items()):
        ctx.cancel.check()
        ctx.progress(position, len(every), name)
        found = list(_found(run, ctx))
        faults += [Fault(name, message) for message in found[:_MOST]]
        if len(found) > _MOST:
            faults.append(Fault(name, f"And {len(found) - _MOST} more of these."))
    ctx.progress(len(every), len(every), "checked")
    return tuple(faults)


def _found(run: Callable[[Context], Iterator[str]], ctx: Context) -> Iterator[str]:
    """What a check finds, and that it could not go on where a value that was tampered with can't even be read."""
    try:
        yield from run(ctx)
    except (TypeError, ValueError) as error:
        yield f"This check stopped at a value that isn't of its kind: {error}."


def _owed(pence: object) -> str:
    """An amount as DR or CR; what was written there instead, where it isn't whole pence."""
    return Money(pence).dr_cr() if isinstance(pence, int) else f"{pence!r} (not whole pence)"


def numbering(ctx: Context) -> Iterator[str]:
    """Journal numbers run from 1 without a gap up to the counter."""
    yield from _in_turn(ctx, "journal", ctx.session.scalars(select(Journal.number).order_by(Journal.number)))


def invoices(ctx: Context) -> Iterator[str]:
    """The numbers of invoices and credit notes run from 1 without a gap up to the counter, and each has its journal."""
    raised = select(Recharge.invoice_number).where(Recharge.invoice_number.is_not(None))
    yield from _in_turn(ctx, "invoice", ctx.session.scalars(raised.order_by(Recharge.invoice_number)))
    for number in ctx.session.scalars(raised.where(Recharge.journal.is_(None))):
        yield f"Invoice {number} was not posted."


def _in_turn(ctx: Context, what: str, numbers: Iterable[int | None]) -> Iterator[str]:
    expected = 1
    for number in numbers:
        assert number is not None
        if number < expected:
            yield f"{what.capitalize()} {number} is there more than once."
        elif number > expected:
            yield f"{what.capitalize()} {expected} is missing: the next number found is {number}."
        expected = number + 1
    counted = ctx.session.scalar(select(Counter.value).where(Counter.name == what)) or 0
    if counted != expected - 1:
        yield f"The {what} counter stands at {counted}, but the last {what} is {expected - 1}."


def chain(ctx: Context) -> Iterator[str]:
    """Every journal's digest follows from the one before it, its header and its entries."""
    journals = ctx.session.execute(select(JOURNAL).order_by(JOURNAL.c.number)).mappings().all()
    before = GENESIS
    for done, journal in enumerate(journals):
        if digest(ctx, journal["number"], journal, before) != journal["digest"]:
            yield f"Journal {journal['number']} is not as it was posted: its digest doesn't match."
        before = journal["digest"]
        if done % 100 == 0:
            ctx.progress(done, len(journals), "chain")


def totals(ctx: Context) -> Iterator[str]:
    """Each journal sums to zero and holds the lines that its header says."""
    own = case((ENTRY.c.line <= JOURNAL.c.actual_count, ENTRY.c.pence), else_=0)
    counted = case((ENTRY.c.line <= JOURNAL.c.actual_count, 1), else_=0)
    sums = (
        select(
            JOURNAL.c.number,
            JOURNAL.c.reverses,
            JOURNAL.c.declared_count,
            JOURNAL.c.declared_pence,
            JOURNAL.c.actual_count,
            JOURNAL.c.actual_pence,
            func.coalesce(func.sum(ENTRY.c.pence), 0).label("total"),
            func.coalesce(func.sum(own), 0).label("pence"),
            func.coalesce(func.sum(counted), 0).label("lines"),
        )
        .select_from(JOURNAL.outerjoin(ENTRY, ENTRY.c.journal == JOURNAL.c.number))
        .group_by(
            JOURNAL.c.number,
            JOURNAL.c.reverses,
            JOURNAL.c.declared_count,
            JOURNAL.c.declared_pence,
            JOURNAL.c.actual_count,
            JOURNAL.c.actual_pence,
        )
        .order_by(JOURNAL.c.number)
    )
    for row in ctx.session.execute(sums):
        if row.total:
            yield f"Journal {row.number} doesn't sum to zero: it is out by {_owed(row.total)}."
        if (row.lines, row.pence) != (row.actual_count, row.actual_pence):
            yield (
                f"Journal {row.number} says {row.actual_count} lines of {_owed(row.actual_pence)}, "
                f"but holds {row.lines} of {_owed(row.pence)}."
            )
        if (row.declared_count, row.declared_pence) != (row.actual_count, row.actual_pence):
            yield f"Journal {row.number} was declared as {row.declared_count} lines of {_owed(row.declared_pence)}."


def kept_balances(ctx: Context) -> Iterator[str]:
    """Each account's kept balance is the sum of its entries."""
    sums = (
        select(ENTRY.c.account_id, func.sum(ENTRY.c.pence).label("pence")).group_by(ENTRY.c.account_id).subquery("sums")
    )
    pence = func.coalesce(sums.c.pence, 0)
    wrong = (
        select(ACCOUNT.c.id, ACCOUNT.c.payment_reference, ACCOUNT.c.name, ACCOUNT.c.balance_pence, pence.label("pence"))
        .select_from(ACCOUNT.outerjoin(sums, sums.c.account_id == ACCOUNT.c.id))
        .where(ACCOUNT.c.balance_pence != pence)
        .order_by(ACCOUNT.c.id)
    )
    for row in ctx.session.execute(wrong):
        reference = row.payment_reference or row.name
        yield f"Account {reference} keeps {_owed(row.balance_pence)}, but its entries come to {_owed(row.pence)}."


def kept_snapshots(ctx: Context) -> Iterator[str]:
    """Each period-end balance is the sum of the entries up to it, in both meanings."""
    taken = select(Period).where(Period.snapshot_at.is_not(None)).order_by(Period.ends_on)
    previous: Period | None = None
    for period in ctx.session.scalars(taken):
        for basis in Basis:
            yield from _snapshot_faults(ctx, previous, period, basis)
        previous = period


def _snapshot_faults(ctx: Context, previous: Period | None, period: Period, basis: Basis) -> Iterator[str]:
    """Compare one snapshot with the one before it plus what moved between; the first with every entry before it."""
    kept = SNAPSHOT.c.known_pence if basis is Basis.KNOWN else SNAPSHOT.c.reported_pence
    moved = snapshots.movements(basis, previous.ends_on if previous else None, period.ends_on).subquery("moved")
    parts: list[AnySelect] = [
        select(moved.c.account_id, moved.c.pence),
        select(SNAPSHOT.c.account_id, -kept).where(SNAPSHOT.c.period_id == period.id),
    ]
    if previous:
        parts.append(select(SNAPSHOT.c.account_id, kept).where(SNAPSHOT.c.period_id == previous.id))
    every = union_all(*parts).subquery("every_part")
    wrong = select(every.c.account_id).group_by(every.c.account_id).having(func.sum(every.c.pence) != 0)
    for account_id in ctx.session.scalars(wrong):
        yield f"The balance of account number {account_id} at the end of {period.name}, as {basis.value}, isn't what its entries come to."


def whole_pence(ctx: Context) -> Iterator[str]:
    """Every amount is whole pence: SQLite would keep a fraction, or a word, in a column of whole numbers."""
    wrong = (
        select(ENTRY.c.journal, ENTRY.c.line)
        .where(ENTRY.c.pence != cast(ENTRY.c.pence, BigInteger))
        .order_by(ENTRY.c.journal, ENTRY.c.line)
    )
    for row in ctx.session.execute(wrong):
        yield f"Line {row.line} of journal {row.journal} isn't whole pence."


def orphans(ctx: Context) -> Iterator[str]:
    """No entry without its journal, account or code; no reversal of a journal that isn't there."""
    lost = (
        select(ENTRY.c.journal, ENTRY.c.line)
        .select_from(
            ENTRY.outerjoin(JOURNAL, JOURNAL.c.number == ENTRY.c.journal)
            .outerjoin(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id)
            .outerjoin(TransactionCode, TransactionCode.code == ENTRY.c.code)
        )
        .where(or_(JOURNAL.c.number.is_(None), ACCOUNT.c.id.is_(None), TransactionCode.code.is_(None)))
        .order_by(ENTRY.c.journal, ENTRY.c.line)
    )
    for row in ctx.session.execute(lost):
        yield f"Line {row.line} of journal {row.journal} has no journal, account or code."


def reversals(ctx: Context) -> Iterator[str]:
    """A reversal is the exact opposite of what it reverses, line by line."""
    opposite = Entry.__table__.alias("opposite")
    matching = and_(
        opposite.c.journal == JOURNAL.c.number,
        opposite.c.line == ENTRY.c.line,
        opposite.c.account_id == ENTRY.c.account_id,
        opposite.c.pence == -ENTRY.c.pence,
    )
    wrong = (
        select(JOURNAL.c.number, JOURNAL.c.reverses)
        .select_from(JOURNAL.join(ENTRY, ENTRY.c.journal == JOURNAL.c.reverses).outerjoin(opposite, matching))
        .where(JOURNAL.c.reverses.is_not(None), opposite.c.line.is_(None))
        .distinct()
    )
    for row in ctx.session.execute(wrong):
        yield f"Journal {row.number} isn't the opposite of journal {row.reverses}, which it reverses."


def in_periods(ctx: Context) -> Iterator[str]:
    """Every journal lies in a period, and the periods follow one another."""
    outside = (
        select(Journal.number, Journal.accounting_on)
        .outerjoin(Period, and_(Period.starts_on <= Journal.accounting_on, Period.ends_on >= Journal.accounting_on))
        .where(Period.id.is_(None))
        .order_by(Journal.number)
    )
    for row in ctx.session.execute(outside):
        yield f"Journal {row.number}, accounted for on {row.accounting_on:%d %b %Y}, lies in no period."
    previous: Period | None = None
    for period in ctx.session.scalars(select(Period).order_by(Period.starts_on)):
        if previous and (period.starts_on - previous.ends_on).days != 1:
            yield f"The period {period.name} doesn't follow {previous.name} day by day."
        previous = period


def guards(ctx: Context) -> Iterator[str]:
    """The database itself refuses to change what is posted or audited: each way is tried on one standing row."""
    ctx.session.rollback()
    sqlite = ctx.session.get_bind().dialect.name == "sqlite"
    for table, column, row in _GUARDED:
        attempts = [f"UPDATE {table} SET {column} = 'changed' WHERE {row}", f"DELETE FROM {table} WHERE {row}"]  # noqa: S608
        if sqlite:
            attempts.append(f"REPLACE INTO {table} SELECT * FROM {table} WHERE {row}")  # noqa: S608
        for statement in attempts:
            if _is_let_through(ctx, statement):
                yield f"The database let {statement.split()[0]} through on the table {table}: its guard is missing."
    ctx.session.rollback()


_GUARDED: Final = (
    ("journal", "source", "number = (SELECT MIN(number) FROM journal)"),
    ("entry", "narrative", "line = 1 AND journal = (SELECT MIN(journal) FROM entry)"),
    ("audit_entry", "row_key", "id = (SELECT MIN(id) FROM audit_entry)"),
    ("budget_entry", "words", "id = (SELECT MIN(id) FROM budget_entry)"),
    ("approval_event", "reason", "id = (SELECT MIN(id) FROM approval_event)"),
    ("journal_guard", "family", "journal = (SELECT MIN(journal) FROM journal_guard)"),
)


def _is_let_through(ctx: Context, statement: str) -> bool:
    """Whether no guard refuses a statement, which is taken back; on an empty table there is nothing to refuse."""
    savepoint = ctx.session.begin_nested()
    try:
        return ctx.session.connection().execute(text(statement)).rowcount > 0
    except DBAPIError as error:
        if any(words in str(error).lower() for words in ("append only", "permission was denied")):
            return False
        if not isinstance(error, IntegrityError):
            raise
        return True
    finally:
        savepoint.rollback()


CHECKS: Final[dict[str, Callable[[Context], Iterator[str]]]] = {
    "numbering": numbering,
    "invoices": invoices,
    "chain": chain,
    "totals": totals,
    "funds": between.faults,
    "pence": whole_pence,
    "balances": kept_balances,
    "snapshots": kept_snapshots,
    "orphans": orphans,
    "reversals": reversals,
    "periods": in_periods,
    "second officer": approved.second_officer,
    "requests": approved.requests,
    "guarding": approved.guarding,
    "guards": guards,
}
