"""The notes on a mandate, and another."""

from __future__ import annotations

from app.models.values import Subject
from app.services.direct_debits.mandates.dto import MandateDetail
from app.views.common.notes import NotesPart
from app.views.common.notes_desk import NotesDesk
from app.views.common.office import Office


class NotesController(NotesDesk):
    """The notes on the mandate that is shown."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, NotesPart("mandate"), Subject.MANDATE, "mandate")

    def title(self, record: MandateDetail) -> str:
        """What a draft of a note on this mandate is called."""
        return f"A note on mandate {record.row.reference}"
