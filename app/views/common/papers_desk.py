"""The documents of the record that is shown, as a tab of its card."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from app.models.values import Subject
from app.views.common.documents import DocumentsPanel
from app.views.common.documents_desk import DocumentsDesk
from app.views.common.office import Office


class PapersDesk(QObject):
    """Joins the tab of documents of an area's card to the services; an area says whose they are with `about`.

    Signals:
        counted(int): how many there are.
    """

    counted = Signal(int)

    def __init__(self, office: Office) -> None:
        self.widget = DocumentsPanel()
        super().__init__(self.widget)
        self._desk = DocumentsDesk(office, self.widget)
        self._desk.counted.connect(self.counted)

    def about(self, found: Any) -> tuple[Subject, bool]:
        """What kind of record the card shows, and whether nothing may be attached to it nor taken away any more."""
        raise NotImplementedError

    def show(self, record_id: int, found: Any) -> None:
        """Show this record's."""
        subject, settled = self.about(found)
        self._desk.show_record(subject, record_id, settled=settled)

    def clear(self) -> None:
        """No record is shown."""
        self._desk.show_nothing()
