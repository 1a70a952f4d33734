"""What an officer does with documents: attaches them, links them to other records, takes them away with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models.documents import DocumentLink
from app.models.values import Subject
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.search_index import index_record
from app.services.documents import checking
from app.services.documents.dto import Attached, Limits, NewFile, NewLink, NotAttached
from app.services.documents.keeping import ATTACHED, link, put
from app.services.documents.recognising import safe_name


@requires(Permission.ATTACH_DOCUMENTS)
def attach(ctx: Context, subject: Subject, subject_id: int, files: Sequence[NewFile]) -> Attached:
    """Keep files with a record; those that can't be kept are told of, and the others are kept.

    Raises:
        UserError: the officer may not work on the record.
    """
    access.touch_subject(ctx, subject, subject_id)
    allowed = checking.limits(ctx)
    links: list[int] = []
    refused: list[NotAttached] = []
    for place, file in enumerate(files):
        ctx.cancel.check()
        ctx.progress(place, len(files), file.file_name)
        try:
            links.append(_attach(ctx, subject, subject_id, file, allowed))
        except UserError as error:
            refused.append(NotAttached(safe_name(file.file_name), str(error)))
    return Attached(tuple(links), tuple(refused), _changes(subject, subject_id))


@requires(Permission.ATTACH_DOCUMENTS)
def link_to(ctx: Context, link_id: int, subject: Subject, subject_id: int) -> Changes:
    """Show a document with another record too; it is kept once.

    Raises:
        UserError: the document is gone, the other record has it already, or the officer may not work on it.
    """
    shown = _standing(ctx, link_id)
    access.touch_subject(ctx, subject, subject_id)
    _refuse_there(ctx, shown.sha256, subject, subject_id, shown.file_name)
    made = link(ctx, shown.sha256, NewLink(subject, subject_id, ATTACHED, shown.title, shown.file_name))
    index_record(ctx, Subject.DOCUMENT, made, shown.title, shown.file_name)
    return _changes(subject, subject_id)


@requires(Permission.ATTACH_DOCUMENTS)
def unlink(ctx: Context, link_id: int, reason: str) -> Changes:
    """Take a document away from a record. It stays in the database, and its trail says who took it away and why.

    Raises:
        UserError: no reason, the document wasn't put there by an officer, or it is the evidence of a request.
    """
    if not reason.strip():
        raise UserError("Say why the document is taken away.", field="reason")
    if len(reason) > 400:
        raise UserError("The reason is longer than 400 characters.", field="reason")
    refuse_card_number(ctx, reason, "reason", "reason")
    shown = _standing(ctx, link_id)
    if shown.kind != ATTACHED:
        raise UserError(
            "Rentbook made this document or read it in, so it stays with its record.",
            "Only what an officer attached can be taken away.",
        )
    if shown.subject == Subject.APPROVAL.value:
        raise UserError("It is the evidence of a request for approval, so it stays beside it.")
    subject = Subject(shown.subject)
    access.touch_subject(ctx, subject, shown.subject_id)
    shown.unlinked_at, shown.unlinked_by, shown.unlinked_reason = ctx.clock.now(), ctx.officer.id, reason.strip()
    ctx.session.flush()
    index_record(ctx, Subject.DOCUMENT, shown.id)
    return _changes(subject, shown.subject_id)


def _attach(ctx: Context, subject: Subject, subject_id: int, file: NewFile, allowed: Limits) -> int:
    name = safe_name(file.file_name)
    title = file.title.strip() or name
    for text, what in ((name, "name of the file"), (title, "title")):
        refuse_card_number(ctx, text, what, "file")
    found = checking.check(ctx, name, file.content, allowed)
    sha256 = put(ctx, file.content, found.media_type)
    _refuse_there(ctx, sha256, subject, subject_id, name)
    made = link(ctx, sha256, NewLink(subject, subject_id, ATTACHED, title, name))
    index_record(ctx, Subject.DOCUMENT, made, title, name)
    return made


def _standing(ctx: Context, link_id: int) -> DocumentLink:
    shown = ctx.session.get(DocumentLink, link_id)
    if shown is None or shown.unlinked_at is not None:
        raise UserError("That document is no longer there.", "Look at the list again.")
    return shown


def _refuse_there(ctx: Context, sha256: str, subject: Subject, subject_id: int, name: str) -> None:
    there = ctx.session.scalars(
        select(DocumentLink.title).where(
            DocumentLink.sha256 == sha256,
            DocumentLink.subject == subject.value,
            DocumentLink.subject_id == subject_id,
            DocumentLink.unlinked_at.is_(None),
        )
    ).first()
    if there is not None:
        raise UserError(f"{name} is there already, as '{there}': the two are the same to the byte.")


def _changes(subject: Subject, subject_id: int) -> Changes:
    if subject is Subject.ACCOUNT:
        return Changes(frozenset({"documents", "rent"}), frozenset({subject_id}))
    return Changes(frozenset({"documents"}))
