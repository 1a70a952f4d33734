"""The sheet that asks for its evidence: files dropped on it, pasted or chosen, kept with what is asked for.

class RefundSheet(EvidencedSheet): ...         # self.fields is its form; self.add_evidence() where the field stands
read_evidence(work, sheet.files(), keep)       # in a controller: their contents, read off the GUI thread
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.core.errors import UserError
from app.services.documents.dto import Limits, NewFile, NotAttached
from app.views.common.dialogs import ask_open_many
from app.views.common.documents_incoming import Incoming, from_mime, from_paths, holds_files, read_incoming
from app.views.common.effects import WorkSheet
from app.views.common.parts import button, column, label, row
from app.views.common.sheet_work import SheetWork

_PICTURE: Final = "Evidence.png"
_NONE: Final = "None yet"


class EvidenceField(QWidget):
    """The files that go with what is asked for; `value()` is a tuple of `Incoming`. A draft keeps no files.

    Args:
        required: whether it may be left without any.
    """

    changed = Signal()
    left = Signal()
    told = Signal(str)

    def __init__(self, *, required: bool = False) -> None:
        super().__init__()
        self.required = required
        self._none = _NONE
        self._files: list[Incoming] = []
        self._names = label(_NONE, "muted", wrap=True)
        self._names.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.pick = button("Choose &files", icon="paperclip", tip="Choose the files that show it")
        self.pick.clicked.connect(self._choose)
        self.empty = button("Leave out", icon="close", tip="Leave every file out again")
        self.empty.clicked.connect(lambda: self.set_value(()))
        self.empty.setVisible(False)
        self.setFocusProxy(self.pick)
        column(self, self._names, row(self.pick, self.empty, None, spacing=6), spacing=4)

    def add(self, incoming: Sequence[Incoming]) -> None:
        """Take these files too; one of the same name takes the place of the one before."""
        names = {each.name for each in incoming}
        self.set_value([*(each for each in self._files if each.name not in names), *incoming])

    def value(self) -> tuple[Incoming, ...]:
        """The files."""
        return tuple(self._files)

    def set_value(self, value: Any) -> None:
        """Have these files and no others."""
        self._files = list(value or ())
        self._names.setText(", ".join(each.name for each in self._files) or self._none)
        self.empty.setVisible(bool(self._files))
        self.changed.emit()

    def say_besides(self, words: str) -> None:
        """Say what goes with it though no file is chosen, such as documents of the record that it is for."""
        self._none = words
        self.set_value(self._files)

    def typed(self) -> Any:
        """Nothing: files are chosen again."""
        return ""

    def retype(self, typed: Any) -> None:
        """Nothing was kept."""

    def problem(self) -> str:
        """Whether a document is lacking."""
        if self.required and not self._files:
            return "This needs evidence: drop the document on the sheet, or choose it."
        return ""

    def _choose(self) -> None:
        asked = ask_open_many(self, "Evidence", "All files (*)")
        asked.filesSelected.connect(lambda paths: self.add(from_paths([Path(each) for each in paths])))


class EvidencedSheet(WorkSheet):
    """A form with what saving will do beside it, and with the files that show what it says.

    Attributes:
        fields: its form.
        evidence: the field of the files.
    """

    def __init__(self, parent: QWidget, title: str, *, save: str, note: str = "", width: int = 1060) -> None:
        super().__init__(parent, title, save=save, note=note, width=width)
        self.fields = self.form()
        self.evidence = EvidenceField()
        _Drops(self, self.evidence)

    def add_evidence(self, title: str = "E&vidence") -> None:
        """Add the field of the files."""
        self.fields.add("evidence", title, self.evidence, "Or drop the files anywhere on this sheet")

    def files(self) -> tuple[Incoming, ...]:
        """The files that show it."""
        return self.evidence.value()

    def show_row(self, name: str, *, shown: bool) -> None:
        """Ask for a field, or don't."""
        self.fields.setRowVisible(self.fields.labels[name], shown)


class _Drops(QObject):
    """Files that are dropped anywhere on a sheet go into its field."""

    def __init__(self, sheet: QWidget, field: EvidenceField) -> None:
        super().__init__(sheet)
        self._field = field
        sheet.setAcceptDrops(True)
        sheet.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Files and pictures are welcome."""
        if not isinstance(event, QDropEvent) or not holds_files(event.mimeData()):
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self._field.add(from_mime(event.mimeData(), _PICTURE))
        return True


def read_evidence(work: SheetWork, incoming: Sequence[Incoming], then: Callable[[tuple[NewFile, ...]], object]) -> None:
    """Read the files of a work off the GUI thread and hand on their contents; its sheet says which can't be taken."""
    office, refused = work.office, work.refuse
    if not incoming or office.documents is None:
        then(())
        return

    def done(read: tuple[tuple[NewFile, ...], tuple[NotAttached, ...]]) -> None:
        files, left_out = read
        if left_out:
            refused(UserError(left_out[0].message, "Leave it out, or attach it in another form.", "evidence"))
        else:
            then(files)

    def read(limits: Limits) -> None:
        office.elsewhere(work, partial(read_incoming, incoming, limits), then=done, refused=refused)

    office.ask(work, office.documents.limits, then=read, refused=refused)
