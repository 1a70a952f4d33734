"""Keeping why people come, and where they are sent. None is deleted: what isn't used any more goes out of use."""

from __future__ import annotations

from secrets import token_hex
from typing import Any, Final

from sqlalchemy import func, select

from app.models.reception_payments.visits import Signpost, VisitReason
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.core.versions import refuse_old
from app.services.diary.keeping import checked_text
from app.services.reception_payments.visits.registers.dto import ReasonRow, SignpostRow
from app.services.reception_payments.visits.registers.queries import ASKED_FOR

_CHANGES: Final = Changes(frozenset({"reception_payments"}))
_NAME, _WORDS, _TELEPHONE, _LINK = 80, 1_000, 60, 200


@requires(Permission.KEEP_RECEPTION)
def keep_reason(ctx: Context, asked: ReasonRow) -> Changes:
    """Keep why people come, or make a new reason.

    Raises:
        UserError: it has no name, another has that name, or it goes out of use though the program logs visits under it.
        ChangedMeanwhile: somebody else saved it in between.
    """
    name = _name(ctx, asked.name, "name", VisitReason.name, VisitReason.id, asked.reason_id)
    row = _row(ctx, VisitReason, asked.reason_id, asked.version, "reason") or VisitReason(key=f"own_{token_hex(8)}")
    if not asked.active and row.key in ASKED_FOR:
        raise UserError("Visits are logged under this reason by the program, so it stays in use.", field="active")
    row.name, row.place, row.active = name, asked.place, asked.active
    ctx.session.add(row)
    ctx.session.flush()
    return _CHANGES


@requires(Permission.KEEP_RECEPTION)
def keep_signpost(ctx: Context, asked: SignpostRow) -> Changes:
    """Keep where people are sent, or make a new signpost.

    Raises:
        UserError: it has no title or tells nothing, another has that title, or the day on which it was looked up is to come.
        ChangedMeanwhile: somebody else saved it in between.
    """
    title = _name(ctx, asked.title, "title", Signpost.title, Signpost.id, asked.signpost_id)
    words = checked_text(ctx, asked.words, "text", "words", _WORDS)
    telephone = checked_text(ctx, asked.telephone, "telephone number", "telephone", _TELEPHONE)
    link = checked_text(ctx, asked.link, "page", "link", _LINK)
    if not (words or telephone or link):
        raise UserError("Say where people turn.", "Give words, a telephone number or a page.", "words")
    if asked.verified_on is not None and asked.verified_on > ctx.clock.today():
        raise UserError("That day is still to come.", field="verified_on")
    row = _row(ctx, Signpost, asked.signpost_id, asked.version, "signpost") or Signpost()
    row.title, row.words, row.telephone, row.link = title, words, telephone, link
    row.verified_on, row.place, row.active = asked.verified_on, asked.place, asked.active
    ctx.session.add(row)
    ctx.session.flush()
    return _CHANGES


def _row(ctx: Context, kind: Any, row_id: int, version: int, what: str) -> Any:
    """The row that is changed; None: a new one."""
    if not row_id:
        return None
    row = record(ctx, kind, row_id, what)
    refuse_old(row.version, version)
    return row


def _name(ctx: Context, text: str, field: str, column: Any, key: Any, own_id: int) -> str:
    name = checked_text(ctx, text, "name", field, _NAME)
    if not name:
        raise UserError("Give it a name.", field=field)
    taken = select(key).where(func.lower(column) == name.lower(), key != own_id)
    if ctx.session.scalar(taken) is not None:
        raise UserError(f"There is one called {name}.", "Give another name.", field)
    return name
