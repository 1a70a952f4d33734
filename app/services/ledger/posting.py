"""How lines become a journal, for commands that have asked for a permission of their own; `commands` asks for the ledger's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, select

from app.models.ledger import Entry
from app.models.values import Fund, JournalKind
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import arriving, between, controls, numbering, periods, reversing, rules, writing
from app.services.ledger.dto import JournalHeader, Line, Posted
from app.services.ledger.rules import CodeRule
from app.services.ledger.sql import AnySelect
from app.services.ledger.writing import CodeTotal, LineTotal

_RUNS = frozenset({JournalKind.CHARGE_RUN, JournalKind.LOAD, JournalKind.OPENING, JournalKind.DEMONSTRATION})
"""Journals of every account alike: reversing one is not working on an account."""


def append(ctx: Context, header: JournalHeader, lines: Sequence[Line], *, contras: bool = True) -> Posted:
    """What `post` does, for services whose own command has asked for a permission of its own.

    Raises:
        UserError: as `post`, or one of the accounts is one that the officer may not work on.
    """
    access.touch(ctx, {line.account_id for line in lines})
    return _arrived(ctx, header, _settled(ctx, _append(ctx, header, lines, contras=contras)))


def append_received(ctx: Context, header: JournalHeader, lines: Sequence[Line]) -> Posted:
    """Post a payment that was taken, for whichever account: whoever may not work on one still takes the money for it.

    Raises:
        UserError: as `post`.
    """
    return _arrived(ctx, header, _settled(ctx, _append(ctx, header, lines)))


def append_following(ctx: Context, header: JournalHeader, lines: Sequence[Line]) -> Posted:
    """Post what follows by itself from a journal that was posted just now: whoever posted that may post this.

    Raises:
        UserError: as `post`.
    """
    return _settled(ctx, _append(ctx, header, lines))


def _append(ctx: Context, header: JournalHeader, lines: Sequence[Line], *, contras: bool = True) -> Posted:
    total = LineTotal(len(lines), sum(line.pence for line in lines))
    before = writing.posted_before(ctx.session, header.idempotency_key)
    if before:
        _check_same(before, total)
        return before
    _check_header(header)
    known = writing.code_rules(ctx.session)
    _check_lines(lines, known, either_sign=header.kind is JournalKind.CHARGE_CORRECTION)
    for narrative in {header.narrative, *(line.narrative for line in lines)}:
        refuse_card_number(ctx, narrative, "narrative", "narrative")
    funds = _checked_accounts(ctx, {line.account_id for line in lines})
    if not contras and total.pence:
        raise UserError("The lines of this journal don't add up to nothing; nothing was posted.")
    number = writing.next_number(ctx, header.accounting_on)
    writing.insert_lines(ctx, number, lines)
    if contras:
        _add_contras(ctx, header, number, total, writing.code_totals(ctx, number), known)
    else:
        writing.insert_lines(ctx, number, between.lines(ctx, lines, funds, header.accounting_on), total.count + 1)
    return writing.write_journal(ctx, header, number, total, None)


def append_bulk(ctx: Context, header: JournalHeader, lines: AnySelect) -> Posted:
    """Post what a select finds (account_id, code, pence, effective_on, rent_week, narrative) as one journal, set-based.

    Raises:
        UserError: as `post`.
    """
    return _arrived(ctx, header, _settled(ctx, _append_bulk(ctx, header, lines)))


def append_series(
    ctx: Context, postings: Iterable[tuple[JournalHeader, Sequence[Line] | AnySelect]]
) -> tuple[Posted, ...]:
    """Post journals one after another, each as `append` or `append_bulk` does, and bring balances up to date once for all.

    For loading history: a year's journals move every account, but mostly to and fro.

    Raises:
        UserError: as `post`.
    """
    done: list[Posted] = []
    first: int | None = None
    for header, lines in postings:
        ctx.cancel.check()
        if first is not None and periods.find(ctx.session, header.accounting_on) is None:
            writing.settle(ctx, first, done[-1].journal)
            first = None
        posted = _append_bulk(ctx, header, lines) if isinstance(lines, Select) else _append(ctx, header, lines)
        done.append(posted)
        if first is None and not posted.duplicate:
            first = posted.journal
    if first is not None:
        writing.settle(ctx, first, max(posted.journal for posted in done))
    return tuple(done)


def _append_bulk(ctx: Context, header: JournalHeader, lines: AnySelect) -> Posted:
    before = writing.posted_before(ctx.session, header.idempotency_key)
    if before:
        return before
    _check_header(header)
    number = writing.next_number(ctx, header.accounting_on)
    writing.insert_select(ctx, number, lines)
    totals = writing.code_totals(ctx, number)
    known = writing.code_rules(ctx.session)
    _check_codes(totals, known, either_sign=header.kind is JournalKind.CHARGE_CORRECTION)
    total = LineTotal(sum(part.count for part in totals), sum(part.pence for part in totals))
    _add_contras(ctx, header, number, total, totals, known)
    return writing.write_journal(ctx, header, number, total, None)


def append_reversal(ctx: Context, journal: int, reason: str, idempotency_key: str) -> Posted:
    """What `reverse` does, for services whose own command has asked for a permission of its own."""
    numbering.move(ctx, "journal", 0)  # Holds off every other writer before anything is read.
    before = writing.posted_before(ctx.session, idempotency_key)
    if before:
        return before
    standing = reversing.reversible(ctx, journal)
    if standing.kind not in _RUNS:
        access.touch(ctx, ctx.session.scalars(select(Entry.account_id).where(Entry.journal == journal).distinct()))
    fault = rules.fault_in_text(reason) if reason.strip() else "Say why the journal is reversed."
    if fault:
        raise UserError(fault, field="reason")
    refuse_card_number(ctx, reason, "reason", "reason")
    header = JournalHeader(
        JournalKind.REVERSAL, ctx.clock.today(), f"journal {journal}", idempotency_key, narrative=reason
    )
    number = writing.next_number(ctx, header.accounting_on)
    opposite = select(
        Entry.line,
        Entry.account_id,
        Entry.code,
        (-Entry.pence).label("pence"),
        Entry.effective_on,
        Entry.rent_week,
        Entry.narrative,
    ).where(Entry.journal == journal)
    writing.insert_select(ctx, number, opposite, keep_order=True)
    total = LineTotal(standing.actual_count, -standing.actual_pence)
    return _settled(ctx, writing.write_journal(ctx, header, number, total, journal))


def _add_contras(
    ctx: Context,
    header: JournalHeader,
    number: int,
    total: LineTotal,
    totals: Sequence[CodeTotal],
    known: Mapping[str, CodeRule],
) -> None:
    contras = writing.contras(ctx, totals, known, header.accounting_on)
    writing.insert_lines(ctx, number, contras, total.count + 1)


def _arrived(ctx: Context, header: JournalHeader, posted: Posted) -> Posted:
    arriving.tell(ctx, header, posted)
    return posted


def _settled(ctx: Context, posted: Posted) -> Posted:
    if not posted.duplicate:
        writing.settle(ctx, posted.journal, posted.journal)
    return posted


def _check_same(before: Posted, total: LineTotal) -> None:
    if (before.lines, before.total_pence) != (total.count, total.pence):
        raise UserError(
            f"This posting was made before, as journal {before.journal}, with other lines; nothing was posted.",
            "Look at that journal; what differs is posted as an adjustment.",
        )


def _check_header(header: JournalHeader) -> None:
    fault = rules.fault_in_text(header.narrative) or rules.fault_in_text(header.source)
    if fault:
        raise UserError(fault)


def _check_lines(lines: Iterable[Line], known: dict[str, CodeRule], *, either_sign: bool) -> None:
    for line in lines:
        fault = rules.fault_in(line, known.get(line.code), either_sign=either_sign)
        if fault:
            raise UserError(f"{fault} Nothing was posted.")


def _check_codes(totals: Iterable[CodeTotal], known: dict[str, CodeRule], *, either_sign: bool) -> None:
    for total in totals:
        if not total.sign:
            raise UserError(f"A line with code {total.code} is for £0.00; nothing was posted.")
        fault = rules.fault_in_code(total.code, known.get(total.code), credit=total.sign < 0, either_sign=either_sign)
        if fault:
            raise UserError(f"{fault} Nothing was posted.")


def _checked_accounts(ctx: Context, account_ids: set[int]) -> dict[int, Fund]:
    """The fund of each account."""
    found = controls.funds_of(ctx, account_ids)
    missing = account_ids - found.keys()
    if missing:
        raise UserError(f"There is no account number {min(missing)}; nothing was posted.")
    return found
