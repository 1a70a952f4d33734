"""The evidence of a line: the documents that it was asked for with, and what was made of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.services.adjustments.register.dto import RegisterDetail
from app.views.common.documents import DocumentsPanel
from app.views.common.documents_desk import DocumentsDesk
from app.views.common.office import Office


class PapersController(QObject):
    """The documents of the line that is shown.

    Signals:
        counted(int): how many there are.
    """

    counted = Signal(int)

    def __init__(self, office: Office) -> None:
        self.widget = DocumentsPanel()
        super().__init__(self.widget)
        self._desk = DocumentsDesk(office, self.widget)
        self._desk.counted.connect(self.counted)

    def show(self, record_id: int, found: RegisterDetail) -> None:
        """Show this line's; nothing is attached to what the officer may not work on."""
        row = found.row
        self._desk.show_record(row.what.subject, record_id, settled=row.declared or row.shut)

    def clear(self) -> None:
        """No line is shown."""
        self._desk.show_nothing()
