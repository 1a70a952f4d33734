"""Reading notes."""

from __future__ import annotations

from sqlalchemy import select

from app.models.diary import Note
from app.models.officers import Officer
from app.models.values import Subject
from app.services.core.context import Context
from app.services.diary.dto import NoteRow


def notes(ctx: Context, subject: Subject, subject_id: int) -> tuple[NoteRow, ...]:
    """The notes on a record, the latest first."""
    statement = (
        select(Note.id, Note.subject, Note.subject_id, Note.written_at, Officer.name, Note.text)
        .join(Officer, Officer.id == Note.officer_id)
        .where(Note.subject == subject, Note.subject_id == subject_id)
        .order_by(Note.written_at.desc(), Note.id.desc())
    )
    return tuple(NoteRow(*row) for row in ctx.session.execute(statement))
