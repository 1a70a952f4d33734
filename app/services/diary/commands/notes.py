"""Writing notes. A note is never changed; what was wrong is put right by another."""

from __future__ import annotations

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping


@requires(Permission.WRITE_NOTES)
def add_note(ctx: Context, subject: Subject, subject_id: int, text: str) -> Changes:
    """Note something on a record, as the officer, now.

    Raises:
        UserError: nothing is written, it is too long, it holds a card number, or there is no such account.
    """
    keeping.add_note(ctx, subject, subject_id, text)
    return keeping.changed([(subject, subject_id)])
