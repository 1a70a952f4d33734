"""Finding and opening documents."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from app.models.accounts import Account
from app.models.documents import Document, DocumentLink
from app.models.officers import Officer
from app.models.values import Subject
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.documents.checking import limits
from app.services.documents.dto import DocumentFile, DocumentRow, DocumentStep, Limits
from app.services.documents.keeping import ATTACHED
from app.services.documents.recognising import shape_of


def listed(ctx: Context, subject: Subject, subject_id: int) -> tuple[DocumentRow, ...]:
    """The documents of one record, the latest first."""
    _open(ctx, subject, subject_id)
    found = ctx.session.execute(
        select(DocumentLink, Document.media_type, Document.size, Officer.name)
        .join(Document, Document.sha256 == DocumentLink.sha256)
        .join(Officer, Officer.id == DocumentLink.officer_id)
        .where(
            DocumentLink.subject == subject.value,
            DocumentLink.subject_id == subject_id,
            DocumentLink.unlinked_at.is_(None),
        )
        .order_by(DocumentLink.linked_at.desc(), DocumentLink.id.desc())
    )
    rows = [
        DocumentRow(
            link.id,
            link.sha256,
            link.kind,
            link.title,
            link.file_name,
            media_type,
            size,
            link.linked_at,
            officer,
            shape_of(media_type),
            link.kind == ATTACHED and subject is not Subject.APPROVAL,
        )
        for link, media_type, size, officer in found
    ]
    shut = _shut_evidence(ctx, [row.sha256 for row in rows]) if subject is Subject.APPROVAL else frozenset()
    return tuple(
        replace(row, title=access.RESTRICTED_NAME, file_name=access.RESTRICTED_NAME) if row.sha256 in shut else row
        for row in rows
    )


def opened(ctx: Context, link_id: int) -> DocumentFile:
    """The document behind a link.

    Raises:
        UserError: there is no such link, or the kept bytes are not what was put in.
    """
    found = ctx.session.execute(
        select(
            DocumentLink.file_name,
            DocumentLink.sha256,
            DocumentLink.subject,
            DocumentLink.subject_id,
            Document.media_type,
        )
        .join(Document, Document.sha256 == DocumentLink.sha256)
        .where(DocumentLink.id == link_id)
    ).one_or_none()
    if found is None:
        raise UserError("That document is no longer there.", "Look at the list again.")
    _open(ctx, Subject(found.subject), found.subject_id)
    if found.subject == Subject.APPROVAL.value:
        _open_where_it_came_from(ctx, found.sha256)
    return DocumentFile(found.file_name, found.media_type, content(ctx, found.sha256))


def content(ctx: Context, sha256: str) -> bytes:
    """The bytes kept under a SHA-256, proved against it.

    Raises:
        UserError: they are not there, or have been changed in the database.
    """
    kept = ctx.session.scalar(select(Document.content).where(Document.sha256 == sha256))
    if kept is None:
        raise UserError("The document is not in the database.", "Restore it from a backup.")
    if hashlib.sha256(kept).hexdigest() != sha256:
        raise UserError(
            "The document in the database is not the one that was put there.",
            "Tell your administrator: the database has been changed outside Rentbook, or is damaged.",
        )
    return kept


def trail(ctx: Context, link_id: int) -> tuple[DocumentStep, ...]:
    """Where the document behind a link was put and taken from, the first step first.

    Raises:
        UserError: there is no such link.
    """
    sha256 = ctx.session.scalar(select(DocumentLink.sha256).where(DocumentLink.id == link_id))
    if sha256 is None:
        raise UserError("That document is no longer there.", "Look at the list again.")
    names = {each.id: each.name for each in ctx.session.execute(select(Officer.id, Officer.name))}
    wanted = select(DocumentLink).where(DocumentLink.sha256 == sha256).order_by(DocumentLink.id)
    links = ctx.session.scalars(wanted).all()
    called = _record_names(ctx, links)
    steps: list[DocumentStep] = []
    for link in links:
        about = called[link.id]
        action = "linked" if steps else "attached" if link.kind == ATTACHED else "kept"
        steps.append(DocumentStep(link.linked_at, names[link.officer_id], action, about, ""))
        if link.unlinked_at is not None and link.unlinked_by is not None:
            taken = DocumentStep(link.unlinked_at, names[link.unlinked_by], "taken away", about, link.unlinked_reason)
            steps.append(taken)
    return tuple(sorted(steps, key=lambda step: step.at))


def _record_names(ctx: Context, links: Sequence[DocumentLink]) -> dict[int, str]:
    """What the record of each link is called, by link: an account by its reference, anything else by its number."""
    accounts = sorted({link.subject_id for link in links if link.subject == Subject.ACCOUNT.value})
    references: dict[int, str] = {}
    for part in in_chunks(accounts):
        rows = ctx.session.execute(select(Account.id, Account.payment_reference).where(Account.id.in_(list(part))))
        references |= {row.id: row.payment_reference or str(row.id) for row in rows}
    return {
        link.id: f"{link.subject.replace('_', ' ')} "
        + (references.get(link.subject_id, "") if link.subject == Subject.ACCOUNT.value else str(link.subject_id))
        for link in links
    }


def limits_of_today(ctx: Context) -> Limits:
    """The sizes and kinds that the office keeps, so that a file that is too large isn't read at all."""
    return limits(ctx)


def _open(ctx: Context, subject: Subject, subject_id: int) -> None:
    """A restricted record's documents are its own: whoever may not open it may not open them."""
    access.open_subject(ctx, subject, subject_id)


def _shut_evidence(ctx: Context, shas: Sequence[str]) -> frozenset[str]:
    """Those of some documents that are or were with restricted records only, none of which the officer may open."""
    closed = access.closed_records(ctx)
    if not closed:
        return frozenset()
    where: dict[str, set[bool]] = {}
    for part in in_chunks(sorted(set(shas))):
        others = select(DocumentLink.sha256, DocumentLink.subject, DocumentLink.subject_id).where(
            DocumentLink.sha256.in_(part), DocumentLink.subject != Subject.APPROVAL.value
        )
        for each in ctx.session.execute(others):
            where.setdefault(each.sha256, set()).add((Subject(each.subject), each.subject_id) in closed)
    return frozenset(sha256 for sha256, found in where.items() if found == {True})


def _open_where_it_came_from(ctx: Context, sha256: str) -> None:
    """Evidence is opened by whoever may open one of the records that the document is or was with.

    Raises:
        UserError: each of them is a restricted record that the officer may not open.
    """
    others = select(DocumentLink.subject, DocumentLink.subject_id).where(
        DocumentLink.sha256 == sha256, DocumentLink.subject != Subject.APPROVAL.value
    )
    refused: UserError | None = None
    for link in ctx.session.execute(others.distinct().order_by(DocumentLink.subject, DocumentLink.subject_id)).all():
        try:
            _open(ctx, Subject(link.subject), link.subject_id)
        except UserError as error:
            refused = error
        else:
            return
    if refused is not None:
        raise refused
