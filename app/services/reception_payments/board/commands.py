"""A day's board prepared by one officer and signed by another; what is signed doesn't change."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import delete, select

from app.models.reception_payments.bank import BoardDay
from app.models.values import BoardState
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.ledger import numbering
from app.services.reception_payments.board import figures, queries
from app.services.reception_payments.board.dto import AREAS, Board, Prepared

_MOST_NOTE = 400


@requires(Permission.LOAD_RECEIPTS)
def prepare(ctx: Context, on: date, note: str = "") -> Prepared:
    """Keep the board of a day for a second officer to sign; one that was prepared before is made anew.

    Raises:
        UserError: the day is still to come, it is signed, there is no bank account to hold it against, something is
            unexplained and nothing says what, the officer holds a till with money of it, or the note is too long or holds a card
            number.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: a day has one board.
    if on > ctx.clock.today():
        raise UserError("That day is still to come.", "Choose today or an earlier day.", "on")
    signed = select(BoardDay.id).where(BoardDay.on == on, BoardDay.state == BoardState.SIGNED)
    if ctx.session.scalars(signed).first() is not None:
        raise UserError("The board of that day is signed.", "What is signed doesn't change.", "on")
    words = note.strip()
    if len(words) > _MOST_NOTE:
        raise UserError(f"The note is longer than {_MOST_NOTE} characters.", "Shorten it.", "note")
    refuse_card_number(ctx, words, "note", "note")
    board = queries.board(ctx, on)
    if not board.banks:
        raise UserError("No bank account is set up by that day.", "Set one up under Bank accounts.", "on")
    if board.in_till:
        raise UserError("You hold a till with money of that day.", "Cash it up first, or ask a colleague.", "on")
    if not board.green and not words:
        raise UserError("Something is unexplained.", "Say what is known of it, and who looks into it.", "note")
    ctx.session.execute(delete(BoardDay).where(BoardDay.on == on, BoardDay.state == BoardState.PREPARED))
    made = BoardDay(
        on=on,
        state=BoardState.PREPARED,
        figures=json.dumps(_kept(board)),
        prepared_by=ctx.officer.id,
        prepared_at=ctx.clock.now(),
        note=words,
    )
    ctx.session.add(made)
    ctx.session.flush()
    return Prepared(made.id, Changes(AREAS))


@requires(Permission.SIGN_BANKING)
def sign(ctx: Context, board_id: int) -> Changes:
    """Sign a board as the second officer.

    Raises:
        UserError: the officer prepared it, it is signed, or its figures changed since it was prepared.
    """
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: what is signed is what stands.
    row = record(ctx, BoardDay, board_id, "board")
    if row.state is BoardState.SIGNED:
        raise UserError("This board is signed already.")
    if row.prepared_by == ctx.officer.id:
        raise UserError("You prepared this board.", "A second officer signs it.")
    if json.loads(row.figures) != _kept(figures.board(ctx, row.on)):
        raise UserError("Its figures changed since it was prepared.", "It is prepared again, and signed then.")
    row.state = BoardState.SIGNED
    row.signed_by, row.signed_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    return Changes(AREAS)


def _kept(board: Board) -> dict[str, object]:
    """The figures of a board as they are kept, in pence."""
    return {
        "green": board.green,
        "channels": [
            {
                "key": row.key,
                "receipted": row.receipted.pence,
                "of_day": row.of_day.pence,
                "files": row.files.pence,
                "at_bank": row.at_bank.pence,
                "control": row.control.pence,
                "in_transit": row.in_transit.pence,
                "unexplained": row.unexplained.pence,
            }
            for row in board.channels
        ],
        "banks": [
            {
                "name": side.name,
                "statement": side.statement.pence,
                "ledger": side.ledger.pence,
                "open_lines": side.open_lines,
                "open": side.open_amount.pence,
            }
            for side in board.banks
        ],
        "explained": [
            {"part": each.part.value, "count": each.count, "pence": each.amount.pence} for each in board.explained
        ],
        "suspense": board.suspense.pence,
    }
