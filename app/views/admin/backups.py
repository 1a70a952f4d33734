"""Backups: what was made, what came of trying it, and what putting one back would do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal

from app.models.values import BackupState
from app.services.backups.dto import BackupRow, Board, RestoreRow
from app.services.core.permissions import Permission
from app.views.admin.listed import ListSection, note_label
from app.views.admin.read_only import read_only_note
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.parts import action_button, restyle
from app.views.common.parts import row as row_of

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
_REHEARSE: Final = ("Rehearse a restore", "Rehearse another file")
_ON_SERVER: Final = (
    "Backups of a shared server are made and put back with its own tools, by its database administrator. To put one back: "
    "close Rentbook (Who is here, Announce maintenance); the administrator restores the database; then rentbook db status "
    "and rentbook check; then open Rentbook again."
)


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


class BackupsSection(ListSection[BackupRow]):
    """The backups, the latest first.

    Signals:
        make_wanted: make one now.
        check_wanted(BackupRow): try it again.
        rehearse_wanted(BackupRow): say what putting it back would do, and put it back if that is wanted then.
        file_wanted: the same of the file of another backup, to be chosen.
        folder_wanted: choose where they go.
    """

    make_wanted = Signal()
    check_wanted = Signal(object)
    rehearse_wanted = Signal(object)
    file_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, *, may_change: bool, may_restore: bool = False) -> None:
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
        does, other = ("Restore ...", "Restore another file ...") if may_restore else _REHEARSE
        self.file = self.add_key("Ctrl+O", other, self.file_wanted.emit)
        for each in (self.folder, self.file):
            each.setEnabled(may_change)
        self.make = self.first_action("Ctrl+N", "Make a backup now", "backup-restore", self.make_wanted.emit)
        self.check = self.row_action("Ctrl+T", "Try it again", "check-circle-outline", self.check_wanted.emit)
        self.rehearse = self.row_action("Ctrl+R", does, "history", self.rehearse_wanted.emit)
        self.above.addWidget(read_only_note(Permission.MAKE_BACKUPS, may_change=may_change, what="make or try backups"))
        self._note, self._where, self._key_note, self._restored = (note_label("") for _ in range(4))
        for note in (self._note, self._restored, self._where, self._key_note):
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
        self._restored.setText(_put_back(board.restored) if board.restored is not None else "")
        self._restored.setVisible(board.restored is not None)
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


def _where(board: Board) -> str:
    keep = board.keep
    chosen = "" if board.chosen else " Choose one on another disk."
    return (
        f"They go to {board.folder}.{chosen} Kept are {keep.daily} days, {keep.weekly} weeks and {keep.monthly} months."
    )


def _put_back(row: RestoreRow) -> str:
    """The last restore, in words."""
    lost = row.journal_before - row.last_journal if row.journal_before is not None else 0
    gone = f", with journals {row.last_journal + 1:,} to {row.journal_before:,}," if lost > 0 else ""
    kept = f" What was there before{gone} is kept: {row.kept_as}." if row.kept_as else ""
    words = row.reason.rstrip(".")
    return f"Last put back: {row.file_name}, on {formats.moment(row.restored_at)} by {row.by}: {words}.{kept}"
