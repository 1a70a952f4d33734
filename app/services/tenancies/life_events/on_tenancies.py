"""The tenancies that somebody holds: they end, pass to whoever holds them too, or go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.endings import STANDING, Ending
from app.models.values import EndReason, LifeEvent, PropertyType
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.diary.keeping import written
from app.services.tenancies.endings import noting, previewing, reading
from app.services.tenancies.endings.dto import NoteEnding
from app.services.tenancies.life_events import passing, registry, rules
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.held import Held, held
from app.services.tenancies.life_events.registry import Hanging

_TENANCIES: Final = "Tenancies"
_REASONS: Final = {
    LifeEvent.DEATH: EndReason.DEATH,
    LifeEvent.MOVE: EndReason.TENANT_NOTICE,
    LifeEvent.HOSPITAL: EndReason.TENANT_NOTICE,
    LifeEvent.PRISON: EndReason.TENANT_NOTICE,
    LifeEvent.ABANDONMENT: EndReason.ABANDONED,
    LifeEvent.EVICTION: EndReason.EVICTED,
    LifeEvent.RIGHT_TO_BUY: EndReason.RIGHT_TO_BUY,
}
_LATER: Final = {
    LifeEvent.DEATH: "A task: who may succeed, who gives notice, or notice to the Public Trustee",
    LifeEvent.MOVE: "A task: get their notice in writing",
    LifeEvent.HOSPITAL: "A task: ask whether they mean to come back",
    LifeEvent.PRISON: "A task: ask whether they mean to come back",
    LifeEvent.ABANDONMENT: "A task: visit, ask the neighbours, and serve notice to quit",
    LifeEvent.EVICTION: "A task: end it when possession is taken",
    LifeEvent.RIGHT_TO_BUY: "A task: end it when the sale completes",
}


def register() -> None:
    """Plug in the tenancies themselves."""
    registry.register(Hanging("tenancy", 30, _find, _apply, _tell))


def _find(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    homes_end = False
    tenancies = held(ctx, happened)
    endings = _endings(ctx, [each.tenancy_id for each in tenancies])
    for each in tenancies:
        garage = each.type is PropertyType.GARAGE
        ending = endings.get(each.tenancy_id)
        propose = rules.garage if garage else rules.dwelling
        choices = propose(happened.kind, joint=each.joint)
        if ending is not None:
            choices = (Choice.KEEP, Choice.LATER)
        homes_end = homes_end or (not garage and choices[0] in {Choice.STOP, Choice.LATER})
        options = tuple(Option(choice, _words(happened, each, choice)) for choice in choices)
        why = f"It ends on {written(ending)} already" if ending else _why(happened, each, homes_end)
        yield Hangs(
            "tenancy",
            _TENANCIES,
            each.what,
            options,
            record_id=each.tenancy_id,
            account_id=each.main.account_id if each.main else None,
            reference=each.main.reference if each.main else "",
            why=why,
            warns=not garage and choices[0] is not Choice.KEEP,
        )


def _endings(ctx: Context, tenancy_ids: list[int]) -> dict[int, date]:
    """The last day of those whose ending is noted already."""
    found: dict[int, date] = {}
    for chunk in in_chunks(tenancy_ids):
        statement = select(Ending.tenancy_id, Ending.ends_on).where(
            Ending.tenancy_id.in_(chunk), Ending.state.in_(STANDING)
        )
        found.update({row.tenancy_id: row.ends_on for row in ctx.session.execute(statement)})
    return found


def _words(happened: Happened, each: Held, choice: Choice) -> str:
    if choice is Choice.MOVE:
        return "Passes to whoever holds it too" if each.others > 1 else "Passes to the other tenant"
    if choice is Choice.KEEP:
        return "Goes on"
    if choice is Choice.STOP:
        day = _last_day(happened)
        return f"Ends on {written(day)}" if day else "An ending is noted, with the notice that the policy asks for"
    return _LATER[happened.kind] if each.type is not PropertyType.GARAGE else "A task: ask what becomes of it"


def _why(happened: Happened, each: Held, homes_end: bool) -> str:
    """What to know before deciding, as a sentence; the law in words."""
    if each.type is PropertyType.GARAGE:
        return "VAT is charged once they are no tenant of a home near it" if homes_end and not each.joint else ""
    if happened.kind is not LifeEvent.DEATH:
        return ""
    if each.joint:
        return "A joint tenant's share passes to the others by survivorship; that is the one succession the law allows"
    if each.succeeded:
        return "The one succession that the law allows was used before, so nobody can succeed by right"
    return "A tenancy doesn't end with a death: it goes on until notice is given or somebody succeeds"


def _last_day(happened: Happened) -> date | None:
    """The last day where it follows from the event: the day of an eviction, the day before a sale."""
    if happened.kind is LifeEvent.RIGHT_TO_BUY:
        return happened.on - timedelta(days=1)
    return happened.on if happened.kind in {LifeEvent.EVICTION, LifeEvent.ABANDONMENT} else None


def _apply(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if choice is Choice.KEEP or hangs.record_id is None:
        return Outcome("Goes on")
    if choice is Choice.MOVE:
        return passing.pass_on(ctx, new, hangs.record_id)
    noted = noting.note(ctx, _ending(new, hangs.record_id))
    words = f"Ends on {written(noted.ending.ends_on)}; see Endings for what is left to do"
    return Outcome(words, account_ids=noted.found.account_ids)


def _ending(new: NoteLifeEvent, tenancy_id: int) -> NoteEnding:
    """The ending that follows from the event."""
    happened = new.happened
    return NoteEnding(
        tenancy_id=tenancy_id,
        reason=_REASONS[happened.kind],
        notice_on=new.told_on if _last_day(happened) is None else None,
        agreed_on=_last_day(happened),
        forwarding_address=new.address.strip() if happened.kind is LifeEvent.MOVE else "",
        contact_name=new.contact_name.strip(),
        contact_details=new.address.strip() if happened.kind is LifeEvent.DEATH else "",
    )


def _tell(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Iterator[Effect]:
    """Of an ending, what it does to the days and the charges; of a tenancy that passes on, its new name."""
    if choice is Choice.MOVE and hangs.record_id is not None:
        yield from passing.tell(ctx, new, hangs, hangs.record_id)
    if choice is Choice.STOP and hangs.record_id is not None:
        found = reading.case(ctx, hangs.record_id)
        told = previewing.of_ending(ctx, found, _ending(new, hangs.record_id))
        yield from (replace(each, group=hangs.what) for each in told if each.group in {"Tenancy", "Charges"})
