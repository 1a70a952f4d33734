"""What the ledger tells: balances as at any date in both meanings, and the lines behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, union_all

from app.models.accounts import Account
from app.models.codes import PostingRule, TransactionCode
from app.models.ledger import Entry, Journal
from app.models.officers import Officer
from app.models.values import Basis, CodeKind, Fund, JournalKind, Money
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import snapshots
from app.services.ledger.dto import BriefLine, BriefPage, JournalRow, LedgerLine, LedgerPage
from app.services.ledger.sql import SNAPSHOT, AnySelect


def control_account(ctx: Context, key: str, fund: Fund) -> int:
    """The id of the control account that a key means in a fund.

    Raises:
        UserError: no posting rule names one.
    """
    found = ctx.session.get(PostingRule, (key, fund))
    if found is None:
        raise UserError(f"No control account is set for '{key}' in the fund {fund.value}.")
    return found.account_id


def balances_select(ctx: Context, as_at: date, basis: Basis = Basis.KNOWN) -> AnySelect:
    """A select of (account_id, balance_pence) at the end of a day, for every account with entries by then.

    Works from the latest period-end snapshot before the day, so that it reads days of entries and not years of them.
    """
    period = snapshots.latest(ctx.session, as_at)
    moved = snapshots.movements(basis, period.ends_on if period else None, as_at)
    if period:
        kept = SNAPSHOT.c.known_pence if basis is Basis.KNOWN else SNAPSHOT.c.reported_pence
        stood = select(SNAPSHOT.c.account_id, kept.label("pence")).where(SNAPSHOT.c.period_id == period.id)
        parts = union_all(stood, moved).subquery("parts")
    else:
        parts = moved.subquery("parts")
    return select(parts.c.account_id, func.sum(parts.c.pence).label("balance_pence")).group_by(parts.c.account_id)


def balances(ctx: Context, account_ids: Collection[int], as_at: date, basis: Basis = Basis.KNOWN) -> dict[int, Money]:
    """The balance of each of some accounts at the end of a day."""
    found: dict[int, int] = {}
    period = snapshots.latest(ctx.session, as_at)
    moved = snapshots.movements(basis, period.ends_on if period else None, as_at).subquery("moved")
    kept = SNAPSHOT.c.known_pence if basis is Basis.KNOWN else SNAPSHOT.c.reported_pence
    for chunk in in_chunks(sorted(account_ids)):
        statement: AnySelect = (
            select(moved.c.account_id, func.sum(moved.c.pence))
            .where(moved.c.account_id.in_(chunk))
            .group_by(moved.c.account_id)
        )
        found.update((row[0], row[1]) for row in ctx.session.execute(statement))
        if period:
            stood = select(SNAPSHOT.c.account_id, kept).where(
                SNAPSHOT.c.period_id == period.id, SNAPSHOT.c.account_id.in_(chunk)
            )
            for account_id, pence in ctx.session.execute(stood):
                found[account_id] = found.get(account_id, 0) + pence
    return {account_id: Money(found.get(account_id, 0)) for account_id in account_ids}


def newest_journal(ctx: Context, account_id: int) -> int:
    """The number of the newest journal with a line of an account; 0 where there is none."""
    return ctx.session.scalar(select(func.max(Entry.journal)).where(Entry.account_id == account_id)) or 0


def moved_select(from_on: date, to_on: date) -> AnySelect:
    """A select of the accounts with a line between two days (inclusive, by the day it belongs to)."""
    return select(Entry.account_id).where(Entry.effective_on.between(from_on, to_on)).distinct()


def balance(ctx: Context, account_id: int, as_at: date | None = None, basis: Basis = Basis.KNOWN) -> Money:
    """An account's balance at the end of a day; with no day, everything posted."""
    if as_at is None:
        kept = ctx.session.scalar(select(Account.balance_pence).where(Account.id == account_id))
        return Money(kept or 0)
    return balances(ctx, [account_id], as_at, basis)[account_id]


def lines_select(basis: Basis = Basis.KNOWN) -> AnySelect:
    """Entries with their journal and code, in the order of an account's ledger."""
    order = Entry.effective_on if basis is Basis.KNOWN else Journal.accounting_on
    return (
        select(
            Entry.account_id,
            Entry.journal,
            Entry.line,
            Entry.effective_on,
            Journal.accounting_on,
            Journal.recorded_at,
            Entry.rent_week,
            Entry.code,
            TransactionCode.name,
            TransactionCode.kind,
            TransactionCode.explain_group,
            Entry.narrative,
            Entry.pence,
        )
        .join(Journal, Journal.number == Entry.journal)
        .join(TransactionCode, TransactionCode.code == Entry.code)
        .order_by(Entry.account_id, order, Entry.journal, Entry.line)
    )


def ledger_page(
    ctx: Context,
    account_id: int,
    from_on: date | None = None,
    to_on: date | None = None,
    kinds: Collection[CodeKind] | None = None,
) -> LedgerPage:
    """An account's lines between two days (inclusive, by the day they belong to), each with the balance after it.

    `kinds` leaves lines out of the page; the balances stay those of the whole account.
    """
    access.open_account(ctx, account_id)
    page = ledger_pages(ctx, [account_id], from_on, to_on)[account_id]
    if kinds is None:
        return page
    kept = tuple(line for line in page.lines if line.kind in kinds)
    return LedgerPage(account_id, from_on, to_on, page.brought_forward, kept, page.carried_forward)


