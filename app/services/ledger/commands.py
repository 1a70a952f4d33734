"""The one way into the ledger: post, post in bulk, reverse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.models.accounts import Account
from app.models.ledger import Entry, Journal
from app.models.values import Fund, JournalKind
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.ledger import rules, writing
from app.services.ledger.dto import JournalHeader, Line, Posted
from app.services.ledger.rules import CodeRule
from app.services.ledger.sql import AnySelect, in_chunks


@requires(Permission.POST_JOURNAL)
def post(ctx: Context, header: JournalHeader, lines: Sequence[Line], *, contras: bool = True) -> Posted:
    """Post lines as one journal; the ledger adds one contra entry for each control account.

    `contras=False`: the lines are the whole journal and sum to zero themselves.

    Raises:
        UserError: the period is closed, a line has a fault, the lines don't come to what was declared, or don't sum to zero.
    """
    return append(ctx, header, lines, contras=contras)


def append(ctx: Context, header: JournalHeader, lines: Sequence[Line], *, contras: bool = True) -> Posted:
    """What `post` does, for services whose own command has asked for a permission of its own."""
    before = writing.posted_before(ctx.session, header.idempotency_key)
    if before:
        return before
    _check_header(header)
    _check_lines(lines, writing.code_rules(ctx.session))
    opening = writing.open_journal(ctx, header)
    rows = [_row(number, line) for number, line in enumerate(lines, start=1)]
    totals = _totals(lines, _funds(ctx, {line.account_id for line in lines}))
    rows += _contras(ctx, header, totals) if contras else []
    opening.digest.add(writing.entry_fields(row) for row in rows)
    if not contras and totals.pence:
        raise UserError("The lines of this journal don't add up to nothing; nothing was posted.")
    posted = writing.write_journal(ctx, header, opening, totals, None)
    writing.insert_rows(ctx, opening.number, rows)
    writing.settle(ctx, opening.number, header.accounting_on)
    return posted


def append_bulk(ctx: Context, header: JournalHeader, lines: AnySelect) -> Posted:
    """Post what a select finds (account_id, code, pence, effective_on, rent_week, narrative) as one journal, set-based.

    The select runs twice in the transaction: for the digest and totals, and for the insert.

    Raises:
        UserError: as `post`.
    """
    before = writing.posted_before(ctx.session, header.idempotency_key)
    if before:
        return before
    _check_header(header)
    opening = writing.open_journal(ctx, header)
    numbered = writing.numbered(lines)
    totals = writing.read_lines(ctx, numbered, opening.digest)
    _check_signs(totals, writing.code_rules(ctx.session))
    contras = _contras(ctx, header, totals)
    opening.digest.add(writing.entry_fields(row) for row in contras)
    posted = writing.write_journal(ctx, header, opening, totals, None)
    writing.insert_entries(ctx, opening.number, numbered)
    writing.insert_rows(ctx, opening.number, contras)
    writing.settle(ctx, opening.number, header.accounting_on)
    return posted


@requires(Permission.POST_JOURNAL)
def post_bulk(ctx: Context, header: JournalHeader, lines: AnySelect) -> Posted:
    """`append_bulk` for whoever may post any journal."""
    return append_bulk(ctx, header, lines)


@requires(Permission.REVERSE_JOURNAL)
def reverse(ctx: Context, journal: int, reason: str, idempotency_key: str) -> Posted:
    """Post the opposite of a whole journal, today, on the same accounts and for the same weeks. Nothing is deleted.

    Raises:
        UserError: there is no such journal, it is reversed already, it is itself a reversal, or no reason is given.
    """
    return append_reversal(ctx, journal, reason, idempotency_key)


def append_reversal(ctx: Context, journal: int, reason: str, idempotency_key: str) -> Posted:
    """What `reverse` does, for services whose own command has asked for a permission of its own."""
    before = writing.posted_before(ctx.session, idempotency_key)
    if before:
        return before
    standing = _reversible(ctx, journal)
    fault = rules.fault_in_text(reason) if reason.strip() else "Say why the journal is reversed."
    if fault:
        raise UserError(fault, field="reason")
    header = JournalHeader(
        JournalKind.REVERSAL, ctx.clock.today(), f"journal {journal}", idempotency_key, narrative=reason
    )
    opening = writing.open_journal(ctx, header)
    opposite = select(
        Entry.line,
        Entry.account_id,
        Entry.code,
        (-Entry.pence).label("pence"),
        Entry.effective_on,
        Entry.rent_week,
        Entry.narrative,
    ).where(Entry.journal == journal)
    numbered = writing.numbered(opposite, keep_order=True)
    totals = writing.read_lines(ctx, numbered, opening.digest)
    totals.count, totals.pence = standing.actual_count, -standing.actual_pence
    posted = writing.write_journal(ctx, header, opening, totals, journal)
    writing.insert_entries(ctx, opening.number, numbered)
    writing.settle(ctx, opening.number, header.accounting_on)
    return posted


def _reversible(ctx: Context, number: int) -> Journal:
    standing = ctx.session.get(Journal, number)
    if standing is None:
        raise UserError(f"There is no journal {number}.")
    if standing.reverses is not None:
        raise UserError(f"Journal {number} is itself a reversal; post the lines anew instead.")
    by = ctx.session.scalar(select(Journal.number).where(Journal.reverses == number))
    if by is not None:
        raise UserError(f"Journal {number} is reversed already, by journal {by}.")
    return standing


def _check_header(header: JournalHeader) -> None:
    fault = rules.fault_in_text(header.narrative) or rules.fault_in_text(header.source)
    if fault:
        raise UserError(fault)


def _check_lines(lines: Iterable[Line], known: dict[str, CodeRule]) -> None:
    for line in lines:
        fault = rules.fault_in(line, known.get(line.code))
        if fault:
            raise UserError(f"{fault} Nothing was posted.")


def _check_signs(totals: writing.Totals, known: dict[str, CodeRule]) -> None:
    for code, _fund, credit in totals.by_code:
        fault = rules.fault_in_code(code, known.get(code), credit=credit)
        if fault:
            raise UserError(f"{fault} Nothing was posted.")


def _row(number: int, line: Line) -> dict[str, Any]:
    return {
        "line": number,
        "account_id": line.account_id,
        "code": line.code,
        "pence": line.pence,
        "effective_on": line.effective_on,
        "rent_week": line.rent_week,
        "narrative": line.narrative,
    }


def _funds(ctx: Context, account_ids: set[int]) -> dict[int, Fund]:
    funds: dict[int, Fund] = {}
    for chunk in in_chunks(sorted(account_ids)):
        found = ctx.session.execute(select(Account.id, Account.fund).where(Account.id.in_(chunk)))
        funds.update((row.id, row.fund) for row in found)
    missing = account_ids - funds.keys()
    if missing:
        raise UserError(f"There is no account number {min(missing)}; nothing was posted.")
    return funds


def _totals(lines: Sequence[Line], funds: dict[int, Fund]) -> writing.Totals:
    totals = writing.Totals(len(lines), sum(line.pence for line in lines))
    for line in lines:
        totals.by_code[line.code, funds[line.account_id], line.pence < 0] += line.pence
    return totals


def _contras(ctx: Context, header: JournalHeader, totals: writing.Totals) -> list[dict[str, Any]]:
    return writing.contra_rows(ctx.session, totals, header.accounting_on)
