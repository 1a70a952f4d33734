"""A file taken back whole: the opposite of each of its journals, while nothing was done from it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select, update

from app.models.reception_payments.files import ReceiptFile, ReceiptFileJournal
from app.models.reception_payments.suspense import SuspenseItem
from app.models.values import ReceiptLineState, SuspenseSource, SuspenseState
from app.models.write_offs import WriteBack
from app.services.core import audit
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import reversing
from app.services.ledger.posting import append_reversal
from app.services.reception_payments.files import doubled, rules
from app.services.reception_payments.files.writing import LINE
from app.services.reception_payments.suspense import clearing

_LINES = (ReceiptLineState.POSTED, ReceiptLineState.SUSPENSE)


def register() -> None:
    """Tell the ledger which journals are of files: they are taken back here, with the file."""
    reversing.register(reversing.Keeper(_made, lambda _ctx, _journal: "", "Reception", lines_move=True))


def done_from(ctx: Context, row: ReceiptFile) -> str:
    """What was done from a file, so that it can't be taken back any more, as a sentence; empty where nothing was."""
    of_file = LINE.c.file_id == row.id
    receipts = ctx.session.scalar(select(func.count()).where(of_file, LINE.c.receipt_id.is_not(None)))
    if receipts:
        return f"It took {rules.count_of(receipts, 'receipt')} back: put those right one by one."
    moved = select(SuspenseItem.number).where(
        *_items(row), (SuspenseItem.state != SuspenseState.OPEN) | (SuspenseItem.left_pence != SuspenseItem.pence)
    )
    if (number := ctx.session.scalars(moved).first()) is not None:
        return f"Item {number} in suspense came with it, and something was done with that."
    journals = journals_of(ctx, row)
    back = ctx.session.scalars(select(WriteBack.id).where(WriteBack.for_journal.in_(journals))).first()
    if back is not None:
        return "It paid for a debt that had been written off, which was put back for it."
    return ""


def journals_of(ctx: Context, row: ReceiptFile) -> list[int]:
    """Every journal of a file, the newest first; those by which receipts were taken back are the receipts' own."""
    found = select(ReceiptFileJournal.journal).where(ReceiptFileJournal.file_id == row.id).distinct()
    return sorted(ctx.session.scalars(found), reverse=True)


def take_back(ctx: Context, row: ReceiptFile, why: str) -> list[int]:
    """Post the opposite of each journal, close its items in suspense, and let its lines be loaded again.

    Raises:
        UserError: something was done from it, or a line of it was put right.
    """
    if done := done_from(ctx, row):
        raise UserError(
            f"File {row.number} can't be taken back any more. {done}", "Put right what is wrong, line by line."
        )
    made = [
        append_reversal(
            ctx, journal, f"Receipt file {row.number} taken back: {why}"[:200], f"receipt-file:{row.id}:back:{journal}"
        )
        for journal in journals_of(ctx, row)
    ]
    for item in ctx.session.scalars(select(SuspenseItem).where(*_items(row))):
        clearing.taken_back(ctx, item, f"Taken back with receipt file {row.number}")
    of_file = LINE.c.file_id == row.id
    keys = {"once_key": LINE.c.once_key + doubled.not_posted("", row.id), "version": LINE.c.version + 1}
    stands = LINE.c.once_key.not_like(f"%{doubled.not_posted('', row.id)}")
    ctx.session.execute(update(LINE).where(of_file, stands).values(keys))
    gone = {"state": ReceiptLineState.TAKEN_BACK}
    ctx.session.execute(update(LINE).where(of_file, LINE.c.state.in_(_LINES)).values(gone))
    audit.record_bulk(ctx, "receipt_file_line", "update", of_file=row.number, taken_back=why)
    ctx.session.flush()
    return [each.journal for each in made]


def _items(row: ReceiptFile) -> tuple[ColumnElement[bool], ...]:
    return SuspenseItem.source == SuspenseSource.FILE, SuspenseItem.source_id == row.id


def _made(ctx: Context, journal: int) -> str:
    of_groups = select(ReceiptFile.number).join(ReceiptFileJournal, ReceiptFileJournal.file_id == ReceiptFile.id)
    number = ctx.session.scalar(of_groups.where(ReceiptFileJournal.journal == journal))
    return f"of receipt file {number}" if number is not None else ""
