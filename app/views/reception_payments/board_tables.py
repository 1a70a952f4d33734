"""The columns of the daily board, of what stands behind a row, of the bank accounts on it, and of the days before."""

from __future__ import annotations

from typing import Final

from app.models.values import BoardState
from app.services.reception_payments.board.dto import BankSide, Board, BoardRow, ChannelRow, Colour, Item
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.signed_columns import signed_column

TONES: Final = {Colour.GREEN: "good", Colour.TRANSIT: "", Colour.RED: "bad"}


def board_words(board: Board) -> tuple[str, str]:
    """How the board stands in a word or two, and its tone: whether what is open is receipted money or the bank's."""
    if not board.banks:
        return "No bank account yet", "warning"
    if any(row.colour is Colour.RED for row in board.channels):
        return "Not explained", "bad"
    if board.green:
        return "Agrees", "good"
    return "Lines of the bank are open" if any(side.open_lines for side in board.banks) else "Statements differ", "bad"


def channel_words(row: ChannelRow) -> str:
    """How a channel stands, in words."""
    if row.colour is Colour.RED:
        since = f" since {formats.day(row.oldest)}" if row.oldest else ""
        return f"Not explained{since}"
    if row.colour is Colour.TRANSIT:
        return f"In transit, next by {formats.day(row.next_expected)}" if row.next_expected else "In transit"
    return "Agrees"


def bank_words(side: BankSide) -> str:
    """How a bank account stands, in words."""
    since = f" since {formats.day(side.oldest)}" if side.oldest else ""
    said = [f"{formats.count(side.open_lines, 'line')} open{since}"] if side.open_lines else []
    said += [f"{side.missing} on no line"] if side.missing else []
    if said:
        return ", ".join(said)
    if not side.covered:
        return f"Statements end {formats.day(side.statement_on)}" if side.statement_on else "No statement yet"
    return "Agrees"


def day_words(row: BoardRow) -> str:
    """How a day's board stands, in words."""
    if row.state is BoardState.SIGNED:
        return "Signed" if row.green else "Signed, not all explained"
    return "To be signed" if row.green else "To be signed, not all explained"


def _channel_tone(row: ChannelRow) -> str:
    return TONES[row.colour]


def _bank_tone(side: BankSide) -> str:
    return "warning" if side.colour is Colour.TRANSIT else TONES[side.colour]


def _late(row: ChannelRow) -> str:
    return "bad" if row.colour is Colour.RED else ""


def _day_tone(row: BoardRow) -> str:
    if not row.green:
        return "bad"
    return "good" if row.state is BoardState.SIGNED else "warning"


def _item_tone(row: Item) -> str:
    return "bad" if row.overdue else ""


CHANNELS: Final[tuple[Column[ChannelRow], ...]] = (
    Column("title", "Channel", lambda row: row.title, 220, floor=210),
    signed_column("of_day", "Receipted that day", lambda row: row.of_day, 122, total=True),
    signed_column("files", "Of it by files", lambda row: row.files, 110, least=2),
    signed_column("receipted", "Receipted in all", lambda row: row.receipted, 120, least=1),
    signed_column("at_bank", "At the bank", lambda row: row.at_bank, 112),
    signed_column("in_transit", "In transit", lambda row: row.in_transit, 108, total=True),
    signed_column("unexplained", "Not explained", lambda row: row.unexplained, 110, tone=_late, total=True),
    Column("words", "How it stands", channel_words, 220, tone=_channel_tone, firm=True),
)
BANKS: Final[tuple[Column[BankSide], ...]] = (
    Column("name", "Bank account", lambda row: row.name, 170, floor=110),
    signed_column("statement", "Statement", lambda row: row.statement, 112),
    signed_column("ledger", "Ledger", lambda row: row.ledger, 112, least=1),
    signed_column("open", "Open", lambda row: row.open_amount, 96),
    Column("words", "How it stands", bank_words, 190, tone=_bank_tone, floor=170),
)
DAYS: Final[tuple[Column[BoardRow], ...]] = (
    Column("on", "Day", lambda row: row.on, 96),
    Column("words", "Board", day_words, 190, tone=_day_tone, firm=True),
    Column("prepared_by", "Prepared by", lambda row: row.prepared_by, 136, firm=True, least=2),
    Column("signed_by", "Signed by", lambda row: row.signed_by, 136, firm=True, least=1),
    Column("note", "Note", lambda row: row.note, 120, least=3, floor=90),
)
ITEMS: Final[tuple[Column[Item], ...]] = (
    Column("on", "Date", lambda row: row.entry.on, 96),
    signed_column("amount", "Amount", lambda row: row.entry.amount, 104, total=True),
    Column("source", "What", lambda row: row.entry.source, 260, floor=160),
    Column("expected", "Expected by", lambda row: row.expected_by, 104),
    Column("late", "", lambda row: "Not explained" if row.overdue else "In transit", 104, tone=_item_tone, firm=True),
    Column("journal", "Journal", lambda row: row.entry.journal, 74, right=True),
)
