"""The notes of a record, and another: what joins them to the services."""

from __future__ import annotations

from typing import Any

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.diary.dto import NoteRow
from app.views.common.kept_text import KeptText
from app.views.common.notes import NotesPart
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk


class NotesDesk(PartDesk):
    """The notes of the record that is shown. What is half written is kept as a draft.

    Args:
        notes: what shows them.
        subject: what kind of record they are on.
        what: that in words, such as `item`.
    """

    def __init__(self, office: Office, notes: NotesPart, subject: Subject, what: str) -> None:
        assert office.diary is not None
        diary = office.diary

        def ask(ctx: Context, record_id: int) -> Any:
            return diary.notes(ctx, subject, record_id)

        super().__init__(office, notes, ask)
        self._notes = notes
        self._diary = diary
        self._subject = subject
        self._what = what
        self._kept = KeptText(office, notes.text, "note")
        notes.added.connect(self._add)

    def show(self, record_id: int, record: Any) -> None:
        """Show a record's, and what is half written of another."""
        if record_id != self.record_id:
            self._kept.open(self._subject, record_id, self.title(record))
        super().show(record_id, record)

    def title(self, record: Any) -> str:
        """What a draft of a note on this record is called."""
        del record
        return f"A note on an {self._what}"

    def fill(self, found: tuple[NoteRow, ...] | None) -> None:
        """Show the notes."""
        self._notes.show_notes(found or ())

    def count(self, found: tuple[NoteRow, ...]) -> int:
        """How many there are."""
        return len(found)

    def _add(self, text: str) -> None:
        noted, record = self.record_id, self.record
        if noted is None:
            return

        def written(_changes: Changes) -> None:
            self._kept.saved(self._subject, noted)
            self.office.messages.good(f"The note is on the {self._what}.")
            if self.record_id == noted:
                self.show(noted, record)

        self.office.do(self, self._diary.add_note, self._subject, noted, text, then=written)
