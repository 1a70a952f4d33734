"""Drafts in the database: an officer's own, sealed, so that they follow the officer from desk to desk.

They ask for no permission: whoever can sign in has drafts, and nobody sees another's. They are no records of the
office, so the audit doesn't follow them; what becomes of one is audited when the form is saved.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, insert, select, update

from app.models.accounts import Account
from app.models.drafts import Draft as DraftRow
from app.models.values import Subject
from app.services.core import keys
from app.services.core.cards import card_numbers
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.gate import passes
from app.services.core.moments import database_moment
from app.services.workbench.drafts.dto import Draft, DraftKey, Typed

KEPT_DAYS: Final = 30
_RUN: Final = re.compile(r"\d(?:[ -]?\d){12,}")
_DOT: Final = "•"


@passes
def key(ctx: Context) -> keys.Key:
    """The key that drafts are sealed with at this desk.

    Raises:
        UserError: it isn't here.
    """
    return keys.current(ctx)


def keys_here(ctx: Context) -> tuple[keys.Key, ...]:
    """The database's keys that are at this desk, the newest first."""
    names = keys.names(ctx.session)[::-1]
    return tuple(keys.held(ctx.session, name) for name in names if keys.is_held(ctx.session, name))


@passes
def keep(ctx: Context, draft: Draft) -> None:
    """Keep a draft in the place of an earlier one of the same form and record, card numbers dotted out.

    Raises:
        UserError: the key isn't at this desk.
    """
    sealed = keys.current(ctx).seal(packed(draft, _references(ctx, draft)), _about(ctx, draft.key))
    there = ctx.session.scalar(select(DraftRow.id).where(*_is(ctx, draft.key)))
    values = {"saved_at": database_moment(ctx.session), "sealed": sealed}
    if there is None:
        whose = {"officer_id": ctx.officer.id, **asdict(draft.key)}
        ctx.session.execute(insert(DraftRow).values(**whose, **values))
    else:
        ctx.session.execute(update(DraftRow).where(DraftRow.id == there).values(**values))


def find(ctx: Context, key: DraftKey) -> Draft | None:
    """The officer's draft of a form, if there is one.

    Raises:
        UserError: it can't be opened at this desk.
    """
    row = ctx.session.execute(_select(ctx).where(*_is(ctx, key))).one_or_none()
    return None if row is None else unpacked(keys.unseal(ctx.session, row.sealed, _about(ctx, key)))


def mine(ctx: Context) -> tuple[Draft, ...]:
    """The officer's drafts, the latest first; one that can't be opened here says so in its title."""
    return tuple(_opened(ctx, row) for row in ctx.session.execute(_select(ctx).order_by(DraftRow.saved_at.desc())))


@passes
def discard(ctx: Context, key: DraftKey) -> None:
    """Throw a draft away."""
    ctx.session.execute(delete(DraftRow).where(*_is(ctx, key)))


@passes
def purge(ctx: Context) -> None:
    """Throw away what is older than thirty days, whoever's it is.

    Both moments are by the database's own clock: a desk whose clock is wrong throws nobody's drafts away.
    """
    ctx.session.execute(delete(DraftRow).where(DraftRow.saved_at < oldest(ctx)))


def oldest(ctx: Context) -> datetime:
    """From when on drafts are kept."""
    return database_moment(ctx.session) - timedelta(days=KEPT_DAYS)


def packed(draft: Draft, references: frozenset[str] = frozenset()) -> bytes:
    """A draft as bytes to be sealed; a number that could be a payment card has dots for digits, unless it is a reference."""
    assert draft.typed is not None
    content = {
        "form": draft.key.form,
        "subject": draft.key.subject.value,
        "subject_id": draft.key.subject_id,
        "title": draft.title,
        "saved_at": draft.saved_at.isoformat(),
        "fields": _without_cards(draft.typed.fields, references),
        "was": _without_cards(draft.typed.was, references),
        "version": draft.typed.version,
    }
    return json.dumps(content).encode()


def unpacked(content: bytes) -> Draft:
    """A draft from bytes that were sealed."""
    told = json.loads(content)
    key = DraftKey(told["form"], Subject(told["subject"]), told["subject_id"])
    typed = Typed(told["fields"], told["was"], told["version"])
    return Draft(key, told["title"], datetime.fromisoformat(told["saved_at"]), typed)


def _opened(ctx: Context, row: Any) -> Draft:
    key = DraftKey(row.form, row.subject, row.subject_id)
    try:
        return unpacked(keys.unseal(ctx.session, row.sealed, _about(ctx, key)))
    except UserError:
        return Draft(key, "A draft that can't be opened at this desk: its key isn't here", row.saved_at, None)


def _select(ctx: Context) -> Any:
    columns = (DraftRow.form, DraftRow.subject, DraftRow.subject_id, DraftRow.saved_at, DraftRow.sealed)
    return select(*columns).where(DraftRow.officer_id == ctx.officer.id)


def _is(ctx: Context, key: DraftKey) -> tuple[ColumnElement[bool], ...]:
    return (
        DraftRow.officer_id == ctx.officer.id,
        DraftRow.form == key.form,
        DraftRow.subject == key.subject,
        DraftRow.subject_id == key.subject_id,
    )


def _about(ctx: Context, key: DraftKey) -> str:
    return f"draft:{ctx.officer.id}:{key.form}:{key.subject.value}:{key.subject_id}"


def _references(ctx: Context, draft: Draft) -> frozenset[str]:
    """Of the numbers in a draft that could be cards, those that are payment references of ours."""
    assert draft.typed is not None
    words = _texts([*draft.typed.fields.values(), *draft.typed.was.values()])
    found = {digits for text in words for digits in card_numbers(text)}
    if not found:
        return frozenset()
    return frozenset(
        str(key) for key in ctx.session.scalars(select(Account.reference_key).where(Account.reference_key.in_(found)))
    )


def _texts(typed: Any) -> Iterator[str]:
    """Every text in what fields hold: text, or lists and rows of it."""
    if isinstance(typed, str):
        yield typed
    elif isinstance(typed, list | Mapping):
        for each in typed.values() if isinstance(typed, Mapping) else typed:
            yield from _texts(each)


def _without_cards(typed: Any, references: frozenset[str]) -> Any:
    def dotted(run: re.Match[str]) -> str:
        digits = set(card_numbers(run.group()))
        return re.sub(r"\d", _DOT, run.group()) if digits - references else run.group()

    if isinstance(typed, str):
        return _RUN.sub(dotted, typed)
    if isinstance(typed, Mapping):
        return {name: _without_cards(each, references) for name, each in typed.items()}
    return [_without_cards(each, references) for each in typed] if isinstance(typed, list) else typed
