"""Who came and called: waited, seen by two where a flag says so, sent on, called back, booked, and what happened."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.people import PersonFlag
from app.models.reception_payments.visits import VisitIncident, VisitReason
from app.models.values import Handed, IncidentKind, PersonFlagKind, VisitKind, VisitState
from app.services.core.errors import NotAllowed, UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.reception_payments.visits import commands, queries
from app.services.reception_payments.visits.dto import EndVisit, NewAppointment, NewVisit, Sent
from app.services.reception_payments.visits.incidents import commands as incidents
from app.services.reception_payments.visits.incidents.dto import NewIncident
from tests.conftest import TODAY
from tests.services.reception_payments.conftest import clerk  # noqa: F401  a fixture

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def reason(desk, key="balance"):
    return desk.ask(lambda ctx: ctx.session.scalars(select(VisitReason.id).where(VisitReason.key == key)).one())


def came(desk, reception, **rest):
    new = {"account_id": reception.rent, "person_id": reception.person, "desk_id": reception.counter} | rest
    return desk.do(commands.log, NewVisit(reason(desk), VisitKind.VISIT, **new))


class Later:
    """A clock that stands so many minutes after noon."""

    def __init__(self, minutes):
        self._now = NOON + timedelta(minutes=minutes)

    def now(self):
        return self._now

    def today(self):
        return self._now.date()


def later(desk, minutes):
    return Desk.sit_down(desk.database, desk.officer.username, Later(minutes))


def flag(desk, reception, kind=PersonFlagKind.SAFETY):
    row = {"person_id": reception.person, "kind": kind, "flag": "Two officers", "from_on": date(2026, 1, 1)}
    desk.do(lambda ctx: ctx.session.add(PersonFlag(**row)))


def test_somebody_waits_is_seen_and_is_done(desk, colleague, reception):
    """Came at noon, seen at 12:17, so they waited 17 minutes."""
    visit = came(desk, reception, accompanied_by="Her daughter")
    (row,) = later(desk, 5).ask(queries.waiting)
    assert (row.number, row.who, row.waited, row.accompanied_by) == (1, "Mx Alex Sample", 5, "Her daughter")
    later(desk, 17).do(commands.see, visit)
    with pytest.raises(UserError, match="don't wait any more"):
        colleague.do(commands.see, visit)
    done = later(desk, 30)
    place = desk.ask(queries.signposts)[0].id
    end = EndVisit(visit, "Balance told", told=True, sent=(Sent(place, Handed.READ),), call_back_on=date(2026, 11, 23))
    done.do(commands.finish, end)
    assert desk.ask(queries.waiting) == ()
    (row,) = desk.ask(queries.of_days, TODAY, TODAY)
    assert (row.state, row.waited, row.seen_by, row.outcome) == (VisitState.DONE, 17, "Test Officer", "Balance told")
    task = desk.ask(lambda ctx: ctx.session.scalars(select(Task)).one())
    assert (task.title, task.due_on, task.subject_id) == ("Call back", date(2026, 11, 23), reception.rent)


def test_whom_a_safety_flag_is_about_is_seen_by_two(desk, colleague, reception):
    flag(desk, reception)
    visit = came(desk, reception, person_id=None)
    assert [each.words for each in desk.ask(queries.waiting)[0].cautions] == ["Two officers"]
    for alone in (None, desk.officer.id):
        with pytest.raises(UserError, match="seen by two officers"):
            desk.do(commands.see, visit, alone)
    with pytest.raises(UserError, match="seen by two officers"):
        desk.do(commands.finish, EndVisit(visit, "Gone"))
    desk.do(commands.see, visit, colleague.officer.id)
    assert desk.ask(queries.waiting)[0].state is VisitState.SEEN


def test_a_caution_is_told_and_asks_for_nobody_else(desk, reception):
    flag(desk, reception, PersonFlagKind.CAUTION)
    visit = came(desk, reception)
    assert len(desk.ask(queries.waiting)[0].cautions) == 1
    desk.do(commands.see, visit)


def test_what_is_missing_is_said(desk, reception):
    with pytest.raises(UserError, match="Say who they are"):
        came(desk, reception, person_id=None, account_id=None)
    visit = came(desk, reception)
    with pytest.raises(UserError, match="Say what came of it"):
        desk.do(commands.finish, EndVisit(visit, " "))
    with pytest.raises(UserError, match="That day has passed"):
        desk.do(commands.finish, EndVisit(visit, "x", call_back_on=date(2026, 11, 20)))
    desk.do(commands.left, visit)
    with pytest.raises(UserError, match="is over already"):
        desk.do(commands.finish, EndVisit(visit, "x"))


def booked(desk, at, minutes=20, **rest):
    return desk.do(commands.book, NewAppointment(at, minutes, reason(desk), name="A Sample", **rest))


def test_an_officer_is_booked_once_at_a_time(desk, colleague, reception):
    """From 14:00 for 30 minutes; 14:20 isn't free, 14:30 is."""
    at = NOON + timedelta(hours=2)
    mine = {"with_officer_id": colleague.officer.id}
    first = booked(desk, at, 30, **mine)
    with pytest.raises(UserError, match="another appointment then"):
        booked(desk, at + timedelta(minutes=20), **mine)
    booked(desk, at + timedelta(minutes=30), **mine)
    with pytest.raises(UserError, match="has passed"):
        booked(desk, NOON - timedelta(minutes=1))
    with pytest.raises(UserError, match="still to come"):
        desk.do(commands.call_off, first, missed=True)
    desk.do(commands.call_off, first)
    assert [row.at for row in desk.ask(queries.appointments, TODAY, TODAY)] == [at + timedelta(minutes=30)]


def test_an_appointment_becomes_a_visit(desk, reception):
    first = booked(desk, NOON + timedelta(hours=1))
    came(desk, reception, appointment_id=first)
    assert [row.state.value for row in desk.ask(queries.appointments, TODAY, TODAY)] == ["came"]
    with pytest.raises(UserError, match="This appointment is over"):
        came(desk, reception, appointment_id=first)


def test_an_incident_is_sealed_and_read_by_few(desk, clerk, colleague, reception):  # noqa: F811
    new = NewIncident(IncidentKind.THREAT, NOON - timedelta(minutes=5), "Threw a chair", desk_id=reception.counter)
    made = clerk.do(incidents.report, new)
    row = desk.ask(lambda ctx: ctx.session.get_one(VisitIncident, made))
    assert b"chair" not in row.sealed
    assert clerk.do(incidents.read, made).words == "Threw a chair"
    assert colleague.do(incidents.read, made).words == "Threw a chair"
    desk.do(add, NewOfficer("other", "Test Other", frozenset({Role.RENTS_OFFICER})))
    with pytest.raises(NotAllowed):
        Desk.sit_down(desk.database, "other", desk.clock).do(incidents.read, made)
    assert desk.ask(lambda ctx: ctx.session.scalars(select(Task.title)).all()) == ["Look at incident 1"]
