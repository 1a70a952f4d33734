"""The documents of a mandate: the signed form, and what else was kept with it."""

from __future__ import annotations

from app.models.values import Subject
from app.services.direct_debits.mandates.dto import MandateDetail
from app.views.common.papers_desk import PapersDesk


class PapersController(PapersDesk):
    """The documents of the mandate that is shown; nothing is attached to what the officer may not work on."""

    def about(self, found: MandateDetail) -> tuple[Subject, bool]:
        """The mandate."""
        return Subject.MANDATE, found.row.declared or found.row.shut
