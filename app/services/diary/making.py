"""Making the recurring tasks that are wanted today, each for whoever is there to do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy import func, select

from app.models.diary import Absence, Task
from app.models.officers import Officer
from app.services.core.calendars import rent_year
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.officers import SYSTEM
from app.services.core.rent_years import stated_years
from app.services.diary import keeping
from app.services.diary.calendar import office_days
from app.services.diary.dto import NewTask, TasksMade
from app.services.diary.rules import Occurrence, Template, to_make
from app.services.diary.templates import shipped, templates

_WINDOW = timedelta(days=100)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works here, and who is away when with whom to cover."""

    active: frozenset[int]
    away: tuple[tuple[int, date, date, int | None], ...]

    def absence(self, officer_id: int, on: date) -> tuple[date, int | None] | None:
        """The last day and the cover of an officer who is away on a day; None if they are there."""
        for who, from_on, to_on, cover in self.away:
            if who == officer_id and from_on <= on <= to_on:
                return to_on, cover
        return None

    def is_there(self, officer_id: int, on: date) -> bool:
        """Whether an officer works here and isn't away on a day."""
        return officer_id in self.active and self.absence(officer_id, on) is None


def make_due(ctx: Context) -> TasksMade:
    """Make what is wanted today and isn't there; the database refuses a second of the same template and occurrence."""
    office, staff, made = office_days(ctx), _staff(ctx), _made(ctx)
    year_of = partial(rent_year, stated=stated_years(ctx.session))
    today = ctx.clock.today()
    known = {each.key for each in shipped()}
    begun = ctx.session.scalar(select(func.min(Task.created_at)).where(Task.template.is_not(None)))
    titles: list[str] = []
    for template in templates(ctx):
        if not template.active:
            continue
        wanted = to_make(
            template.rhythm,
            today=today,
            made=made.get(template.key, ()),
            lead_days=template.lead_days,
            catch_up=template.catch_up,
            office=office,
            year_of=year_of,
            since=begun.date() if begun and template.key in known else None,
        )
        for occurrence in wanted:
            _make(ctx, template, occurrence, staff)
            titles.append(template.title)
    return TasksMade(len(titles), tuple(dict.fromkeys(titles)), Changes(frozenset({"diary"} if titles else ())))


def _make(ctx: Context, template: Template, occurrence: Occurrence, staff: Staff) -> None:
    officer_id, why = _holder(template, max(occurrence.due_on, ctx.clock.today()), staff)
    team_id = template.owner_team_id if officer_id is None else None
    new = NewTask(
        title=template.title,
        due_on=occurrence.due_on,
        details=template.details,
        officer_id=officer_id,
        team_id=team_id,
        priority=template.priority,
        evidence_wanted=template.evidence_wanted,
        proof=template.proof,
        template=template.key,
        occurrence_on=occurrence.on,
    )
    keeping.add_task(ctx, new, why or "Recurring task")


def _holder(template: Template, on: date, staff: Staff) -> tuple[int | None, str]:
    """Who gets it and a word why: its owner, or while they are away its cover, their own cover, its team, or nobody yet."""
    if template.owner_id is None:
        alone = template.owner_team_id is None and len(staff.active) == 1
        return (next(iter(staff.active)) if alone else None), ""
    if staff.is_there(template.owner_id, on):
        return template.owner_id, ""
    away = staff.absence(template.owner_id, on)
    why = f"Its owner is away until {keeping.written(away[0])}" if away else "Its owner has left"
    for cover in (template.cover_id, away[1] if away else None):
        if cover is not None and staff.is_there(cover, on):
            return cover, why
    return (template.owner_id if away else None), why


def _staff(ctx: Context) -> Staff:
    active = ctx.session.scalars(select(Officer.id).where(Officer.active, Officer.username != SYSTEM))
    away = ctx.session.execute(
        select(Absence.officer_id, Absence.from_on, Absence.to_on, Absence.cover_id)
        .where(Absence.to_on >= ctx.clock.today())
        .order_by(Absence.from_on)
    )
    return Staff(frozenset(active), tuple((row[0], row[1], row[2], row[3]) for row in away))


def _made(ctx: Context) -> Mapping[str, set[date]]:
    """The occurrences made lately of each template, and the last one ever made."""
    found: dict[str, set[date]] = {}
    lately = select(Task.template, Task.occurrence_on).where(Task.occurrence_on >= ctx.clock.today() - _WINDOW)
    last = select(Task.template, func.max(Task.occurrence_on)).where(Task.template.is_not(None)).group_by(Task.template)
    for statement in (lately, last):
        for key, on in ctx.session.execute(statement):
            if key is not None and on is not None:
                found.setdefault(key, set()).add(on)
    return found
