"""What the office keeps for its reception, what is texted of it, and who learns of an incident."""

import io
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.diary import Task
from app.models.holds import Flag
from app.models.letters import Outgoing
from app.models.officers import Officer, Team
from app.models.people import Person, PersonFlag
from app.models.values import FormatNeed, Handed, IncidentKind, PersonFlagKind, VisitKind, VisitState
from app.services.core.errors import UserError
from app.services.reception_payments.visits import commands, leaflet, screen
from app.services.reception_payments.visits import queries as visits
from app.services.reception_payments.visits.dto import (
    AppointmentView,
    EndVisit,
    NewAppointment,
    NewVisit,
    Sent,
    VisitFilter,
    VisitView,
)
from app.services.reception_payments.visits.incidents import commands as incidents
from app.services.reception_payments.visits.incidents import queries as listed
from app.services.reception_payments.visits.incidents.dto import NewIncident
from app.services.reception_payments.visits.registers import commands as registers
from app.services.reception_payments.visits.registers import queries
from app.services.reception_payments.visits.registers.dto import ReasonRow, SignpostRow
from tests.conftest import TODAY
from tests.services.reception_payments.conftest import clerk  # noqa: F401  a fixture

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def reason(desk):
    return desk.ask(visits.reasons)[0].id


def came(desk, **rest):
    return desk.do(commands.log, NewVisit(reason(desk), VisitKind.VISIT, **rest))


def test_a_reason_is_made_and_one_of_the_program_stays_in_use(desk, reception):
    desk.do(registers.keep_reason, ReasonRow(0, "Garage keys", 99))
    rows = desk.ask(queries.reasons)
    assert (rows[-1].name, rows[-1].active, rows[-1].visits) == ("Garage keys", True, 0)
    with pytest.raises(UserError, match="There is one called"):
        desk.do(registers.keep_reason, ReasonRow(0, "garage KEYS"))
    (own,) = [row for row in rows if row.shipped]
    with pytest.raises(UserError, match="stays in use"):
        desk.do(registers.keep_reason, ReasonRow(own.reason_id, own.name, own.place, active=False, version=own.version))
    with pytest.raises(UserError, match="Give it a name"):
        desk.do(registers.keep_reason, ReasonRow(0, " "))


def test_a_signpost_says_where_to_turn_and_when_it_was_looked_up(desk, reception):
    desk.do(registers.keep_signpost, SignpostRow(0, "Food bank", "Saturdays, ten to noon.", "01632 960 123", place=99))
    row = desk.ask(queries.signposts)[-1]
    assert (row.told, row.verified_on) == ("Food bank\nSaturdays, ten to noon.\n01632 960 123", None)
    with pytest.raises(UserError, match="Say where people turn"):
        desk.do(registers.keep_signpost, SignpostRow(0, "Nothing", ""))
    with pytest.raises(UserError, match="still to come"):
        desk.do(registers.keep_signpost, SignpostRow(0, "Late", "x", verified_on=date(2026, 11, 22)))
    with pytest.raises(UserError, match="card number"):
        desk.do(registers.keep_signpost, SignpostRow(0, "Card", "4111 1111 1111 1111"))


def sent(desk, visit, mobile="07700 900123"):
    place = desk.ask(visits.signposts)[0]
    new = EndVisit(visit, "Sent on", sent=(Sent(place.id, Handed.TEXTED),), mobile=mobile)
    desk.do(commands.finish, new)
    return place


def texts(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing).order_by(Outgoing.id)).all())


def test_a_signpost_is_texted_to_a_tenant_and_to_somebody_without_an_account(desk, reception):
    place = sent(desk, came(desk, account_id=reception.rent, person_id=reception.person))
    sent(desk, came(desk, name="A Stranger"), "07700 900456")
    sent(desk, came(desk, account_id=reception.rent, name="Their sister"))
    first, second, third = texts(desk)
    assert (first.account_id, first.address, second.account_id) == (reception.rent, "+447700900123", None)
    assert [(each.addressee, each.person_id) for each in (first, second, third)] == [
        ("Mx Alex Sample", reception.person),
        ("A Stranger", None),
        ("Their sister", None),
    ]
    assert place.telephone in first.body


def test_nothing_is_texted_where_a_safety_flag_is_set_and_the_visit_stays_open(desk, reception):
    visit = came(desk, account_id=reception.rent, person_id=reception.person)
    desk.do(commands.see, visit)
    row = {"person_id": reception.person, "kind": PersonFlagKind.SAFETY, "flag": "Two officers"}
    desk.do(lambda ctx: ctx.session.add(PersonFlag(**row, from_on=date(2026, 1, 1))))
    assert desk.ask(screen.form, visit).mobile == ""
    with pytest.raises(UserError, match="safety flag"):
        sent(desk, visit)
    with pytest.raises(UserError):
        sent(desk, came(desk, name="A Stranger"), "none")
    assert texts(desk) == []
    assert {row.state for row in desk.ask(visits.waiting)} == {VisitState.SEEN, VisitState.WAITING}


