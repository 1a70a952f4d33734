"""What is kept with an item: its scans, its files, and the letters that answered it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.models.values import Subject
from app.services.post_log.register.dto import ItemDetail
from app.views.common.documents import DocumentsPanel
from app.views.common.documents_desk import DocumentsDesk
from app.views.common.office import Office


class PapersController(QObject):
    """The documents of the item that is shown: what came, what was scanned, and the letters that answered it.

    Signals:
        counted(int): how many there are.
    """

    counted = Signal(int)

    def __init__(self, office: Office) -> None:
        self.widget = DocumentsPanel()
        super().__init__(self.widget)
        self._desk = DocumentsDesk(office, self.widget)
        self._desk.counted.connect(self.counted)

    def show(self, item_id: int, item: ItemDetail) -> None:
        """Show this item's; once its content was deleted nothing is attached any more."""
        self._desk.show_record(Subject.POST_ITEM, item_id, settled=item.content_deleted)

    def clear(self) -> None:
        """No item is shown."""
        self.widget.show_documents(())
