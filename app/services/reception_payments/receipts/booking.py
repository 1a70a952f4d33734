"""The manual receipt book keyed in after an outage: each line a receipt of the day on which it was written."""

from __future__ import annotations

from typing import Final

from app.models.reception_payments.receipts import Receipt
from app.models.values import PayerKind, TakenBy
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.reception_payments.receipts import recording
from app.services.reception_payments.receipts.dto.asked import BookEntries, BookLine
from app.services.reception_payments.receipts.dto.new import NewCheque, NewReceipt, NewShare
from app.services.rent.queries import account_by_reference

_PAPER: Final = frozenset({TakenBy.CHEQUE, TakenBy.POSTAL_ORDER})
_WORDS: Final = {"cheque_number": "paper", "slip": "paper", "cheque_drawer": "drawer", "book_number": "number"}
"""What a fault of a receipt is about in a line of the book."""


def key_in(ctx: Context, asked: BookEntries) -> list[Receipt]:
    """Record the lines; returns their receipts. The same key gives those that it made before.

    Raises:
        UserErrors: what is wrong with which line; `field` is `lines:ROW:COLUMN`, rows from 0, or a field of the whole.
    """
    if not asked.lines:
        raise UserErrors([UserError("No line is keyed in.", "Give what was written in the book.", "lines")])
    made: list[Receipt] = []
    wrong: list[UserError] = []
    for at, line in enumerate(asked.lines):
        try:
            made.append(recording.record(ctx, _receipt(ctx, asked, line, at)))
        except UserErrors as errors:
            wrong += [_about(error, at) for error in errors.errors]
        except UserError as error:
            wrong.append(_about(error, at))
    if wrong:
        raise UserErrors(wrong)
    return made


def _receipt(ctx: Context, asked: BookEntries, line: BookLine, at: int) -> NewReceipt:
    if not line.number.strip():
        raise UserError("The line has a number in the book.", "Give it.", "number")
    account_id = account_by_reference(ctx, line.reference)
    paper, drawer = line.paper.strip(), line.drawer.strip()
    cheque = NewCheque(drawer, number=paper) if line.taken_by in _PAPER else NewCheque()
    return NewReceipt(
        entry_key=f"{asked.entry_key}:{at}",
        desk_id=asked.desk_id,
        taken_by=line.taken_by,
        shares=(NewShare(line.amount.pence, account_id),),
        taken_on=asked.on,
        payer=PayerKind.THIRD_PARTY,
        cheque=cheque,
        slip=paper if line.taken_by is TakenBy.TERMINAL else "",
        book_number=line.number,
    )


def _about(error: UserError, at: int) -> UserError:
    field = error.field or ""
    if field in {"desk_id", "taken_on"}:
        return UserError(error.message, error.hint, "on" if field == "taken_on" else field)
    column = _WORDS.get(field, "amount" if field == "pence" else field)
    return UserError(f"Line {at + 1}: {error.message}", error.hint, f"lines:{at}:{column}")
