"""What hangs on the person themselves: who speaks for them, and where they are written to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import or_, select

from app.models.people import Associate, PersonAddress
from app.models.values import AddressKind, Authority, LifeEvent
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.rent.search import refresh_search
from app.services.tenancies.life_events import registry
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import held
from app.services.tenancies.life_events.queries import somebody
from app.services.tenancies.life_events.registry import Hanging

_AUTHORITY: Final = "Authority"
_LIKELY: Final = {Authority.SPEAK: "speaks", Authority.ACT: "acts"}


def register() -> None:
    """Plug in the authority that others have."""
    registry.register(Hanging("authority", 20, _find_authority, _apply_authority))


def keep_contact(ctx: Context, new: NoteLifeEvent) -> None:
    """Keep who deals with somebody's affairs, and where somebody who moved lives now."""
    happened = new.happened
    if name := new.contact_name.strip():
        ctx.session.add(
            Associate(
                person_id=happened.person_id,
                name=name,
                relation=new.relation.strip(),
                address=new.address.strip() if happened.kind is not LifeEvent.MOVE else "",
                authority=Authority.SPEAK,
                evidence="",
                next_of_kin=happened.kind is LifeEvent.DEATH,
                from_on=new.told_on,
            )
        )
    if happened.kind is LifeEvent.MOVE and new.address.strip():
        *lines, postcode = new.address.strip().splitlines()
        ctx.session.add(
            PersonAddress(
                person_id=happened.person_id,
                kind=AddressKind.FORWARDING,
                lines="\n".join(lines)[:400] or postcode[:400],
                postcode=postcode.strip()[:10] if lines else "",
                from_on=happened.on,
            )
        )
        tenancies = held(ctx, happened)
        if not any(each.joint for each in tenancies):
            somebody(ctx, happened.person_id).correspondence_address = new.address.strip()
        ctx.session.flush()
        refresh_search(ctx, {account.account_id for each in tenancies for account in each.accounts})
    ctx.session.flush()


def _find_authority(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    statement = (
        select(Associate)
        .where(
            Associate.person_id == happened.person_id,
            Associate.authority != Authority.NONE,
            or_(Associate.to_on.is_(None), Associate.to_on >= happened.on),
        )
        .order_by(Associate.id)
    )
    died = happened.kind is LifeEvent.DEATH
    options = (
        Option(Choice.STOP, f"Ends on {written(happened.on)}"),
        Option(Choice.KEEP, "Goes on"),
    )
    for each in ctx.session.scalars(statement):
        yield Hangs(
            "authority",
            _AUTHORITY,
            f"Their {each.relation} {_LIKELY[each.authority]} for them",
            options if died else options[::-1],
            record_id=each.id,
            why="A power to act for somebody ends when they die; an executor's begins" if died else "",
        )


def _apply_authority(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if choice is Choice.KEEP or hangs.record_id is None:
        return Outcome("Goes on")
    found = ctx.session.get_one(Associate, hangs.record_id)
    found.to_on = max(new.happened.on, found.from_on)
    ctx.session.flush()
    return Outcome(f"Ended on {written(found.to_on)}")
