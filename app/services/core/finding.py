"""Finding anything: records of every kind by the beginnings of their words, from whichever areas plug in.

A record is found when every word typed begins one of its words (`search_index` keeps them), or when all that was typed,
without its spaces, does: `0012 4471 03` finds the reference however it is spaced. Words are read by a range of an
index, the same on SQLite and SQL Server.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.models.search import SearchWord
from app.models.values import Money, Subject
from app.services.core import plugs
from app.services.core.context import Context
from app.services.core.folding import LONGEST_WORD, unspaced, words
from app.services.core.permissions import Permission
from app.services.core.tabs import shown_to

MOST_WORDS: Final = 6
"""Words that count; what is typed after them is not looked at."""
_COMMON: Final = 2_000
"""Words are counted so far to tell the rare from the common."""
_REPEATS: Final = 6
"""So many words of one record may begin alike, and it is still one record."""
_AFTER: Final = "\uffff"
"""Stands after every letter in the binary order of the column."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record found.

    Attributes:
        subject, subject_id: what it is; opening it shows this record.
        title, detail: the two lines it is shown by.
        amount: a balance, where it has one.
    """

    subject: Subject
    subject_id: int
    title: str
    detail: str
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one kind that were found, the best first; `more` if there are others beyond these."""

    title: str
    found: tuple[Found, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of record to be found.

    Attributes:
        subject: the kind, as its words are indexed.
        title: the heading over what is found.
        shown: the records with these ids, in their order; one that is gone, or that the officer may not see, is left out.
        near: what may have been meant where nothing was found, such as a reference with one wrong digit.
        order: where its group stands.
        needs: permissions of which one is enough to find it; none: everybody does.
    """

    subject: Subject
    title: str
    shown: Callable[[Context, Sequence[int]], tuple[Found, ...]]
    near: Callable[[Context, str], tuple[Found, ...]] | None = field(default=None)
    order: int = 50
    needs: frozenset[Permission] = frozenset()

    def seen_by(self, ctx: Context) -> bool:
        """Whether the officer finds it."""
        return shown_to(self.needs, ctx.officer.permissions)


_SOURCES: dict[Subject, Source] = {}


def register(source: Source) -> None:
    """Plug a kind of record in; `app/registered.py` names the modules that do."""
    _SOURCES[source.subject] = source


def find(ctx: Context, text: str, limit: int = 6) -> tuple[Group, ...]:
    """What is found by a text, in groups of at most `limit` records each; nothing by an empty one.

    A group "Did you mean" comes last, only where a reference that was typed whole is nobody's.
    """
    typed = words(text)[:MOST_WORDS]
    if not typed:
        return ()
    plugs.fill("sources")
    joined = unspaced(text)
    groups: list[Group] = []
    near: list[Found] = []
    for source in sorted(_SOURCES.values(), key=lambda each: (each.order, each.title)):
        ctx.cancel.check()
        if not source.seen_by(ctx):
            continue
        ids = _ids(ctx, source.subject, typed, joined, limit + 1)
        if shown := source.shown(ctx, ids[:limit]) if ids else ():
            groups.append(Group(source.title, shown, len(ids) > limit))
        elif source.near:
            near.extend(source.near(ctx, text))
    if near:
        groups.append(Group("Did you mean", tuple(near[:limit])))
    return tuple(groups)


def recall(ctx: Context, records: Sequence[tuple[Subject, int]]) -> tuple[Found, ...]:
    """Records that were opened before, as they are now and in their order; what is gone or hidden is left out."""
    plugs.fill("sources")
    ids: dict[Subject, list[int]] = {}
    for subject, number in records:
        ids.setdefault(subject, []).append(number)
    shown = {
        (found.subject, found.subject_id): found
        for subject, numbers in ids.items()
        if subject in _SOURCES and _SOURCES[subject].seen_by(ctx)
        for found in _SOURCES[subject].shown(ctx, numbers)
    }
    return tuple(shown[record] for record in records if record in shown)


def matching_ids(ctx: Context, subject: Subject, text: str, limit: int) -> list[int]:
    """The ids of the records of one kind that a text finds, the nearest words first."""
    typed = words(text)[:MOST_WORDS]
    return _ids(ctx, subject, typed, unspaced(text), limit) if typed else []


def _ids(ctx: Context, subject: Subject, typed: Sequence[str], joined: str, limit: int) -> list[int]:
    found = _with_words(ctx, subject, [joined], limit) if joined else []
    if len(found) < limit:
        others = _with_words(ctx, subject, typed, limit)
        found += [each for each in others if each not in set(found)]
    return found[:limit]


def _with_words(ctx: Context, subject: Subject, typed: Sequence[str], limit: int) -> list[int]:
    """The rarest word is read from the index and the others are looked for in the records that have it."""
    ordered = _rarest_first(ctx, subject, typed)
    if not ordered:
        return []
    statement = select(SearchWord.subject_id).where(SearchWord.subject == subject, begins(SearchWord.word, ordered[0]))
    for word in ordered[1:]:
        other: Any = aliased(SearchWord)
        statement = statement.where(
            select(other.word)
            .where(other.subject == subject, other.subject_id == SearchWord.subject_id, begins(other.word, word))
            .exists()
        )
    statement = statement.order_by(SearchWord.word, SearchWord.subject_id).limit(limit * _REPEATS)
    return list(dict.fromkeys(ctx.session.scalars(statement)))


def _rarest_first(ctx: Context, subject: Subject, typed: Sequence[str]) -> list[str]:
    """The words by how many they begin, up to a point; nothing if one of them begins none."""
    counted: list[tuple[int, int, str]] = []
    for word in typed:
        some = (
            select(SearchWord.subject_id)
            .where(SearchWord.subject == subject, begins(SearchWord.word, word))
            .order_by(SearchWord.word)
            .limit(_COMMON)
            .subquery()
        )
        count = ctx.session.scalar(select(func.count()).select_from(some)) or 0
        if not count:
            return []
        counted.append((count, -len(word), word))
    return [word for *_, word in sorted(counted)]


def has_word(word: str, *columns: Any) -> ColumnElement[bool]:
    """Whether one of some columns has a word anywhere in it; what SQL takes for any letters counts for nothing."""
    like = f"%{word.replace('%', '').replace('_', '')}%"
    return or_(*(column.ilike(like) for column in columns))


def begins(column: Any, word: str) -> ColumnElement[bool]:
    """Whether an indexed word begins with this one."""
    beginning = word[:LONGEST_WORD]
    return and_(column >= beginning, column < beginning + _AFTER)
