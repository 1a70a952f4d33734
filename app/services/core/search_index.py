"""The words by which records are found, kept in step by whatever changes a record, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from sqlalchemy import delete, insert

from app.models.search import SearchWord
from app.models.values import Subject
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.folding import index_words

_ROWS: Final = 50_000


def index_record(ctx: Context, subject: Subject, subject_id: int, *texts: str | None) -> None:
    """Make the words of one record anew from the texts by which it is to be found; none means it is found no more."""
    index_records(ctx, subject, {subject_id: texts})


def index_records(ctx: Context, subject: Subject, texts: dict[int, Iterable[str | None]]) -> None:
    """Make the words of many records anew."""
    forget_records(ctx, subject, texts)
    fill(ctx, subject, texts)


def fill(ctx: Context, subject: Subject, texts: dict[int, Iterable[str | None]]) -> None:
    """Write the words of records that have none yet."""
    rows: list[dict[str, object]] = [
        {"subject": subject, "subject_id": subject_id, "word": word}
        for subject_id, own in sorted(texts.items())
        for word in sorted(index_words(own))
    ]
    for chunk in in_chunks(rows, _ROWS):
        ctx.session.execute(insert(SearchWord), list(chunk))


def forget_records(ctx: Context, subject: Subject, subject_ids: Collection[int] | None = None) -> None:
    """Take the words of these records away, or of every record of the kind."""
    statement = delete(SearchWord).where(SearchWord.subject == subject)
    if subject_ids is None:
        ctx.session.execute(statement)
        return
    for chunk in in_chunks(sorted(subject_ids)):
        ctx.session.execute(statement.where(SearchWord.subject_id.in_(list(chunk))))
