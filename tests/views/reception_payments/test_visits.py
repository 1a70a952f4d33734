"""The reception log by keyboard: logged, seen by two, ended with a signpost, booked, an incident read, work carried over."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from sqlalchemy import select

from app.bootstrap.doors import LETTERS
from app.models.people import PersonFlag
from app.models.reception_payments.visits import Visit, VisitSignpost
from app.models.values import Handed, PersonFlagKind, Subject, VisitKind, VisitState
from app.services.core import search_index
from app.services.reception_payments.visits import commands, queries
from app.services.reception_payments.visits.dto import EndVisit, NewAppointment, NewVisit
from app.views.common.begin_work import BeginWork
from app.views.common.letter_sheet import LetterSheet
from app.views.reception_payments.controller.appointments import AppointmentsController
from app.views.reception_payments.controller.for_them import ForThem
from app.views.reception_payments.controller.incidents import IncidentsController
from app.views.reception_payments.controller.reasons import ReasonsController
from app.views.reception_payments.controller.signposts import SignpostsController
from app.views.reception_payments.controller.visits import VisitsController
from app.views.reception_payments.log_sheets import BookSheet, IncidentSheet, ReadSheet, ReasonSheet, SignpostSheet
from app.views.reception_payments.visit_sheets import EndSheet, LogSheet, SeeSheet
from app.views.rent.controller.visits_of_account import VisitsOfAccountController
from tests.views.desktop import sheet_of, type_text
from tests.views.purchase_orders.hands import BOTH, CTRL, Key
from tests.views.reception_payments.sections import section  # noqa: F401  a fixture


@pytest.fixture
def known(desk, reception):
    """The tenant of the home is found by name."""
    desk.do(lambda ctx: search_index.index_record(ctx, Subject.ACCOUNT, reception.rent, "Alex Sample", "70 0001"))
    return reception


def flagged(desk, known):
    row = {"person_id": known.person, "kind": PersonFlagKind.SAFETY, "flag": "Two officers"}
    desk.do(lambda ctx: ctx.session.add(PersonFlag(**row, from_on=date(2026, 1, 1))))


def came(desk, **rest):
    reason = desk.ask(queries.reasons)[0].id
    return desk.do(commands.log, NewVisit(reason, VisitKind.VISIT, **rest))


def visits(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(Visit).order_by(Visit.id)).all())


def test_a_tenant_is_logged_by_the_account_alone(desk, known, section):  # noqa: F811
    flagged(desk, known)
    controller, hands = section(VisitsController)
    sheet = hands.opens(LogSheet, Key.Key_N, CTRL)
    hands.picks(sheet, "account_id", "Alex")
    hands.until(lambda: "Take care: Two officers." in sheet._mind.text())
    hands.saves(sheet)
    (row,) = visits(desk)
    assert (row.account_id, row.person_id, row.state) == (known.rent, known.person, VisitState.WAITING)
    hands.until(lambda: controller.page.model.rowCount() == 1)
    assert hands.told() == "They are in the log, and wait."


def test_a_tenant_is_logged_in_three_keys_beside_their_name(desk, known, section):  # noqa: F811
    """Ctrl+N, the name, Enter on whom it finds, Ctrl+Enter."""
    _, hands = section(VisitsController)
    sheet = hands.opens(LogSheet, Key.Key_N, CTRL)
    type_text(sheet, "Alex")
    hands.until(lambda: sheet.account.completer_popup().isVisible())
    QTest.keyClick(sheet.account.completer_popup(), Key.Key_Return)
    hands.saves(sheet)
    assert [row.account_id for row in visits(desk)] == [known.rent]


def test_somebody_without_a_name_or_an_account_is_asked_who_they_are(known, section):  # noqa: F811
    _, hands = section(VisitsController)
    sheet = hands.opens(LogSheet, Key.Key_N, CTRL)
    assert "Say who they are" in hands.refused(sheet, "name")
    hands.types(sheet, name="A Stranger")
    hands.saves(sheet)


def test_whom_a_safety_flag_is_about_is_seen_by_two_and_the_door_waits(desk, colleague, known, section):  # noqa: F811
    flagged(desk, known)
    came(desk, account_id=known.rent)
    _, hands = section(VisitsController)
    sheet = hands.opens(SeeSheet, Key.Key_E, BOTH)
    assert "Two officers" in sheet.explained
    assert "Choose who is with you" in hands.refused(sheet, "with_officer_id")
    sheet.fields.fill({"with_officer_id": colleague.officer.id})
    hands.saves(sheet)
    (row,) = visits(desk)
    assert (row.state, row.safe_with) == (VisitState.SEEN, colleague.officer.id)


def test_a_visit_ends_with_what_came_of_it_a_signpost_and_a_call_back(desk, known, section):  # noqa: F811
    came(desk, account_id=known.rent, person_id=known.person)
    controller, hands = section(VisitsController)
    sheet = hands.opens(EndSheet, Key.Key_F2)
    assert "Say what came of it" in hands.refused(sheet, "outcome")
    hands.types(sheet, outcome="Wants to pay weekly", call_back_on="23/11/2026")
    sheet.fields.fill({"signposts": ("Debt and money advice",), "handed": Handed.READ})
    hands.saves(sheet)
    (row,) = visits(desk)
    assert (row.state, row.outcome, row.task_id is not None) == (VisitState.DONE, "Wants to pay weekly", True)
    assert desk.ask(lambda ctx: ctx.session.scalars(select(VisitSignpost)).one()).handed is Handed.READ
    hands.until(lambda: controller.page.model.rowCount() == 0)


def test_what_is_done_for_them_begins_on_its_tab_with_their_account(desk, known, section):  # noqa: F811
    came(desk, account_id=known.rent)
    controller, _ = section(VisitsController)
    begun = []
    helper = controller.page.findChild(ForThem)
    helper._office = replace(controller.office, show_only=lambda area, wanted: begun.append((area, wanted)))
    for action in helper.menu.actions():
        action.trigger()
    assert ("direct_debits", BeginWork(known.rent, "setting_up")) in begun
    assert ("rent", BeginWork(known.rent, "statement")) in begun
    assert ("post_log", BeginWork(known.rent, "logging")) in begun


def test_an_appointment_is_booked_and_whoever_comes_is_logged(desk, known, section):  # noqa: F811
    controller, hands = section(AppointmentsController)
    sheet = hands.opens(BookSheet, Key.Key_N, CTRL)
    hands.types(sheet, at="23:50", name="A Stranger")
    hands.saves(sheet)
    hands.until(lambda: controller.page.model.rowCount() == 1)
    hands.press(Key.Key_E, BOTH)
    hands.until(lambda: visits(desk))
    assert visits(desk)[0].name == "A Stranger"


def test_an_incident_is_reported_and_read(desk, known, section):  # noqa: F811
    controller, hands = section(IncidentsController)
    sheet = hands.opens(IncidentSheet, Key.Key_N, CTRL)
    hands.types(sheet, words="Threw a chair")
    hands.saves(sheet)
    hands.until(lambda: controller.page.model.rowCount() == 1)
    read = hands.opens(ReadSheet, Key.Key_F2)
    assert read.words.toPlainText() == "Threw a chair"


def test_reasons_and_signposts_are_kept_on_screen(desk, known, section):  # noqa: F811
    _, hands = section(ReasonsController)
    sheet = hands.opens(ReasonSheet, Key.Key_N, CTRL)
    hands.types(sheet, name="Garage keys")
    hands.saves(sheet)
    assert "Garage keys" in [row.name for row in desk.ask(queries.reasons)]
    _, hands = section(SignpostsController)
    sheet = hands.opens(SignpostSheet, Key.Key_N, CTRL)
    hands.types(sheet, title="Food bank", words="Saturdays", telephone="01632 960 123")
    hands.saves(sheet)
    assert "Food bank" in [row.title for row in desk.ask(queries.signposts)]


def test_a_signpost_is_found_and_gone_to_from_the_field(desk, known, section):  # noqa: F811
    """Ctrl+F, words, Down: nobody needs the mouse to reach the second of those that are found."""
    controller, hands = section(SignpostsController)
    page = controller.page
    hands.press(Key.Key_F, CTRL)
    type_text(page, "debt")
    hands.until(lambda: page.model.rowCount() == 2)
    assert page.text.hasFocus()
    hands.press(Key.Key_Down, on=page.text)
    assert page.table.row().title == "Debt and money advice"
    hands.press(Key.Key_Up, on=page.text)
    assert page.table.row().title == "Breathing Space"


def test_the_account_shows_who_came_and_what_came_of_it(desk, known, office, qtbot):
    visit = came(desk, account_id=known.rent)
    desk.do(commands.finish, EndVisit(visit, "Brought a payslip"))
    part = VisitsOfAccountController(office)
    qtbot.addWidget(part.widget)
    part.show(known.rent, None)
    qtbot.waitUntil(lambda: part.widget.visits.rowCount() == 1)
    assert part.widget.visits.rows[0].outcome == "Brought a payslip"
    assert part.widget.said.text() == "1 visit or call."


def booked(desk, known, minutes=60):
    at = desk.clock.now() + timedelta(minutes=minutes)
    reason = desk.ask(queries.reasons)[0].id
    return desk.do(commands.book, NewAppointment(at, 20, reason, account_id=known.rent))


def test_an_appointment_that_is_booked_is_told_of_in_a_letter_that_is_filled_in(desk, office, known, section):  # noqa: F811
    object.__setattr__(office, "letters", LETTERS)
    _, hands = section(AppointmentsController)
    sheet = hands.opens(BookSheet, Key.Key_N, CTRL)
    hands.picks(sheet, "account_id", "Alex")
    hands.types(sheet, at="23:50")
    sheet.fields.fill({"tells": "text_appointment"})
    hands.press(Key.Key_Return, CTRL, on=sheet)
    letter = hands.sheet(LetterSheet)
    hands.until(lambda: letter.chosen() is not None)
    assert letter.chosen().key == "text_appointment"
    assert letter.blanks.answers()["time"] == "23:50"
    assert letter.blanks.answers()["date"].endswith("November 2026")


def test_nothing_of_an_appointment_is_sent_where_a_safety_flag_is_set(desk, office, known, section):  # noqa: F811
    object.__setattr__(office, "letters", LETTERS)
    flagged(desk, known)
    booked(desk, known)
    controller, hands = section(AppointmentsController)
    hands.until(lambda: controller.page.model.rowCount() == 1)
    hands.press(Key.Key_M, CTRL)
    hands.until(lambda: "safety flag" in hands.told())
    assert controller.page.findChildren(LetterSheet) == []


def test_a_visit_ends_with_a_leaflet_that_is_printed_or_words_that_are_read_out(desk, known, section):  # noqa: F811
    came(desk, account_id=known.rent, person_id=known.person)
    _, hands = section(VisitsController)
    sheet = hands.opens(EndSheet, Key.Key_F2)
    sheet.fields.fill({"signposts": ("Homelessness",), "handed": Handed.READ})
    assert "0808 800 4444" in sheet._read.text()
    hands.types(sheet, outcome="Sent on")
    sheet.fields.fill({"handed": Handed.PRINTED})
    assert not sheet._read.isVisible()
    hands.saves(sheet)
    sheet_of(hands.qtbot, QPrintDialog).close()
    hands.until(lambda: True)
