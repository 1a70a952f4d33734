"""What is marked on an account today: flags, who speaks for its people, holds, and what areas above tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select

from app.models.endings import Ending
from app.models.holds import Flag
from app.models.people import Associate, PersonFlag
from app.models.values import Authority, PersonFlagKind
from app.services.core import plugs
from app.services.core.context import Context
from app.services.holds import queries as hold_queries
from app.services.rent.dto import FlagRow, HoldRow, Mark, NoticeRow, PersonRow, SpeakerRow


def flags(ctx: Context, account_id: int, today: date) -> tuple[FlagRow, ...]:
    """What officers must see on it."""
    statement = (
        select(Flag)
        .where(Flag.account_id == account_id, in_force(Flag.from_on, Flag.to_on, today))
        .order_by(Flag.from_on, Flag.id)
    )
    return tuple(FlagRow(flag.flag, flag.note, flag.from_on, flag.to_on) for flag in ctx.session.scalars(statement))


def flags_of_people(ctx: Context, people: Sequence[PersonRow], today: date) -> tuple[FlagRow, ...]:
    """What officers must know of these people, safety first; a note that isn't the officer's to read is left out."""
    statement = select(PersonFlag).where(
        PersonFlag.person_id.in_([person.person_id for person in people]),
        in_force(PersonFlag.from_on, PersonFlag.to_on, today),
    )
    found = sorted(ctx.session.scalars(statement), key=lambda flag: (_FIRST[flag.kind], flag.from_on, flag.id))
    return tuple(
        FlagRow(flag.flag, flag.note if may_read(ctx, flag.seen_by) else "", flag.from_on, flag.to_on, flag.kind)
        for flag in found
    )


def may_read(ctx: Context, seen_by: str) -> bool:
    """Whether the officer who acts may read a note that a role is named for; without a role everybody may."""
    return not seen_by or seen_by in ctx.officer.roles


def speakers(ctx: Context, people: Sequence[PersonRow], today: date) -> tuple[SpeakerRow, ...]:
    """Who may speak or act for these people today, in the order of the people; those who act first."""
    order = {person.person_id: at for at, person in enumerate(people)}
    statement = select(Associate).where(
        Associate.person_id.in_(order),
        Associate.authority != Authority.NONE,
        in_force(Associate.from_on, Associate.to_on, today),
    )
    found = sorted(
        ctx.session.scalars(statement), key=lambda row: (order[row.person_id], row.authority is Authority.SPEAK, row.id)
    )
    return tuple(SpeakerRow(row.name, row.relation, row.authority, row.person_id) for row in found)


def holds(ctx: Context, account_id: int, today: date) -> tuple[HoldRow, ...]:
    """What is stopped on it, and why."""
    found = hold_queries.live(ctx, account_id, today)
    return tuple(HoldRow(hold.kind, hold.reason, hold.from_on, hold.to_on, hold.stops) for hold in found)


Source = Callable[[Context, int, date], Iterable[Mark]]
"""What an area tells of an account on a day."""

_SOURCES: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Plug in what an area tells; `app/registered.py` names the modules that do."""
    _SOURCES[key] = source


def plugged(ctx: Context, account_id: int, today: date) -> tuple[Mark, ...]:
    """What the areas above tell of an account, in the order of their keys."""
    plugs.fill("marks")
    return tuple(mark for _, source in sorted(_SOURCES.items()) for mark in source(ctx, account_id, today))


def notice(ending: Ending | None) -> NoticeRow | None:
    """The ending that is noted and not finished."""
    return NoticeRow(ending.ends_on, ending.keys_due_at, ending.keys_returned_at) if ending is not None else None


_FIRST: Final = {PersonFlagKind.SAFETY: 0, PersonFlagKind.CAUTION: 1, PersonFlagKind.VULNERABILITY: 2}


def in_force(from_on: Any, to_on: Any, today: date) -> ColumnElement[bool]:
    """Whether dates that both belong to it, the last of which may be open, include a day."""
    return and_(from_on <= today, or_(to_on.is_(None), to_on >= today))
