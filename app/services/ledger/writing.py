"""How a journal gets into the database: number, digest, entries, balances, snapshots, in that order, in one transaction."""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Unicode, cast, func, insert, literal, select, update
from sqlalchemy.orm import Session

from app.models.codes import PostingRule, TransactionCode
from app.models.ledger import Counter, Journal
from app.models.values import Fund, Money
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import periods, snapshots
from app.services.ledger.dto import JournalHeader, Posted
from app.services.ledger.rules import GENESIS, CodeRule, Digest, EntryFields
from app.services.ledger.sql import ACCOUNT, ENTRY, AnySelect

_CHUNK: Final = 20_000
CONTRA: Final = "CTL"
"""The code of a contra entry on a control account."""


@dataclass(slots=True)
class Totals:
    """What a journal's lines add up to, gathered while they are read for the digest."""

    count: int = 0
    pence: int = 0
    by_code: Tally[tuple[str, Fund, bool]] = field(default_factory=Tally)
    """Signed pence by code, fund and whether the lines are credits."""


def posted_before(session: Session, key: str) -> Posted | None:
    """The posting that used this key already."""
    row = session.execute(
        select(Journal.number, Journal.actual_count, Journal.actual_pence).where(Journal.idempotency_key == key)
    ).first()
    return Posted(row.number, row.actual_count, row.actual_pence, duplicate=True) if row else None


def next_number(session: Session) -> int:
    """Take the next journal number; the counter's lock holds off every other writer until this transaction ends."""
    session.execute(update(Counter).where(Counter.name == "journal").values(value=Counter.value + 1))
    return session.scalars(select(Counter.value).where(Counter.name == "journal")).one()


def digest_before(session: Session, number: int) -> str:
    """The digest of the journal before this one."""
    return session.scalar(select(Journal.digest).where(Journal.number == number - 1)) or GENESIS


def code_rules(session: Session) -> dict[str, CodeRule]:
    """Every transaction code, by code."""
    return {
        row.code: CodeRule(row.code, row.kind, row.control, row.allows_negative, row.active)
        for row in session.scalars(select(TransactionCode))
    }


def controls(session: Session) -> dict[tuple[str, Fund], int]:
    """The control account of each key and fund."""
    return {(row.control, row.fund): row.account_id for row in session.scalars(select(PostingRule))}


def header_fields(values: dict[str, Any]) -> list[object]:
    """The header as the digest covers it: every column but the number and the digest, moments and days as ISO text."""
    return [_plain(values[name]) for name in HEADER]


HEADER: Final = (
    "kind",
    "accounting_on",
    "recorded_at",
    "posted_by",
    "authorised_by",
    "source",
    "narrative",
    "idempotency_key",
    "declared_count",
    "declared_pence",
    "actual_count",
    "actual_pence",
    "reverses",
)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


def numbered(lines: AnySelect, first: int = 1, *, keep_order: bool = False) -> AnySelect:
    """The caller's lines numbered from `first`, in an order that is the same each time the select runs.

    `keep_order` takes the caller's own `line` column instead.
    """
    sub = lines.subquery("posting")
    order = (sub.c.account_id, sub.c.code, sub.c.effective_on, sub.c.rent_week, sub.c.narrative, sub.c.pence)
    number = sub.c.line if keep_order else func.row_number().over(order_by=order) + (first - 1)
    return select(
        number.label("line"),
        sub.c.account_id,
        sub.c.code,
        sub.c.pence,
        sub.c.effective_on,
        sub.c.rent_week,
        sub.c.narrative,
    )


def read_lines(ctx: Context, lines: AnySelect, digest: Digest) -> Totals:
    """Feed numbered lines to the digest and add them up.

    Raises:
        UserError: a line names an account that doesn't exist.
    """
    sub = lines.subquery("numbered")
    text = Unicode(10)
    statement = (
        select(
            sub.c.line,
            sub.c.account_id,
            sub.c.code,
            sub.c.pence,
            cast(sub.c.effective_on, text),
            func.coalesce(cast(sub.c.rent_week, text), literal("", text)),
            sub.c.narrative,
            ACCOUNT.c.fund,
        )
        .select_from(sub.outerjoin(ACCOUNT, ACCOUNT.c.id == sub.c.account_id))
        .order_by(sub.c.line)
    )
    totals = Totals()
    by_code = totals.by_code
    for rows in ctx.session.execute(statement).partitions(_CHUNK):
        ctx.cancel.check()
        entries: list[EntryFields] = [tuple(row[:7]) for row in rows]
        digest.add(entries)
        totals.count += len(entries)
        for row in rows:
            pence = row[3]
            totals.pence += pence
            by_code[row[2], row[7], pence < 0] += pence
            if row[7] is None:
                raise UserError(f"There is no account number {row[1]}; nothing was posted.")
            if pence == 0:
                raise UserError(f"A line with code {row[2]} is for £0.00; leave it out.")
    return totals


