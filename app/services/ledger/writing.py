"""How a journal gets into the database: number, digest, entries, balances, snapshots, in that order, in one transaction."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, func, insert, literal, select, update
from sqlalchemy.orm import Session

from app.models.codes import PostingRule, TransactionCode
from app.models.ledger import Journal
from app.models.values import Fund, Money
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import digesting, numbering, periods, snapshots, staging
from app.services.ledger.controls import CONTRA
from app.services.ledger.dto import JournalHeader, Line, Posted
from app.services.ledger.rules import CodeRule
from app.services.ledger.sql import ACCOUNT, ENTRY, AnySelect


@dataclass(frozen=True, slots=True)
class LineTotal:
    """The number of a caller's lines and their signed sum in pence."""

    count: int
    pence: int


@dataclass(frozen=True, slots=True)
class CodeTotal:
    """What a journal's lines of one code come to in one fund; `sign` is 1 of debits, -1 of credits, 0 of nothing."""

    code: str
    fund: Fund
    sign: int
    count: int
    pence: int


def posted_before(session: Session, key: str) -> Posted | None:
    """The posting that used this key already."""
    row = session.execute(
        select(Journal.number, Journal.actual_count, Journal.actual_pence).where(Journal.idempotency_key == key)
    ).first()
    return Posted(row.number, row.actual_count, row.actual_pence, duplicate=True) if row else None


def next_number(ctx: Context, accounting_on: date) -> int:
    """Take the next journal number, in an open period; the counter's lock holds off every other writer until the end.

    Raises:
        UserError: the period of `accounting_on` is closed.
    """
    periods.ensure_open(ctx, accounting_on)
    number = numbering.move(ctx, "journal")
    assert number is not None, "The counter of the journals is gone."
    return number


def code_rules(session: Session) -> dict[str, CodeRule]:
    """Every transaction code, by code."""
    columns = (
        TransactionCode.code,
        TransactionCode.kind,
        TransactionCode.control,
        TransactionCode.allows_negative,
        TransactionCode.active,
    )
    return {row.code: CodeRule(*row) for row in session.execute(select(*columns))}


def controls(session: Session) -> dict[tuple[str, Fund], int]:
    """The control account of each key and fund."""
    rows = session.execute(select(PostingRule.control, PostingRule.fund, PostingRule.account_id))
    return {(row.control, row.fund): row.account_id for row in rows}


def insert_select(ctx: Context, number: int, lines: AnySelect, *, keep_order: bool = False) -> None:
    """Copy what a select finds into the ledger as the lines of a journal, numbered in the order they are found.

    `keep_order` takes the select's own `line` column instead.
    """
    staged = None if keep_order else staging.stage(ctx, lines)
    found = lines.subquery("posting") if staged is None else staged
    columns = ["line", *staging.COLUMNS]
    source = select(literal(number).label("journal"), *(found.c[name] for name in columns))
    ctx.session.execute(insert(ENTRY).from_select(["journal", *columns], source))
    if staged is not None:
        staging.clear(ctx, staged)


def insert_lines(ctx: Context, number: int, lines: Sequence[Line], first: int = 1) -> None:
    """Write lines that are held in memory, numbered from `first`."""
    if lines:
        ctx.session.execute(
            insert(ENTRY),
            [
                {
                    "journal": number,
                    "line": position,
                    "account_id": line.account_id,
                    "code": line.code,
                    "pence": line.pence,
                    "effective_on": line.effective_on,
                    "rent_week": line.rent_week,
                    "narrative": line.narrative,
                }
                for position, line in enumerate(lines, start=first)
            ],
        )


def code_totals(ctx: Context, number: int) -> list[CodeTotal]:
    """What the lines written so far come to, by code, fund and side.

    A CASE with values of its own would be another expression to SQL Server where it is grouped by (error 8120).
    """
    sign = func.sign(ENTRY.c.pence, type_=Integer)
    statement = (
        select(ENTRY.c.code, ACCOUNT.c.fund, sign, func.count(), func.sum(ENTRY.c.pence))
        .join(ACCOUNT, ACCOUNT.c.id == ENTRY.c.account_id)
        .where(ENTRY.c.journal == number)
        .group_by(ENTRY.c.code, ACCOUNT.c.fund, sign)
    )
    return [CodeTotal(*row) for row in ctx.session.execute(statement)]


def contras(
    ctx: Context, totals: Iterable[CodeTotal], rules: Mapping[str, CodeRule], accounting_on: date
) -> list[Line]:
    """One line for each control account that takes the other side, so that the journal sums to zero."""
    accounts = controls(ctx.session)
    sums: Tally[int] = Tally()
    for total in totals:
        sums[accounts[rules[total.code].control, total.fund]] -= total.pence
    return [Line(account_id, CONTRA, pence, accounting_on) for account_id, pence in sorted(sums.items()) if pence]


def write_journal(ctx: Context, header: JournalHeader, number: int, lines: LineTotal, reverses: int | None) -> Posted:
    """Write the journal's row, complete with the digest of the entries that were written before it.

    Raises:
        UserError: there are no lines, or they don't come to what was declared.
    """
    if not lines.count:
        raise UserError("There is nothing to post.")
    _match_declared(header, lines)
    row: dict[str, Any] = {
        "kind": header.kind.value,
        "accounting_on": header.accounting_on,
        "recorded_at": ctx.clock.now(),
        "posted_by": ctx.officer.id,
        "authorised_by": header.authorised_by,
        "source": header.source,
        "narrative": header.narrative,
        "idempotency_key": header.idempotency_key,
        "declared_count": lines.count if header.declared_count is None else header.declared_count,
        "declared_pence": lines.pence if header.declared_pence is None else header.declared_pence,
        "actual_count": lines.count,
        "actual_pence": lines.pence,
        "reverses": reverses,
        "approval": header.approval if header.approval is not None else ctx.approval,
    }
    digest = digesting.digest_to_write(ctx, number, row, digesting.digest_before(ctx.session, number))
    ctx.session.execute(insert(Journal).values(number=number, digest=digest, **row))
    return Posted(number, lines.count, lines.pence)


def _match_declared(header: JournalHeader, lines: LineTotal) -> None:
    count, pence = header.declared_count, header.declared_pence
    if count not in {None, lines.count} or pence not in {None, lines.pence}:
        said = f"{count} lines" if count is not None else "lines"
        amount = f" of {Money(pence)}" if pence is not None else ""
        raise UserError(
            f"The posting was to be {said}{amount}, but comes to {lines.count} lines of {Money(lines.pence)}; "
            "nothing was posted.",
            "Something changed since it was worked out: look at it again.",
        )


def settle(ctx: Context, first: int, last: int) -> None:
    """Bring the kept balances and period-end snapshots up to date with the entries of journals `first` to `last`."""
    sums = (
        select(ENTRY.c.account_id, func.sum(ENTRY.c.pence).label("pence"))
        .where(ENTRY.c.journal.between(first, last))
        .group_by(ENTRY.c.account_id)
        .subquery("moved")
    )
    ctx.session.execute(
        update(ACCOUNT)
        .where(ACCOUNT.c.id == sums.c.account_id, sums.c.pence != 0)
        .values(balance_pence=ACCOUNT.c.balance_pence + sums.c.pence)
    )
    snapshots.keep(ctx.session, first, last)
