"""The notes of a record, and another: what joins them to the services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.diary.dto import NoteRow
from app.views.common.kept_text import KeptText
from app.views.common.notes import NotesPart
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.common.task_doors import TaskDoors


class NotesDesk(PartDesk):
    """The notes of the record that is shown. What is half written is kept as a draft.

    Args:
        notes: what shows them.
        subject: what kind of record they are on.
        what: that in words, such as `item`.
    """

    def __init__(self, office: Office, notes: NotesPart, subject: Subject, what: str) -> None:
        assert office.diary is not None
        super().__init__(office, notes, _asking(office.diary, subject))
        self._notes = notes
        self._diary = office.diary
        self._subject = subject
        self._what = what
        self._kept = KeptText(office, notes.text, "note")
        notes.added.connect(self._add)

    def show(self, record_id: int, record: Any) -> None:
        """Show a record's, and what is half written of another."""
        subject = self.subject_of(record)
        if (subject, record_id) != (self._subject, self.record_id):
            self._subject = subject
            self._asks = _asking(self._diary, subject)
            self._kept.open(subject, record_id, self.title(record))
        super().show(record_id, record)

    def subject_of(self, record: Any) -> Subject:
        """What kind of record it is, where a card shows several."""
        del record
        return self._subject

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
        subject, noted, record = self._subject, self.record_id, self.record
        if noted is None:
            return

        def written(_changes: Changes) -> None:
            self._kept.saved(subject, noted)
            self.office.messages.good(f"The note is on the {self._what}.")
            if (self._subject, self.record_id) == (subject, noted):
                self.show(noted, record)

        self.office.do(self, self._diary.add_note, subject, noted, text, then=written)


def _asking(diary: TaskDoors, subject: Subject) -> Callable[[Context, int], Any]:
    """The question for the notes on a kind of record."""
    return lambda ctx, record_id: diary.notes(ctx, subject, record_id)