def ledger_pages(
    ctx: Context, account_ids: Sequence[int], from_on: date | None = None, to_on: date | None = None
) -> dict[int, LedgerPage]:
    """`ledger_page` for many accounts, in a few statements for each 900 of them."""
    pages: dict[int, LedgerPage] = {}
    before = balances(ctx, account_ids, _day_before(from_on)) if from_on else {}
    for chunk in in_chunks(sorted(account_ids)):
        statement = lines_select().where(Entry.account_id.in_(chunk))
        if from_on:
            statement = statement.where(Entry.effective_on >= from_on)
        if to_on:
            statement = statement.where(Entry.effective_on <= to_on)
        rows: dict[int, list[Row[*tuple[Any, ...]]]] = {account_id: [] for account_id in chunk}
        for row in ctx.session.execute(statement):
            rows[row.account_id].append(row)
        for account_id, found in rows.items():
            pages[account_id] = _page(account_id, from_on, to_on, before.get(account_id, Money(0)), found)
    return pages


def brief_pages(ctx: Context, account_ids: Sequence[int], from_on: date, to_on: date) -> dict[int, BriefPage]:
    """What a statement needs of `ledger_pages`, read several times as fast: for runs over a whole rent roll."""
    codes = {row.code: row.name for row in ctx.session.execute(select(TransactionCode.code, TransactionCode.name))}
    before = balances(ctx, account_ids, _day_before(from_on))
    lines: dict[int, list[BriefLine]] = {account_id: [] for account_id in account_ids}
    for chunk in in_chunks(sorted(account_ids)):
        statement = (
            select(Entry.account_id, Entry.effective_on, Entry.rent_week, Entry.code, Entry.narrative, Entry.pence)
            .where(Entry.account_id.in_(chunk), Entry.effective_on.between(from_on, to_on))
            .order_by(Entry.account_id, Entry.effective_on, Entry.journal, Entry.line)
        )
        for account_id, effective_on, rent_week, code, narrative, pence in ctx.session.execute(statement):
            lines[account_id].append(BriefLine(effective_on, rent_week, codes[code], narrative, pence))
    return {account_id: BriefPage(before[account_id].pence, tuple(found)) for account_id, found in lines.items()}


def journals(ctx: Context, kind: JournalKind | None = None, most: int = 200) -> tuple[JournalRow, ...]:
    """The latest journals, newest first."""
    reversal = Journal.__table__.alias("reversal")
    statement = (
        select(Journal, Officer.name, reversal.c.number)
        .join(Officer, Officer.id == Journal.posted_by)
        .outerjoin(reversal, reversal.c.reverses == Journal.number)
        .order_by(Journal.number.desc())
        .limit(most)
    )
    if kind is not None:
        statement = statement.where(Journal.kind == kind)
    return tuple(
        JournalRow(
            journal.number,
            journal.kind,
            journal.accounting_on,
            journal.recorded_at,
            officer,
            journal.source,
            journal.narrative,
            journal.actual_count,
            Money(journal.actual_pence),
            journal.reverses,
            reversed_by,
        )
        for journal, officer, reversed_by in ctx.session.execute(statement)
    )


def last_effective(ctx: Context, kinds: Collection[JournalKind]) -> date | None:
    """The latest day that a line of any journal of these kinds belongs to."""
    numbers = select(Journal.number).where(Journal.kind.in_(sorted(kinds)))
    return ctx.session.scalar(select(func.max(Entry.effective_on)).where(Entry.journal.in_(numbers)))


def reversed_by(ctx: Context, journal: int) -> int | None:
    """The journal that reverses a journal, if one does."""
    return ctx.session.scalar(select(Journal.number).where(Journal.reverses == journal))


def on_control(ctx: Context, journals: Sequence[int], key: str) -> Money:
    """What some journals put on the control accounts that a key means, whatever the fund; a debit is above nothing."""
    accounts = select(PostingRule.account_id).where(PostingRule.control == key)
    pence = 0
    for chunk in in_chunks(journals):
        put = select(func.sum(Entry.pence)).where(Entry.journal.in_(chunk), Entry.account_id.in_(accounts))
        pence += ctx.session.scalar(put) or 0
    return Money(pence)


def of_code(ctx: Context, journals: Sequence[int], code: str) -> dict[int, Money]:
    """What each of some journals has of a code on accounts; those that have none of it are left out."""
    found: dict[int, Money] = {}
    for chunk in in_chunks(sorted(set(journals))):
        sums = select(Entry.journal, func.sum(Entry.pence)).where(Entry.journal.in_(chunk), Entry.code == code)
        found.update({number: Money(int(pence)) for number, pence in ctx.session.execute(sums.group_by(Entry.journal))})
    return found


def _page(
    account_id: int, from_on: date | None, to_on: date | None, before: Money, rows: Iterable[Row[*tuple[Any, ...]]]
) -> LedgerPage:
    running = before.pence
    lines: list[LedgerLine] = []
    for _account, *what, pence in rows:
        running += pence
        lines.append(LedgerLine(*(*what, Money(pence), Money(running))))
    return LedgerPage(account_id, from_on, to_on, before, tuple(lines), Money(running))


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
