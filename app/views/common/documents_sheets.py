"""The dialogs of the documents panel: what was not attached, another record to link to, opening outside, the trail."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.models.values import Subject
from app.services.core.finding import Found, Group
from app.services.documents.dto import DocumentStep, NotAttached
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField
from app.views.common.parts import column, label, scrolled
from app.views.common.pause import Pause
from app.views.common.theme import scaled

_PAUSE_MS = 200
_NO_LINKS = frozenset({Subject.DOCUMENT, Subject.APPROVAL})
"""Kinds of record that a document isn't linked to from here: the evidence of a request is given when it is asked."""

STEPS: tuple[Column[DocumentStep], ...] = (
    Column("at", "When", lambda row: row.at, 140),
    Column("officer", "Who", lambda row: row.officer, 150),
    Column("action", "What", lambda row: formats.words(row.action), 100),
    Column("about", "Record", lambda row: formats.words(row.about), 160),
    Column("reason", "Why", lambda row: row.reason, 200),
)


class ReasonSheet(Sheet):
    """Asks why, in a sentence or two.

    Signals:
        given(str): the reason, without spaces around it.
    """

    given = Signal(str)

    def __init__(self, parent: QWidget, title: str, primary: str, note: str = "", hint: str = "") -> None:
        super().__init__(parent, title, primary=primary, note=note)
        self.reason = AreaField(400)
        self.form().add("reason", "&Reason", self.reason, hint)
        self.confirmed.connect(lambda: self.given.emit(self.reason.toPlainText().strip()))
        self.setMinimumWidth(scaled(460))


class NotAttachedSheet(Sheet):
    """The files that were not kept, each with its sentence."""

    def __init__(self, parent: QWidget, refused: Sequence[NotAttached], kept: int) -> None:
        count = formats.count(len(refused), "file")
        note = f"{formats.count(kept, 'file')} kept." if kept else "Nothing was kept."
        super().__init__(parent, f"{count} not attached", close="Close", note=note)
        inside = QWidget()
        inside.setObjectName("canvas")
        lines = [label(each.message, wrap=True, selectable=True) for each in refused]
        column(inside, *lines, None, spacing=10)
        self.body.addWidget(scrolled(inside), 1)
        self.resize(scaled(560), scaled(min(420, 190 + 44 * len(refused))))


class OutsideSheet(Sheet):
    """Asks for the officer's word before a document is handed to another program."""

    def __init__(self, parent: QWidget, file_name: str) -> None:
        super().__init__(
            parent,
            "Open outside Rentbook",
            primary="Open it",
            note=f"{file_name} is opened in the program that this computer has for it. Do so only if you trust where it "
            "came from. What you change there is not kept here.",
        )
        self.setMinimumWidth(scaled(460))


class TrailSheet(Sheet):
    """Where a document was put and taken from."""

    def __init__(self, parent: QWidget, title: str, steps: Sequence[DocumentStep]) -> None:
        super().__init__(parent, "History of the document", close="Close", note=title)
        model: ListModel[DocumentStep] = ListModel(STEPS)
        model.show_rows(steps)
        self.body.addWidget(DataTable("History of the document", model, stretch="reason"), 1)
        self.resize(scaled(760), scaled(360))


class LinkSheet(Sheet):
    """Finds another record to show a document with.

    Signals:
        text_wanted(str): find records by this text.
        chosen(Found): link the document to this one.
    """

    text_wanted = Signal(str)
    chosen = Signal(object)

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(
            parent, "Link to another record", primary="Link", note=f"{title} is kept once and shown with both."
        )
        self.text = QLineEdit()
        self.text.setPlaceholderText("A reference, name, address or title")
        self.found = QListWidget()
        self.found.setAccessibleName("Records found")
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        form = self.form()
        form.add("text", "&Find a record", self.text)
        form.add("found", "&Records", self.found)
        self._pause = Pause(self, lambda: self.text_wanted.emit(self.text.text()), _PAUSE_MS)
        self.text.textChanged.connect(lambda _text: self._pause.start())
        self.text.returnPressed.connect(self.found.setFocus)
        self.found.currentItemChanged.connect(lambda _now, _before: self.set_busy(busy=False))
        self.found.itemActivated.connect(lambda _item: self.confirmed.emit())
        self.confirmed.connect(self._give)
        self.set_busy(busy=True)
        self.resize(scaled(780), scaled(440))

    def show_found(self, groups: Sequence[Group]) -> None:
        """Show what was found."""
        self.found.clear()
        for each in (found for group in groups for found in group.found if found.subject not in _NO_LINKS):
            item = QListWidgetItem(f"{each.title}    {each.detail}")
            item.setData(Qt.ItemDataRole.UserRole, each)
            item.setToolTip(item.text())
            self.found.addItem(item)
        if self.found.count():
            self.found.setCurrentRow(0)

    def set_busy(self, busy: bool) -> None:
        """There is nothing to link to until a record is chosen."""
        super().set_busy(busy or not self.found.currentIndex().isValid())

    def _give(self) -> None:
        index = self.found.currentIndex()
        found = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        if isinstance(found, Found):
            self.chosen.emit(found)
