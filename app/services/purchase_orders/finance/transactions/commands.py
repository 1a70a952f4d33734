"""Transactions are loaded and matched, and a period is prepared by one officer and signed by another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import insert, select

from app.models.purchase_orders.finance import FinanceFile, FinanceLine, FinanceReconciliation
from app.models.values import FinanceFileKind, FinanceLineState, Money, ReconciliationState
from app.services.core import audit
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.core.versions import refuse_old
from app.services.imports.one_sheet import refusal
from app.services.ledger import numbering
from app.services.purchase_orders.changed import CHANGED
from app.services.purchase_orders.finance import chosen
from app.services.purchase_orders.finance.transactions import coding, gathering, matching, queries
from app.services.purchase_orders.finance.transactions.dto import (
    FileTransaction,
    Held,
    Loaded,
    MatchByHand,
    MatchedAgain,
    Settle,
    TransactionFile,
)

_LINES: Final[Any] = FinanceLine.__table__
_WORDS: Final = 400
_SIDES: Final = ("ours", "theirs", "matched", "ours_only", "theirs_only", "differs")


@requires(Permission.RECONCILE_SPENDING)
def load(ctx: Context, file: TransactionFile) -> Loaded:
    """Keep the transactions of a file, all or none of it, and match them; those of an earlier file are passed over.

    Raises:
        UserError: a row is wrong, the very file was loaded before, nothing of it is new, or a signed period would change.
    """
    before = queries.loaded_before(ctx, file.sha256)
    if before:
        raise UserError(f"This file was loaded already, as {before}.", "Choose another.", "path")
    if file.mistakes:
        raise refusal(file.mistakes)
    known = queries.known(ctx, [each.fingerprint for each in file.rows])
    new = [each for each in file.rows if each.fingerprint not in known]
    if not new:
        raise UserError(f"Everything in {file.name} was loaded before.", "Nothing was done.", "path")
    first, last = min(each.posted_on for each in new), max(each.posted_on for each in new)
    _refuse_signed(ctx, first, last, sorted({each.posted_on for each in new}))
    row = _file(ctx, file, new, (first, last))
    lines = list(_rows(ctx, row.id, new))
    ctx.session.execute(insert(_LINES), lines)
    audit.record_bulk(ctx, "finance_line", "insert", rows=len(lines), of_file=row.file_name)
    chosen.remember(ctx, FinanceFileKind.TRANSACTIONS, file.columns)
    matched, differ = matching.match(ctx, first, last)
    return Loaded(row.id, len(lines), len(known), matched, differ)


@requires(Permission.RECONCILE_SPENDING)
def match_again(ctx: Context, from_on: date, to_on: date) -> MatchedAgain:
    """Look once more for the documents of the open transactions of a period, as after an invoice was approved.

    Raises:
        UserError: a day of it is signed.
    """
    _refuse_signed(ctx, from_on, to_on)
    return MatchedAgain(*matching.match(ctx, from_on, to_on))


@requires(Permission.RECONCILE_SPENDING)
def match(ctx: Context, asked: MatchByHand) -> Changes:
    """A transaction is of a document, as the officer sees.

    Raises:
        UserError: it has one, the period is signed, or the document spent nothing on the transaction's code.
        ChangedMeanwhile: somebody else settled the transaction in between.
    """
    line = _line(ctx, asked.line_id, asked.version)
    taken = select(FinanceLine.place).where(
        FinanceLine.subject == asked.subject,
        FinanceLine.subject_id == asked.subject_id,
        FinanceLine.budget_id == line.budget_id,
        FinanceLine.id != line.id,
    )
    if ctx.session.scalars(taken).first() is not None:
        raise UserError(
            "Another transaction is of this document on this code already.",
            "Take that one apart first, or explain this one.",
        )
    year = (date(line.posted_on.year - 1, 1, 1), date(line.posted_on.year + 1, 12, 31))
    mine = {each.key: each for each in gathering.ours(ctx, *year)}
    our = mine.get((asked.subject, asked.subject_id, line.budget_id or 0))
    if our is None:
        raise UserError(
            "This document spent nothing on the transaction's code.",
            "Where the code is wrong, move the spending first: Coding.",
        )
    line.subject, line.subject_id = asked.subject, asked.subject_id
    line.state = FinanceLineState.MATCHED if our.amount == Money(line.pence) else FinanceLineState.DIFFERS
    line.settled_by = ctx.officer.id
    ctx.session.flush()
    return CHANGED


@requires(Permission.RECONCILE_SPENDING)
def settle(ctx: Context, asked: Settle) -> Changes:
    """What an officer says of a transaction: the document that it is of, why it is right as it is, or neither any more.

    Raises:
        UserError: as `match` and `explain`.
        ChangedMeanwhile: somebody else settled the transaction in between.
    """
    if asked.subject is not None and asked.subject_id is not None:
        match(ctx, MatchByHand(asked.line_id, asked.version, asked.subject, asked.subject_id))
    elif asked.words.strip():
        explain(ctx, asked.line_id, asked.version, asked.words)
    else:
        take_apart(ctx, asked.line_id, asked.version)
    return CHANGED


@requires(Permission.RECONCILE_SPENDING)
def take_apart(ctx: Context, line_id: int, version: int) -> Changes:
    """A transaction isn't of the document that it was matched with, or isn't explained any more."""
    line = _line(ctx, line_id, version)
    line.subject = line.subject_id = None
    line.state, line.explained, line.settled_by = FinanceLineState.OPEN, "", ctx.officer.id
    ctx.session.flush()
    return CHANGED


@requires(Permission.RECONCILE_SPENDING)
def explain(ctx: Context, line_id: int, version: int, words: str) -> Changes:
    """A transaction that is none of ours, or has another amount, is right as it is, and why.

    Raises:
        UserError: no reason is given, or the period is signed.
        ChangedMeanwhile: somebody else settled the transaction in between.
    """
    line = _line(ctx, line_id, version)
    line.explained = _text(ctx, words, needed="Say what it is, for whoever signs.")
    if line.state is FinanceLineState.OPEN:
        line.state = FinanceLineState.EXPLAINED
    line.settled_by = ctx.officer.id
    ctx.session.flush()
    return CHANGED


@requires(Permission.RECONCILE_SPENDING)
def prepare(ctx: Context, from_on: date, to_on: date, note: str = "") -> Changes:
    """Put a period forward to be signed, with what both sides come to now.

    Raises:
        UserError: it is signed, wholly or in part, has no transactions, or ends before it begins.
    """
    found = queries.held(ctx, from_on, to_on)
    _refuse_signed(ctx, from_on, to_on)
    if not found.total.theirs and not (found.matched or found.differs or found.theirs_only):
        raise UserError("No transactions of this period are loaded.", "Load the finance system's file first.")
    row = _prepared(ctx, from_on, to_on)
    if row is None:
        row = FinanceReconciliation(from_on=from_on, to_on=to_on)
        ctx.session.add(row)
    row.state, row.note = ReconciliationState.PREPARED, _text(ctx, note)
    row.prepared_by, row.prepared_at = ctx.officer.id, ctx.clock.now()
    for side, amount in _sums(found).items():
        setattr(row, f"{side}_pence", amount)
    ctx.session.flush()
    return CHANGED


@requires(Permission.SIGN_RECONCILIATION)
def sign(ctx: Context, reconciliation_id: int) -> Changes:
    """Sign a period that another officer prepared; from then on its transactions stand as they are.

    Raises:
        UserError: it is signed, the officer prepared it, or what both sides come to has changed since.
    """
    row = record(ctx, FinanceReconciliation, reconciliation_id, "reconciliation")
    if row.state is ReconciliationState.SIGNED:
        raise UserError("This period is signed already.", "Look at the list again.")
    if row.prepared_by == ctx.officer.id:
        raise UserError("Nobody signs what they prepared.", "Another officer does.")
    now = _sums(queries.held(ctx, row.from_on, row.to_on))
    if any(getattr(row, f"{side}_pence") != amount for side, amount in now.items()):
        raise UserError("What both sides come to has changed since it was prepared.", "Have it prepared again.")
    row.state, row.signed_by, row.signed_at = ReconciliationState.SIGNED, ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return CHANGED


def _file(ctx: Context, file: TransactionFile, new: Sequence[FileTransaction], days: tuple[date, date]) -> FinanceFile:
    row = FinanceFile(
        number=numbering.take(ctx, "finance_file"),
        kind=FinanceFileKind.TRANSACTIONS,
        profile="",
        file_name=file.name[:200],
        sha256=file.sha256,
        count=len(new),
        pence=sum(each.amount.pence for each in new),
        from_on=days[0],
        to_on=days[1],
        officer_id=ctx.officer.id,
        at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row


def _rows(ctx: Context, file_id: int, new: Sequence[FileTransaction]) -> Iterator[dict[str, Any]]:
    codes = coding.Codes(ctx)
    for each in new:
        centre, subjective = codes.halves_of(each)
        yield {
            "file_id": file_id,
            "place": each.row,
            "posted_on": each.posted_on,
            "cost_centre": centre,
            "subjective": subjective,
            "budget_id": codes.budget_of(each),
            "reference": each.reference,
            "supplier": each.supplier,
            "description": each.description,
            "pence": each.amount.pence,
            "state": FinanceLineState.OPEN,
            "fingerprint": each.fingerprint,
            "explained": "",
            "version": 1,
        }


def _prepared(ctx: Context, from_on: date, to_on: date) -> FinanceReconciliation | None:
    """The reconciliation of the very same days, to be prepared again.

    Raises:
        UserError: one of other days that share some of them waits to be signed.
    """
    shares = select(FinanceReconciliation).where(
        FinanceReconciliation.from_on <= to_on, FinanceReconciliation.to_on >= from_on
    )
    for row in ctx.session.scalars(shares.order_by(FinanceReconciliation.id)):
        if (row.from_on, row.to_on) != (from_on, to_on):
            raise UserError(
                f"{_spelt(row.from_on)} to {_spelt(row.to_on)} is prepared already, and shares days with it.",
                "Have that signed, or choose its days and prepare it again.",
            )
        return row
    return None


def _sums(found: Held) -> dict[str, int]:
    return {side: getattr(found.total, side).pence for side in _SIDES}


def _line(ctx: Context, line_id: int, version: int) -> FinanceLine:
    line = record(ctx, FinanceLine, line_id, "transaction")
    refuse_old(line.version, version)
    _refuse_signed(ctx, line.posted_on, line.posted_on)
    return line


def _refuse_signed(ctx: Context, from_on: date, to_on: date, days: Sequence[date] = ()) -> None:
    """Refuse what would change a signed period; of `days`, where they are given, none may be in one."""
    for first, last in matching.signed_periods(ctx, from_on, to_on):
        if not days or any(first <= day <= last for day in days):
            raise UserError(
                f"The period from {_spelt(first)} to {_spelt(last)} is signed.",
                "What belongs to it is posted in a later period.",
            )


def _spelt(on: date) -> str:
    return f"{on.day} {on:%b %Y}"


def _text(ctx: Context, text: str, needed: str = "") -> str:
    tidy = " ".join(text.split())
    if not tidy and needed:
        raise UserError(needed, "A few words will do.", "words")
    if len(tidy) > _WORDS:
        raise UserError(f"That has {len(tidy)} characters, and {_WORDS} fit.", "Shorten it.", "words")
    refuse_card_number(ctx, tidy, "words", "explanation")
    return tidy
