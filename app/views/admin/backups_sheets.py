"""The sheets of backups: where they go, what putting one back would do, and putting it back."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import BackupState
from app.services.backups.dto import Difference, Rehearsal
from app.services.core.errors import UserError
from app.views.admin.listed import FormSheet
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, LineField
from app.views.common.parts import label
from app.views.common.theme import scaled

_BY_HAND: Final = "Where it is the only one left: rentbook db restore FILE --even-if-changed, on the command line."
_LATER: Final = "An administrator puts it back, on this page."
_OUT: Final = (
    "What went out since stays out: files for the bank, letters, e-mails, payments. Look it up in the copy before you make "
    "any of it again. What officers had typed and not saved stays in the copy too."
)
_KEPT: Final = (
    "What is there now is kept as a file beside the database, and can be put back the same way. Everybody else closes "
    "Rentbook first; you are signed out."
)

DIFFERENCES: tuple[Column[Difference], ...] = (
    Column("what", "Rows of", lambda row: row.what, 220),
    Column("now", "Now", lambda row: row.now, 90, shown=lambda row: f"{row.now:,}", right=True, firm=True),
    Column(
        "then", "After a restore", lambda row: row.then, 130, shown=lambda row: f"{row.then:,}", right=True, firm=True
    ),
)


class FolderSheet(FormSheet):
    """Where backups go."""

    def __init__(self, parent: QWidget, folder: str) -> None:
        note = "On another disk than the database, such as a folder of the council's network. It is tried at once."
        super().__init__(parent, "The folder for backups", "Use it", note)
        hint = "Empty is the folder beside the database"
        self.add("folder", "&Folder", LineField(400), hint, folder)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 56)


class RehearsalSheet(Sheet):
    """What putting a backup back would do; nothing was changed. Confirmed, it is to be put back."""

    def __init__(self, parent: QWidget, found: Rehearsal, *, may_restore: bool = False) -> None:
        note = f"{found.file.name}: it was restored to a scratch file. Nothing was changed."
        primary = "Put it back ..." if may_restore and not found.refused else ""
        super().__init__(parent, "Rehearsal of a restore", primary=primary, close="Close", note=note)
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
        how = f"{found.refused} {_BY_HAND}" if found.refused else "" if may_restore else _LATER
        if how:
            self.body.addWidget(label(how, "muted", wrap=True, selectable=True))
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 52)


class PutBackSheet(FormSheet):
    """A second thought: why, and what is lost typed in words."""

    def __init__(self, parent: QWidget, found: Rehearsal) -> None:
        super().__init__(parent, "Put the backup back", "Put it back", f"{found.file.name} takes the database's place.")
        self._words = words_of(found)
        lost = f"{_counted(found.lost)} of now {'is' if found.lost == 1 else 'are'} taken away."
        doubts = [found.doubt] if found.doubt else []
        for line in (*([lost] if found.lost else []), *doubts):
            self.body.insertWidget(self.body.count() - 1, label(line, "warning", wrap=True, tone="warning"))
        for line in (_OUT, _KEPT):
            self.body.insertWidget(self.body.count() - 1, label(line, "", wrap=True))
        self.add("reason", "&Reason", AreaField(400, height=56), "It is kept in the audit, and in what is put back")
        self.add("words", "&Type", LineField(80), f"To go on, type: {self._words}")

    def agreed(self, values: dict[str, Any]) -> bool:
        """Whether the words are typed; it is said beside the field where they aren't."""
        if not str(values["reason"]).strip():
            self.show_error(UserError("Say why.", "It is kept in the audit, and in what is put back.", "reason"))
            return False
        if " ".join(str(values["words"]).casefold().replace(",", "").split()) != self._words.replace(",", ""):
            self.show_error(UserError(f"Type these words: {self._words}", field="words"))
            return False
        return True


def words_of(found: Rehearsal) -> str:
    """What is typed before a backup is put back."""
    return f"lose {_counted(found.lost)}" if found.lost else "put it back"


def _counted(journals: int) -> str:
    return f"{journals:,} journal{'' if journals == 1 else 's'}"
