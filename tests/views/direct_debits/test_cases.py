"""Cases on screen: opened, their clocks in words, challenged and closed by the keyboard's actions."""

from datetime import date

import pytest

from app.models.values import DebitCaseKind
from app.services.direct_debits.cases import commands
from app.services.direct_debits.cases.dto import CaseView, NewCase
from app.views.direct_debits.case_sheets import ChallengeSheet, CloseSheet, NoteSheet
from app.views.direct_debits.cases import next_words
from app.views.direct_debits.controller.cases import CasesController
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

    assert next_words(row) == "By 3 Dec 2026: challenge, 9 days left"


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
