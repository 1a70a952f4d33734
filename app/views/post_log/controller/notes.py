"""The notes on an item, and another."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.errors import UserError
from app.services.diary.dto import NoteRow
from app.services.post_log.register.dto import ItemDetail
from app.views.common.kept_text import KeptText
from app.views.common.notes import NotesPart
from app.views.common.office import Office
from app.views.common.tasks import Task


class NotesController(QObject):
    """The notes on the item that is shown, and another.

    Signals:
        counted(int): how many there are.
    """

    counted = Signal(int)

    def __init__(self, office: Office) -> None:
        self.widget = NotesPart("item")
        super().__init__(self.widget)
        assert office.diary is not None
        self._office, self._diary = office, office.diary
        self._item: int | None = None
        self._asked: Task | None = None
        self._kept = KeptText(office, self.widget.text, "note")
        self.widget.added.connect(self._add)

    def show(self, item: ItemDetail) -> None:
        """Show this item's."""
        self._item = item.row.row_id
        self._kept.open(Subject.POST_ITEM, self._item, f"A note on post {item.row.number}")
        self._asked = self._office.ask(
            self,
            self._diary.notes,
            Subject.POST_ITEM,
            self._item,
            then=self._show,
            refused=self._leave_out,
            instead_of=self._asked,
        )

    def clear(self) -> None:
        """No item is shown."""
        self._item = None
        self.widget.show_notes(())

    def _show(self, notes: tuple[NoteRow, ...]) -> None:
        self.widget.show_notes(notes)
        self.counted.emit(len(notes))

    def _leave_out(self, _error: UserError) -> None:
        """The item may not be opened: the page says why."""
        self.widget.show_notes(())

    def _add(self, text: str) -> None:
        item = self._item
        if item is None:
            return

        def written(_changes: Changes) -> None:
            self._kept.saved(Subject.POST_ITEM, item)
            self._office.messages.good("The note is on the item.")
            if self._item == item:
                self._asked = self._office.ask(self, self._diary.notes, Subject.POST_ITEM, item, then=self._show)

        self._office.do(self, self._diary.add_note, Subject.POST_ITEM, item, text, then=written)
