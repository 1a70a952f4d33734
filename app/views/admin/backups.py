"""Backups: what was made, what came of trying it, and what putting one back would do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import BackupState
from app.services.backups.dto import BackupRow, Board, Difference, Rehearsal
from app.services.core.permissions import Permission
from app.views.admin.listed import FormSheet, ListSection, note_label
from app.views.admin.read_only import read_only_note
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.parts import action_button, label, restyle
from app.views.common.parts import row as row_of
from app.views.common.theme import scaled

_STATES: Final = {
    BackupState.GOOD: ("Good", "good"),
    BackupState.FAULTS: ("Has faults", "bad"),
    BackupState.CHANGED: ("Changed", "bad"),
    BackupState.MISSING: ("Missing", "bad"),
    BackupState.FAILED: ("Not made", "bad"),
}
_NONE: Final = "No backup has been made yet."
_NONE_HERE: Final = "None are kept here."
_CLEARED: Final = "Cleared away"
_HOW: Final = (
    "To put it back: everybody closes Rentbook, then an administrator types rentbook db restore with the name of the file. "
    "What is there now is kept beside it."
)
_ON_SERVER: Final = "Backups of a shared server are made and put back with its own tools, by its administrator."


def _state(row: BackupRow) -> str:
    return _CLEARED if row.removed_at is not None else _STATES[row.state][0]


def _tone(row: BackupRow) -> str:
    return "muted" if row.removed_at is not None else _STATES[row.state][1]


def _size(row: BackupRow) -> str:
    return formats.size(row.size_bytes) if row.size_bytes else ""


BACKUPS: tuple[Column[BackupRow], ...] = (
    Column("made_at", "Made", lambda row: row.made_at, 150, shown=lambda row: formats.moment(row.made_at), firm=True),
    Column("state", "State", _state, 100, tone=_tone, firm=True),
    Column("size", "Size", lambda row: row.size_bytes, 84, shown=_size, right=True, firm=True),
    Column("words", "What came of it", lambda row: row.words, 260, floor=150),
    Column("made_by", "Made by", lambda row: row.made_by, 140, floor=110, least=1),
)
DIFFERENCES: tuple[Column[Difference], ...] = (
    Column("what", "Rows of", lambda row: row.what, 220),
    Column("now", "Now", lambda row: row.now, 90, shown=lambda row: f"{row.now:,}", right=True, firm=True),
    Column(
        "then", "After a restore", lambda row: row.then, 130, shown=lambda row: f"{row.then:,}", right=True, firm=True
    ),
)


class BackupsSection(ListSection[BackupRow]):
    """The backups, the latest first.

    Signals:
        make_wanted: make one now.
        check_wanted(BackupRow): try it again.
        rehearse_wanted(BackupRow): say what putting it back would do.
        file_wanted: choose the file of another backup to rehearse.
        folder_wanted: choose where they go.
    """

    make_wanted = Signal()
    check_wanted = Signal(object)
    rehearse_wanted = Signal(object)
    file_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, *, may_change: bool) -> None:
        super().__init__(
            "Backups",
            BACKUPS,
            noun="backup",
            key=lambda row: row.backup_id,
            stretch="words",
            empty=_NONE,
            areas=frozenset({"backups"}),
            permission=None,
            may_change=may_change,
        )
        self.help_topic = "admin"
        self.folder = self.add_key("Ctrl+Shift+O", "Choose the folder", self.folder_wanted.emit)
        self.file = self.add_key("Ctrl+O", "Rehearse another file", self.file_wanted.emit)
        for each in (self.folder, self.file):
            each.setEnabled(may_change)
        self.make = self.first_action("Ctrl+N", "Make a backup now", "backup-restore", self.make_wanted.emit)
        self.check = self.row_action("Ctrl+T", "Try it again", "check-circle-outline", self.check_wanted.emit)
        self.rehearse = self.row_action("Ctrl+R", "Rehearse a restore", "history", self.rehearse_wanted.emit)
        self.above.addWidget(read_only_note(Permission.MAKE_BACKUPS, may_change=may_change, what="make or try backups"))
        self._note, self._where, self._key_note = note_label(""), note_label(""), note_label("")
        for note in (self._note, self._where, self._key_note):
            self.above.addWidget(note)
        links = (action_button(each, role="link") for each in (self.folder, self.file))
        self.above.addLayout(row_of(*links, None))
        self.show_row(None)

    def show_board(self, board: Board) -> None:
        """Show the backups and how things stand."""
        stands = board.standing
        self._note.setText(stands.warning or stands.told)
        restyle(self._note, tone="warning" if stands.warning else "")
        self._note.setVisible(bool(self._note.text()))
        self._where.setText(_ON_SERVER if stands.server else _where(board))
        self._key_note.setText(board.key)
        restyle(self._key_note, tone="warning" if board.key_missing else "")
        for each in (self.make, self.folder, self.file):
            each.setVisible(not stands.server)
        self.table.say_when_empty(_NONE_HERE if stands.server else _NONE)
        self.show_rows(board.rows)

    def show_row(self, chosen: BackupRow | None) -> None:
        """What a backup is, and what came of trying it."""
        if not hasattr(self, "rehearse"):
            return
        there = chosen is not None and chosen.there and self.may_change
        self.check.setVisible(there)
        self.rehearse.setVisible(there)
        if chosen is None:
            return
        self.title.setText(formats.moment(chosen.made_at))
        self.mark(_state(chosen), "" if chosen.removed_at is not None else _tone(chosen))
        self.tell("What came of it", chosen.words)
        if chosen.checked_at is not None:
            self.tell("Tried", formats.moment(chosen.checked_at))
        self.tell("File", f"{chosen.file_name}\n{chosen.folder}")
        if chosen.size_bytes:
            self.tell("Size", f"{formats.size(chosen.size_bytes)}, made and tried in {chosen.seconds:,} s")
            self.tell("Last journal", f"{chosen.last_journal:,}")
            self.tell("SHA-256", formats.grouped(chosen.sha256))
        if chosen.removed_at is not None:
            self.tell(_CLEARED, formats.moment(chosen.removed_at))


class FolderSheet(FormSheet):
    """Where backups go."""

    def __init__(self, parent: QWidget, folder: str) -> None:
        note = "On another disk than the database, such as a folder of the council's network. It is tried at once."
        super().__init__(parent, "The folder for backups", "Use it", note)
        hint = "Empty is the folder beside the database"
        self.add("folder", "&Folder", LineField(400), hint, folder)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 56)


class RehearsalSheet(Sheet):
    """What putting a backup back would do; nothing was changed."""

    def __init__(self, parent: QWidget, found: Rehearsal) -> None:
        note = f"{found.file.name}: it was restored to a scratch file. Nothing was changed."
        super().__init__(parent, "Rehearsal of a restore", close="Close", note=note)
        worst = "bad" if found.tried.state is not BackupState.GOOD or found.same is False else ""
        for at, line in enumerate(found.told):
            tone = worst if at == 0 else "warning" if found.doubt and line.startswith(found.doubt) else ""
            self.body.addWidget(label(line, tone, wrap=True, selectable=True, tone=tone))
        model: ListModel[Difference] = ListModel(DIFFERENCES)
        self.table = DataTable(
            "What a restore would change", model, stretch="what", empty="Both hold the same number of rows everywhere."
        )
        model.show_rows(found.differences)
        self.table.setMinimumHeight(scaled(180))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(label(_HOW, "muted", wrap=True, selectable=True))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 52)


def _where(board: Board) -> str:
    keep = board.keep
    chosen = "" if board.chosen else " Choose one on another disk."
    return (
        f"They go to {board.folder}.{chosen} Kept are {keep.daily} days, {keep.weekly} weeks and {keep.monthly} months."
    )