def test_whoever_calls_needs_nobody_else_at_the_desk(desk, reception):
    row = {"person_id": reception.person, "kind": PersonFlagKind.SAFETY, "flag": "Two officers"}
    desk.do(lambda ctx: ctx.session.add(PersonFlag(**row, from_on=date(2026, 1, 1))))
    call = desk.do(commands.log, NewVisit(reason(desk), VisitKind.CALL, person_id=reception.person))
    assert not desk.ask(screen.form, call).by_two
    desk.do(commands.see, call)


def test_an_incident_is_the_task_of_the_leader_of_the_team_and_each_reading_is_kept(desk, clerk, colleague, reception):  # noqa: F811
    def team(ctx):
        made = Team(name="Reception", leader_id=colleague.officer.id)
        ctx.session.add(made)
        ctx.session.flush()
        ctx.session.get_one(Officer, clerk.officer.id).team_id = made.id

    desk.do(team)
    made = clerk.do(incidents.report, NewIncident(IncidentKind.ABUSE, NOON, "Shouted"))
    task = desk.ask(lambda ctx: ctx.session.scalars(select(Task)).one())
    assert (task.title, task.officer_id) == ("Look at incident 1", colleague.officer.id)
    assert [row.number for row in clerk.ask(listed.listed)] == [1]
    clerk.do(incidents.read, made)
    colleague.do(incidents.read, made)
    read = select(AuditEntry.officer_id).where(AuditEntry.table_name == "visit_incident", AuditEntry.action == "reveal")
    assert desk.ask(lambda ctx: ctx.session.scalars(read).all()) == [colleague.officer.id]


def test_the_log_is_listed_by_view_and_by_words(desk, reception):
    came(desk, name="A Stranger")
    desk.do(commands.left, came(desk, account_id=reception.rent))
    assert [row.who for row in desk.ask(screen.listed, VisitFilter(VisitView.HERE))] == ["A Stranger"]
    assert len(desk.ask(screen.listed, VisitFilter(VisitView.TODAY))) == 2
    assert [row.number for row in desk.ask(screen.listed, VisitFilter(VisitView.WEEK, "stranger"))] == [1]
    assert desk.ask(screen.counts) == {VisitView.HERE: 1}


def test_whoever_comes_for_an_appointment_is_logged_by_one_key(desk, reception):
    at = NOON.replace(hour=13)
    made = desk.do(commands.book, NewAppointment(at, 20, reason(desk), account_id=reception.rent))
    (row,) = desk.ask(screen.appointments, AppointmentView.TODAY)
    assert row.who
    desk.do(commands.came, made)
    (visit,) = desk.ask(visits.waiting)
    assert (visit.account_id, visit.arrived_at.date()) == (reception.rent, TODAY)
    with pytest.raises(UserError, match="This appointment is over"):
        desk.do(commands.came, made)


def test_what_stands_on_the_account_is_told_after_what_stands_on_whoever_came(desk, reception):
    day = date(2026, 1, 1)
    rows = (
        Flag(account_id=reception.rent, flag="never_alone", from_on=day),
        Flag(account_id=reception.rent, flag="over", from_on=day, to_on=day),
        PersonFlag(person_id=reception.person, kind=PersonFlagKind.VULNERABILITY, flag="Deaf", from_on=day),
    )
    desk.do(lambda ctx: ctx.session.add_all(rows))
    came(desk, account_id=reception.rent, person_id=reception.person)
    (row,) = desk.ask(visits.waiting)
    assert [each.words for each in row.cautions] == ["Deaf", "Never alone"]
    assert [each.words for each in desk.ask(screen.who, reception.rent).cautions] == ["Deaf", "Never alone"]


def leaflet_pages(desk, *titles, large=False):
    ids = {row.title: row.signpost_id for row in desk.ask(queries.signposts)}
    content = desk.ask(leaflet.draw, [ids[each] for each in titles], large=large)
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_signposts_are_one_leaflet_with_the_day_and_nobodys_name(desk, reception):
    (page,) = leaflet_pages(desk, "Debt and money advice", "Homelessness")
    assert page.index("Where to turn") < page.index("Debt and money advice") < page.index("Homelessness")
    assert "0800 144 8848" in page
    assert "21 November 2026" in page
    assert "Our reference" not in page
    assert "Dear" not in page


def test_a_leaflet_in_large_print_says_the_same(desk, reception):
    usual, large = leaflet_pages(desk, "Homelessness"), leaflet_pages(desk, "Homelessness", large=True)
    assert "0808 800 4444" in usual[0]
    assert "0808 800 4444" in large[0]
    assert usual != large


def test_a_leaflet_is_large_for_somebody_who_needs_that(desk, reception):
    visit = came(desk, account_id=reception.rent, person_id=reception.person)
    assert not desk.ask(screen.form, visit).large
    desk.do(lambda ctx: setattr(ctx.session.get(Person, reception.person), "format_need", FormatNeed.LARGE_PRINT))
    assert desk.ask(screen.form, visit).large
