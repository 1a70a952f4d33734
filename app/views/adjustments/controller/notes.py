"""The notes on a line, and another."""

from __future__ import annotations

from app.models.values import Subject
from app.services.adjustments.register.dto import RegisterDetail
from app.views.common.notes import NotesPart
from app.views.common.notes_desk import NotesDesk
from app.views.common.office import Office


class NotesController(NotesDesk):
    """The notes on the adjustment, recharge, refund or write-off that is shown."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, NotesPart("line"), Subject.ADJUSTMENT, "line")

    def subject_of(self, record: RegisterDetail) -> Subject:
        """Which of the four it is."""
        return record.row.what.subject

    def title(self, record: RegisterDetail) -> str:
        """What a draft of a note on this line is called."""
        row = record.row
        return f"A note on {row.what.value.replace('_', '-')} {row.number}".strip()
