"""The sheets of the daily board: preparing it, signing it, and what stands behind a row."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.reception_payments.board.dto import Board, BoardRow, ChannelRow, Item
from app.views.common import formats
from app.views.common.columns import ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField
from app.views.common.parts import label
from app.views.common.table_foot import ListFoot
from app.views.common.theme import scaled
from app.views.reception_payments.board_tables import ITEMS, bank_words, channel_words

_NOTE, _WIDE, _WIDER, _ROWS = 400, 560, 820, 14


class PrepareSheet(Sheet):
    """A day's board is kept for a second officer to sign."""

    def __init__(self, parent: QWidget, board: Board) -> None:
        note = "A second officer signs it. What changes until then is prepared again."
        super().__init__(parent, f"Board of {formats.day(board.on)}", primary="Prepare", note=note)
        red = [f"{row.title}: {channel_words(row)}, {row.unexplained}" for row in board.channels if row.colour == "red"]
        red += [f"{side.name}: {bank_words(side)}" for side in board.banks if side.colour == "red"]
        said = "\n".join(red) if red else "Nothing is unexplained."
        self.body.addWidget(label(said, wrap=True, tone="bad" if red else "good", selectable=True))
        self.fields = self.form()
        hint = "What is known of it, and who looks into it" if red else "For whoever signs it; it may be empty"
        self.fields.add("note", "&Note", AreaField(_NOTE, height=scaled(84)), hint)
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> str:
        """The note."""
        return str(self.fields.values()["note"] or "")


class SignSheet(Sheet):
    """A second officer looks at a board and signs it."""

    def __init__(self, parent: QWidget, row: BoardRow) -> None:
        note = "You sign that you have looked at it. What is signed doesn't change."
        super().__init__(parent, f"Sign the board of {formats.day(row.on)}", primary="Sign", note=note)
        open_ = [f"{row.unexplained} of channels"] if row.unexplained else []
        lines = formats.count(row.open_lines, "open line")
        open_ += [f"{lines} of the bank, {row.open_amount}"] if row.open_lines else []
        open_ += [f"{row.missing} on no line of the bank"] if row.missing else []
        told = [
            f"Prepared by {row.prepared_by}, {formats.moment(row.prepared_at)}",
            f"Not explained: {'; '.join(open_)}" if open_ else "Nothing is unexplained.",
            f"In transit: {row.in_transit}",
        ]
        if row.note:
            told.append(f"Note: {row.note}")
        self.body.addWidget(label("\n".join(told), wrap=True, selectable=True))
        self._board_id = row.board_id
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> int:
        """Which board."""
        return self._board_id


class ItemsSheet(Sheet):
    """What stands behind a row of the board: each entry that isn't at the bank yet."""

    def __init__(self, parent: QWidget, row: ChannelRow) -> None:
        note = f"{channel_words(row)}. In transit {row.in_transit}, not explained {row.unexplained}."
        super().__init__(parent, row.title, close="Close", note=note)
        model: ListModel[Item] = ListModel(ITEMS)
        self.table = DataTable(
            f"{row.title}, not at the bank", model, stretch="source", empty="All of it is at the bank."
        )
        self.table.setMinimumHeight(row_height() * _ROWS)
        foot = ListFoot(self.table, ("entry", "entries"), tools=True)
        model.show_rows(row.items)
        if row.items:
            self.table.go_to(0)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(foot)
        self.begin_at(self.table)
        self.resize(scaled(_WIDER), self.sizeHint().height())
