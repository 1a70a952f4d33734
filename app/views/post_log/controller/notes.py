"""The notes on an item, and another."""

from __future__ import annotations

from app.models.values import Subject
from app.services.post_log.register.dto import ItemDetail
from app.views.common.notes import NotesPart
from app.views.common.notes_desk import NotesDesk
from app.views.common.office import Office


class NotesController(NotesDesk):
    """The notes on the item that is shown."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, NotesPart("item"), Subject.POST_ITEM, "item")

    def title(self, item: ItemDetail) -> str:
        """What a draft of a note on this item is called."""
        return f"A note on post {item.row.number}"
