"""What is kept with an item: its scans, its files, and the letters that answered it."""

from __future__ import annotations

from app.models.values import Subject
from app.services.post_log.register.dto import ItemDetail
from app.views.common.papers_desk import PapersDesk


class PapersController(PapersDesk):
    """The documents of the item; once its content was deleted nothing is attached any more."""

    def about(self, found: ItemDetail) -> tuple[Subject, bool]:
        """The item."""
        return Subject.POST_ITEM, found.content_deleted
