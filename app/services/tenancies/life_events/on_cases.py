"""The breathing space and insolvency cases that protect somebody: a breathing space ends with a death, the others don't."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.models.holds import HoldCase, HoldCasePerson
from app.models.values import CaseEnd, HoldKind, LifeEvent
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.holds.cases import commands as cases
from app.services.holds.cases.dto import EndCase
from app.services.holds.dto import KINDS
from app.services.tenancies.life_events import registry
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Option, Outcome
from app.services.tenancies.life_events.registry import Hanging

_CASES: Final = "Holds"


def register() -> None:
    """Plug in cases, ended before a hold after a death is placed."""
    registry.register(Hanging("hold_case", 65, _find, _apply))


def _find(ctx: Context, happened: Happened) -> Iterator[Hangs]:
    """The open cases of whoever died; other events leave a case as it is."""
    if happened.kind is not LifeEvent.DEATH:
        return
    each = aliased(HoldCasePerson)
    people = select(func.count()).select_from(each).where(each.case_id == HoldCase.id).scalar_subquery()
    statement = (
        select(HoldCase, people)
        .join(HoldCasePerson, HoldCasePerson.case_id == HoldCase.id)
        .where(HoldCasePerson.person_id == happened.person_id, HoldCase.ended_on.is_(None))
        .order_by(HoldCase.id)
    )
    for case, protected in ctx.session.execute(statement):
        ends = case.kind is HoldKind.BREATHING_SPACE and protected == 1
        options = (
            Option(Choice.STOP, f"Ends on {written(happened.on)}, the day of the death"),
            Option(Choice.KEEP, "Goes on"),
        )
        yield Hangs(
            "hold_case",
            _CASES,
            f"{KINDS[case.kind]} {case.reference}",
            options if ends else options[::-1],
            record_id=case.id,
            why="A breathing space ends when the person it protects dies (SI 2020/1311)"
            if ends
            else "Others are protected by it, or it goes on with the estate",
        )


def _apply(ctx: Context, new: NoteLifeEvent, hangs: Hangs, choice: Choice) -> Outcome:
    if choice is Choice.KEEP or hangs.record_id is None:
        return Outcome("Goes on")
    case = ctx.session.get_one(HoldCase, hangs.record_id)
    last_on = max(new.happened.on, case.start_on - timedelta(days=1))
    saved = cases.end_case(ctx, EndCase(case.id, case.version, last_on, CaseEnd.DIED))
    return Outcome(f"Ended on {written(last_on)}", account_ids=saved.changes.account_ids)
