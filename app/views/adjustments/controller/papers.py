"""The evidence of a line: the documents that it was asked for with, and what was made of it."""

from __future__ import annotations

from app.models.values import Subject
from app.services.adjustments.register.dto import RegisterDetail
from app.views.common.papers_desk import PapersDesk


class PapersController(PapersDesk):
    """The documents of the line that is shown; nothing is attached to what the officer may not work on."""

    def about(self, found: RegisterDetail) -> tuple[Subject, bool]:
        """The record that the line stands for."""
        row = found.row
        return row.what.subject, row.declared or row.shut
