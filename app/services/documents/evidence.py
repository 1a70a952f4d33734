"""The evidence of a record: the documents that stand with it, and those that come with what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, select

from app.models.documents import DocumentLink
from app.models.values import Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents.commands import attach
from app.services.documents.dto import NewFile, NewLink
from app.services.documents.keeping import link


def links_of(ctx: Context, subject: Subject, subject_id: int) -> tuple[int, ...]:
    """The links of the documents that stand with a record, the first one first; what was taken away doesn't count."""
    statement = select(DocumentLink.id).where(*_with(subject), DocumentLink.subject_id == subject_id)
    return tuple(ctx.session.scalars(statement.order_by(DocumentLink.id)))


def counts_of(ctx: Context, subject: Subject, ids: Iterable[int]) -> dict[int, int]:
    """How many documents stand with each of some records; records without any are left out."""
    found: dict[int, int] = {}
    for chunk in in_chunks(sorted(ids)):
        statement = select(DocumentLink.subject_id, func.count()).where(
            *_with(subject), DocumentLink.subject_id.in_(chunk)
        )
        found |= {row[0]: row[1] for row in ctx.session.execute(statement.group_by(DocumentLink.subject_id))}
    return found


def show(ctx: Context, subject: Subject, subject_id: int, links: Iterable[int]) -> None:
    """Link documents that are with something else to a record too.

    Raises:
        UserError: one of them is gone.
    """
    for link_id in links:
        standing = ctx.session.get(DocumentLink, link_id)
        if standing is None:
            raise UserError("A document that was chosen as evidence is gone.", "Attach it again.", "evidence")
        about = NewLink(subject, subject_id, standing.kind, standing.title, standing.file_name)
        link(ctx, standing.sha256, about)


def keep_files(ctx: Context, subject: Subject, subject_id: int, files: Sequence[NewFile]) -> None:
    """Keep files with a record, all of them or none.

    Raises:
        UserError: one can't be kept, or the officer may not attach any.
    """
    if not files:
        return
    done = attach(ctx, subject, subject_id, files)
    for each in done.refused:
        raise UserError(each.message, "Leave it out, or attach it in another form.", "evidence")


def _with(subject: Subject) -> tuple[ColumnElement[bool], ...]:
    return (DocumentLink.subject == subject.value, DocumentLink.unlinked_at.is_(None))