@dataclass(slots=True)
class Opening:
    """A journal that has its number and begins its digest."""

    number: int
    digest: Digest


def open_journal(ctx: Context, header: JournalHeader) -> Opening:
    """Take the next number, in an open period.

    Raises:
        UserError: the period of `accounting_on` is closed.
    """
    periods.ensure_open(ctx, header.accounting_on)
    number = next_number(ctx.session)
    return Opening(number, Digest(digest_before(ctx.session, number), number))


def write_journal(
    ctx: Context, header: JournalHeader, opening: Opening, totals: Totals, reverses: int | None
) -> Posted:
    """Write the journal's row, complete with its digest; its entries may follow.

    Raises:
        UserError: there are no lines, or they don't come to what was declared.
    """
    if not totals.count:
        raise UserError("There is nothing to post.")
    _match_declared(header, totals)
    row: dict[str, Any] = {
        "kind": header.kind.value,
        "accounting_on": header.accounting_on,
        "recorded_at": ctx.clock.now(),
        "posted_by": ctx.officer.id,
        "authorised_by": header.authorised_by,
        "source": header.source,
        "narrative": header.narrative,
        "idempotency_key": header.idempotency_key,
        "declared_count": totals.count if header.declared_count is None else header.declared_count,
        "declared_pence": totals.pence if header.declared_pence is None else header.declared_pence,
        "actual_count": totals.count,
        "actual_pence": totals.pence,
        "reverses": reverses,
    }
    digest = opening.digest.close(header_fields(row))
    ctx.session.execute(insert(Journal).values(number=opening.number, digest=digest, **row))
    return Posted(opening.number, totals.count, totals.pence)


def _match_declared(header: JournalHeader, totals: Totals) -> None:
    declared = (header.declared_count, header.declared_pence)
    if declared[0] not in {None, totals.count} or declared[1] not in {None, totals.pence}:
        said = f"{declared[0]} lines" if declared[0] is not None else "lines"
        amount = f" of {Money(declared[1])}" if declared[1] is not None else ""
        raise UserError(
            f"The posting was to be {said}{amount}, but comes to {totals.count} lines of {Money(totals.pence)}; "
            "nothing was posted.",
            "Something changed since it was worked out: look at it again.",
        )


def contra_rows(session: Session, totals: Totals, accounting_on: date) -> list[dict[str, Any]]:
    """One entry for each control account, so that the journal sums to zero; they follow the caller's lines."""
    rules = code_rules(session)
    accounts = controls(session)
    sums: Tally[int] = Tally()
    for (code, fund, _credit), pence in totals.by_code.items():
        sums[accounts[rules[code].control, fund]] -= pence
    return [
        {
            "line": totals.count + position,
            "account_id": account_id,
            "code": CONTRA,
            "pence": pence,
            "effective_on": accounting_on,
            "rent_week": None,
            "narrative": "",
        }
        for position, (account_id, pence) in enumerate(sorted((a, p) for a, p in sums.items() if p), start=1)
    ]


def entry_fields(row: dict[str, Any]) -> EntryFields:
    """An entry as the digest covers it."""
    week = row["rent_week"]
    return (
        row["line"],
        row["account_id"],
        row["code"],
        row["pence"],
        row["effective_on"].isoformat(),
        week.isoformat() if week else "",
        row["narrative"],
    )


def insert_rows(ctx: Context, number: int, rows: list[dict[str, Any]]) -> None:
    """Write entries that are held in memory."""
    if rows:
        ctx.session.execute(insert(ENTRY), [{"journal": number, **row} for row in rows])


def insert_entries(ctx: Context, number: int, lines: AnySelect) -> None:
    """Copy numbered lines into the ledger."""
    sub = lines.subquery("numbered")
    columns = ["line", "account_id", "code", "pence", "effective_on", "rent_week", "narrative"]
    source = select(literal(number).label("journal"), *(sub.c[name] for name in columns))
    ctx.session.execute(insert(ENTRY).from_select(["journal", *columns], source))


def settle(ctx: Context, number: int, accounting_on: date) -> None:
    """Bring the kept balances and period-end snapshots up to date with a journal's entries."""
    sums = (
        select(ENTRY.c.account_id, func.sum(ENTRY.c.pence).label("pence"))
        .where(ENTRY.c.journal == number)
        .group_by(ENTRY.c.account_id)
        .subquery("moved")
    )
    ctx.session.execute(
        update(ACCOUNT)
        .where(ACCOUNT.c.id == sums.c.account_id)
        .values(balance_pence=ACCOUNT.c.balance_pence + sums.c.pence)
    )
    snapshots.keep(ctx.session, number, accounting_on)
