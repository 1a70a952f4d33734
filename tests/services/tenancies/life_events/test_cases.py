"""A death ends the breathing space of whoever died; what else is stopped then is another hold."""

from datetime import date

import pytest

from app.models.values import CaseEnd, HoldKind, LifeEvent, Stop
from app.services.holds import queries as holds
from app.services.holds.cases import commands as cases
from app.services.holds.cases import queries as case_queries
from app.services.holds.cases.dto import OpenCase
from app.services.tenancies.life_events import commands, queries
from app.services.tenancies.life_events.dto import Choice, Happened, NoteLifeEvent
from tests.factories import lettings
from tests.prepared import prepared

APPLIED, START, DIED = date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 12)


@prepared
def home(desk):
    return desk.do(lettings.letting, who=("Maria", "Testerton"))


def enter(desk, home, kind=HoldKind.BREATHING_SPACE, more=()):
    people = (home.person.id, *more)
    case = OpenCase(kind, "BS-1", people, APPLIED, APPLIED, START, (home.account.id,), searched=True)
    return desk.do(cases.open_case, case).case_id


def happen(desk, home, kind=LifeEvent.DEATH):
    happened = Happened(home.person.id, kind, DIED)
    found = desk.ask(queries.what_hangs, happened)
    desk.do(
        commands.note_life_event,
        NoteLifeEvent(happened, date(2026, 11, 20), choices={each.key: each.proposed for each in found}),
    )
    return {each.source: each.proposed for each in found}


def test_a_breathing_space_ends_with_a_death(desk, home):
    case_id = enter(desk, home)
    proposed = happen(desk, home)
    assert (proposed["hold_case"], proposed["hold"]) == (Choice.STOP, Choice.DO)
    case = desk.ask(case_queries.detail, case_id)
    assert (case.end_on, case.end_reason) == (DIED, CaseEnd.DIED)
    stopped = desk.ask(holds.stops, None, Stop.RECOVERY)
    assert {each.kind for each in stopped.values()} == {HoldKind.DECEASED}


@pytest.mark.parametrize("kind", [HoldKind.BANKRUPTCY, HoldKind.IVA])
def test_insolvency_goes_on_with_the_estate(desk, home, kind):
    case_id = enter(desk, home, kind)
    assert happen(desk, home)["hold_case"] is Choice.KEEP
    assert desk.ask(case_queries.detail, case_id).ended_on is None


def test_a_stay_in_hospital_leaves_a_case_as_it_is(desk, home):
    enter(desk, home)
    assert "hold_case" not in happen(desk, home, LifeEvent.HOSPITAL)
