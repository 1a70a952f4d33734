"""The words by which records are found, kept in step by whatever changes a record, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, literal

from app.models.db import Id
from app.models.search import FoldedWord, SearchWord
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
    rows = [
        {"one": subject_id, "words": word}
        for subject_id, own in sorted(texts.items())
        for word in sorted(index_words(own))
    ]
    table: Any = SearchWord.__table__
    statement = insert(table).values(
        subject=literal(subject, SearchWord.subject.type),
        subject_id=bindparam("one", type_=Id),
        word=bindparam("words", type_=FoldedWord),
    )
    connection = (
        ctx.session.connection()
    )  # two million words take the session, which would look at each, thrice the time
    for chunk in in_chunks(rows, _ROWS):
        connection.execute(statement, list(chunk))


def forget_records(ctx: Context, subject: Subject, subject_ids: Collection[int] | None = None) -> None:
    """Take the words of these records away, or of every record of the kind."""
    statement = delete(SearchWord).where(SearchWord.subject == subject)
    if subject_ids is None:
        ctx.session.execute(statement)
        return
    for chunk in in_chunks(sorted(subject_ids)):
        ctx.session.execute(statement.where(SearchWord.subject_id.in_(list(chunk))))
