"""Reading notes."""

from __future__ import annotations

from sqlalchemy import select

from app.models.diary import Note
from app.models.officers import Officer
from app.services.core.context import Context
from app.services.diary.dto import NoteRow


def notes(ctx: Context, account_id: int) -> tuple[NoteRow, ...]:
    """The notes on an account, the latest first."""
    statement = (
        select(Note.id, Note.account_id, Note.written_at, Officer.name, Note.text)
        .join(Officer, Officer.id == Note.officer_id)
        .where(Note.account_id == account_id)
        .order_by(Note.written_at.desc(), Note.id.desc())
    )
    return tuple(NoteRow(*row) for row in ctx.session.execute(statement))
