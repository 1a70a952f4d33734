"""Cases on screen: opened, their clocks in words, challenged and closed by the keyboard's actions."""

from datetime import date

import pytest

from app.models.values import DebitCaseKind, Money
from app.services.core.changes import Changes
from app.services.direct_debits.cases import commands
from app.services.direct_debits.cases.dto import CaseAct, CaseForm, CaseView, ChallengeCase, Disputed, NewCase
from app.views.direct_debits.case_sheets import ChallengeSheet, CloseSheet, NewCaseSheet, NoteSheet
from app.views.direct_debits.cases import CasesPage, next_words
from app.views.direct_debits.controller.cases import CasesController
from tests.conftest import TODAY
from tests.factories import debits
from tests.views.desktop import wait


@pytest.fixture
def landlord_desk(desk):
    """The office of the tests of services, in place of the small landlord."""
    return desk


@pytest.fixture
def claim(desk):
    """A claim of £65.00 that was told on Friday 20 November 2026."""
    _, mandate_id, collection_id = desk.do(debits.home)
    new = NewCase("c", DebitCaseKind.INDEMNITY, mandate_id, "No notice came", date(2026, 11, 20), (collection_id,))
    return desk.do(commands.open_case, new).case_id


@pytest.fixture
def page(claim, office, qtbot):
    controller = CasesController(office)
    qtbot.addWidget(controller.page)
    controller.page.resize(1400, 800)
    controller.page.show()
    office.bus.changed.connect(lambda _changes: controller.refresh())
    controller.refresh()
    wait(qtbot, lambda: controller.page.detail is not None)
    return controller.page


def trigger(page, does, qtbot, office):
    next(each for each in page.actions() if each.text() == does).trigger()
    wait(qtbot, lambda: not office.tasks.busy)


def test_the_days_that_are_left_are_told_in_words(page):
    """Nine working days of Bacs are left from Monday 23 November to Thursday 3 December."""
    (row,) = page.model.rows

    assert next_words(row) == "Challenge by 3 Dec 2026, 9 days left"


def test_both_collections_of_one_day_and_amount_can_be_ticked(page):
    alike = tuple(Disputed(number, date(2026, 11, 2), Money(412_50)) for number in (11, 10))
    asked = NewCaseSheet(
        page, CaseForm(1, "R", "P", "", (*alike, Disputed(9, date(2026, 10, 2), Money(412_50)))), TODAY
    )
    asked.fields.fill({"words": "Collected twice", "collections": ("2 Nov 2026  £412.50  (1 of 2)",)})
    assert asked.command().collections == (11,)
    asked.fields.fill({"collections": tuple(asked._of)})
    assert set(asked.command().collections) == {9, 10, 11}


def test_what_is_next_is_the_primary_and_a_refund_is_for_whoever_may_ask_for_one(page, claim, desk, qtbot, office):
    buttons = page._buttons_of
    assert [act for act in buttons if buttons[act].property("role") == "primary"] == [CaseAct.CHALLENGE]
    version = page.detail.version
    desk.do(commands.challenge, ChallengeCase(claim, version, "The notice of 1 October"))
    office.bus.changed.emit(Changes(frozenset({"direct_debits"})))
    wait(qtbot, lambda: page.detail is not None and page.detail.row.state == "challenged")
    assert [act for act in buttons if buttons[act].property("role") == "primary"] == [CaseAct.CLOSE]
    without = CasesPage(may_keep=True, may_post=True, may_write=True, may_refund=False)
    qtbot.addWidget(without)
    assert CaseAct.REFUND not in without._allowed


def test_a_claim_is_challenged_and_waits_for_the_bank(page, qtbot, office):
    trigger(page, "Challenge", qtbot, office)
    made = page.findChild(ChallengeSheet)
    made.fields.fill({"words": "The notice of 1 October"})
    made.confirm_action.trigger()

    wait(qtbot, lambda: next_words(page.model.rows[0]).startswith("The bank takes it"))
    wait(qtbot, lambda: page.detail.row.state == "challenged")
    assert "Claim challenged" in [line.what for line in page.trail.rows]


def test_a_call_is_noted_and_stands_in_what_happened(page, qtbot, office):
    trigger(page, "Note a call", qtbot, office)
    made = page.findChild(NoteSheet)
    made.fields.fill({"text": "The bank asks for the notice"})
    made.confirm_action.trigger()

    wait(qtbot, lambda: "The bank asks for the notice" in [line.words for line in page.trail.rows])


def test_a_closed_case_leaves_the_open_ones(page, qtbot, office):
    trigger(page, "Close the case", qtbot, office)
    made = page.findChild(CloseSheet)
    made.fields.fill({"words": "Their letter of today"})
    made.confirm_action.trigger()

    wait(qtbot, lambda: not page.model.rows)
    page.press(CaseView.CLOSED)
    wait(qtbot, lambda: len(page.model.rows) == 1)
    assert next_words(page.model.rows[0]) == "The claim was right"
