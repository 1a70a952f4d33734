"""The exit export: everything in open formats, who made one before, and a second officer for what is sealed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.core.permissions import Permission
from app.services.exit_export.dto import ExportBoard, ExportRow
from app.views.admin.listed import FormSheet, ListSection, note_label
from app.views.admin.read_only import read_only_note
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.fields import TickField
from app.views.common.parts import action_button, label, restyle
from app.views.common.parts import row as row_of

_WHAT: Final = (
    "For another system, the archive or a court: each table as a CSV file, each document as it came or went, a description of "
    "every column, and sums that prove it whole. It is read without Rentbook."
)
_PERSONAL: Final = (
    "It holds everybody's personal data, those of restricted records too. Write it to an encrypted disk, hand it over as the "
    "council's policy says, and delete it where it isn't needed any more. Each export stands in the audit."
)
_SEALED: Final = (
    "Bank details and incidents stay sealed in it, unless a second officer agrees to one export in plain text."
)


def _state(row: ExportRow) -> str:
    return "Written" if row.done else "Not finished"


def _tone(row: ExportRow) -> str:
    return "" if row.done else "muted"


EXPORTS: tuple[Column[ExportRow], ...] = (
    Column("at", "Begun", lambda row: row.at, 150, shown=lambda row: formats.moment(row.at), firm=True),
    Column("by", "By", lambda row: row.by, 150, floor=110),
    Column("state", "State", _state, 110, tone=_tone, firm=True),
    Column("sealed", "Sealed values", lambda row: "In plain text" if row.opened else "Sealed", 120, least=2, firm=True),
    Column(
        "rows",
        "Rows",
        lambda row: row.rows,
        90,
        shown=lambda row: f"{row.rows:,}" if row.done else "",
        right=True,
        firm=True,
    ),
    Column("folder", "Folder", lambda row: row.folder, 240, least=1, floor=140),
)


class ExitSection(ListSection[ExportRow]):
    """The exports that were made, the last first.

    Signals:
        export_wanted: make one.
        ask_wanted: ask a second officer to agree to one in plain text.
    """

    export_wanted = Signal()
    ask_wanted = Signal()

    def __init__(self, *, may_change: bool) -> None:
        super().__init__(
            "Exit export",
            EXPORTS,
            noun="export",
            key=lambda row: row.number,
            stretch="by",
            empty="Nothing was exported yet.",
            areas=frozenset({"admin", "approvals"}),
            permission=None,
            may_change=may_change,
        )
        self.help_topic = "admin"
        self.first_action("Ctrl+N", "Export everything ...", "export", self.export_wanted.emit)
        self.ask = self.add_key("Ctrl+Shift+K", "Ask for plain text ...", self.ask_wanted.emit)
        self.above.addWidget(read_only_note(Permission.EXPORT_ALL, may_change=may_change, what="export everything"))
        self.above.addWidget(note_label(_WHAT))
        self.above.addWidget(note_label(_PERSONAL, "warning"))
        self._room, self._sealed = note_label(""), note_label("")
        for note in (self._room, self._sealed):
            self.above.addWidget(note)
        self.above.addLayout(row_of(action_button(self.ask, icon="lock-open-variant-outline"), None))
        self.ask.setEnabled(False)
        self.show_row(None)

    def show_board(self, board: ExportBoard) -> None:
        """Show what there is to export, and what was exported."""
        count = f"{board.documents:,} document{'' if board.documents == 1 else 's'}"
        size = f" ({formats.size(board.document_bytes)})" if board.documents else ""
        self._room.setText(f"There are {board.tables} tables and {count}{size} to write.")
        self._sealed.setText(_sealed(board))
        restyle(self._sealed, tone="warning" if board.allowed else "")
        self.ask.setEnabled(self.may_change and board.request is None and not board.allowed)
        self.show_rows(board.exports)

    def show_row(self, chosen: ExportRow | None) -> None:
        """What an export held, and by what it is known again."""
        if chosen is None:
            return
        self.title.setText(formats.moment(chosen.at))
        self.mark(_state(chosen), "good" if chosen.done else "")
        if chosen.opened:
            self.mark("In plain text", "warning")
        self.tell("By", chosen.by)
        self.tell("Folder", chosen.folder)
        if chosen.done:
            self.tell("Rows", f"{chosen.rows:,}")
            self.tell("SHA-256 of its manifest", formats.grouped(chosen.manifest_sha256))
        else:
            self.tell("What became of it", "It was stopped or failed, and nothing of it was kept.")


def _sealed(board: ExportBoard) -> str:
    if board.allowed:
        return "A second officer agreed to one export of yours with bank details and incidents in plain text."
    if board.request is not None:
        return f"One export in plain text was asked for: request {board.request} waits for a second officer."
    return _SEALED


class ExportSheet(FormSheet):
    """Everything is to be exported."""

    def __init__(self, parent: QWidget, *, allowed: bool) -> None:
        note = "A new folder is made where you choose next. Others can go on working; what they change meanwhile isn't in it."
        super().__init__(parent, "Export everything", "Choose where ...", note)
        self.body.insertWidget(0, label(_PERSONAL, "warning", wrap=True, tone="warning"))
        if allowed:
            self.add(
                "opened",
                "&Sealed values",
                TickField("Bank details and incidents in plain text: keep it as you would keep cash"),
                "",
                False,
            )
