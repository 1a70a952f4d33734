"""The mandates and the card beside them; what is done with one, by keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.models.direct_debits.mandates import MandateBank
from app.models.values import Frequency, MandateState, MandateWay, Subject
from app.services.direct_debits.mandates import queries
from app.services.direct_debits.mandates.dto import MandateFilter, MandateView, NewMandate
from app.services.direct_debits.schedules.dto import CollectionFilter, Terms
from app.services.direct_debits.schedules.queries import of_mandate as schedule_of
from app.services.direct_debits.setting_up import SetUp, set_up
from app.views.direct_debits.amend import AmendSheet
from app.views.direct_debits.controller import DirectDebitsController
from app.views.direct_debits.reveal import RevealSheet
from app.views.direct_debits.stopping import CancelSheet, ResumeSheet, SuspendSheet
from tests.conftest import TODAY
from tests.views.desktop import press, sheet_of, type_text, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def given(account_id, **other):
    """A mandate given by telephone; account 66374958 is an example of the published specification, which fits."""
    return NewMandate(
        **{
            "entry_key": f"test:{account_id}",
            "account_id": account_id,
            "way": MandateWay.TELEPHONE,
            "payer_name": "Maria Testerton",
            "sort_code": "08-99-99",
            "account_number": "66374958",
            "given_on": TODAY,
            "payer_address": "1 Sample Road\nTestford\nZZ1 1AA",
            "holder_confirmed": True,
            "sole_authority": True,
            "identity_checked": True,
            "guarantee_read": True,
            **other,
        }
    )


@pytest.fixture
def mandate(landlord_desk, accounts):
    """A new mandate of Testerton, who owes £150.00, collected monthly on the 1st."""
    asked = SetUp(given(accounts["Testerton"]), Terms(Frequency.MONTHLY, 1, TODAY))
    return landlord_desk.do(set_up, asked).mandate_id


@pytest.fixture
def tab(office, mandate, qtbot):
    """The tab by itself, with the mandate chosen."""
    made = DirectDebitsController(office)
    qtbot.addWidget(made.page)
    made.page.resize(1400, 860)
    made.page.show()
    office.bus.changed.connect(lambda _changes: made.refresh())
    made.refresh()
    wait(qtbot, lambda: made.page.detail is not None and not office.tasks.busy)
    return made


def state(office, mandate):
    return office.desk.ask(queries.detail, mandate).row.state


def test_the_list_tells_of_a_mandate_and_the_card_masks_its_bank_account(office, tab, mandate, qtbot):
    row = tab.page.list.model.row_at(0)
    assert (row.reference, row.payer, row.state) == ("0012 4471 03", "Maria Testerton", MandateState.NEW)
    said = " ".join(each.text() for each in tab.page.card._said)
    assert "••••••58" in said
    assert "66374958" not in said
    assert "New instruction (0N): waits for a lodgement run" in said
    assert tab.page.list.bar.quick["view", MandateView.TO_LODGE].text() == "Awaiting lodgement  1"
    tab.show_only(MandateFilter(view=MandateView.LIVE))
    wait(qtbot, lambda: not tab.page.list.model.rowCount() and not office.tasks.busy)
    assert tab.page.detail is None


def test_another_mandate_that_pays_the_same_is_told_on_the_card(tab, mandate):
    told = "Mandate TESTFORD000009 pays the same account: live."
    assert tab.page.card._others.isHidden()
    tab.page.card.show_mandate(replace(tab.page.detail, others=(told,)))
    assert tab.page.card._others.text().startswith(f"{told} Cancel one of the two, or tick that both collect")


def test_it_is_suspended_and_goes_on_by_keyboard(office, tab, mandate, qtbot):
    press(tab.page, Qt.Key.Key_F7)
    sheet = sheet_of(qtbot, SuspendSheet)
    type_text(sheet, "The payer asked for a pause")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: tab.page.detail.row.state is MandateState.SUSPENDED and not office.tasks.busy)
    assert "The payer asked for a pause" in tab.page.card._why.text()
    press(tab.page, Qt.Key.Key_F7, SHIFT)
    sheet = sheet_of(qtbot, ResumeSheet)
    type_text(sheet, "They rang again")
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: tab.page.detail.row.state is MandateState.NEW and not office.tasks.busy)


def test_a_cancellation_is_taken_back_the_same_day(office, tab, mandate, qtbot):
    press(tab.page, Qt.Key.Key_F7, CTRL)
    sheet = sheet_of(qtbot, CancelSheet)
    sheet.fields.fill({"reason": "Pays by standing order", "tell": False})
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: tab.page.detail.row.state is MandateState.CANCELLED and not office.tasks.busy)
    back = next(action for work, action in tab.page.works.items() if work.title == "Take the cancellation back")
    assert back.isEnabled()
    back.trigger()
    wait(qtbot, lambda: state(office, mandate) is MandateState.NEW and not office.tasks.busy)


def test_other_bank_details_are_checked_as_they_are_typed_and_never_kept_in_a_draft(office, tab, mandate, qtbot):
    press(tab.page, Qt.Key.Key_B, CTRL | SHIFT)
    sheet = sheet_of(qtbot, AmendSheet)
    assert sheet.keeps_itself
    type_text(sheet, "089999")
    press(sheet, Qt.Key.Key_Return)
    type_text(sheet, "66374959")
    wait(qtbot, lambda: "doesn't fit the sort code" in sheet.bank.verdict.text())
    sheet.fields.fill({"account_number": "66374958", "sort_code": "107999", "reason": "Told by telephone"})
    sheet.fields.fill({"account_number": "88837491"})
    wait(qtbot, lambda: "the account number fits the sort code" in sheet.bank.verdict.text())
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "••••••91" in tab.page.card._bank.text() and not office.tasks.busy)
    ended = office.desk.do(lambda ctx: sorted(row.last_two for row in ctx.session.query(MandateBank)))
    assert ended == ["58", "91"]


def test_bank_details_are_shown_in_full_to_whoever_may_see_them(office, tab, mandate, qtbot):
    press(tab.page, Qt.Key.Key_U, CTRL | SHIFT)
    sheet = sheet_of(qtbot, RevealSheet)
    assert sheet.numbers.text() == "08-99-99    66374958"
    sheet.close()


def test_a_day_of_the_figures_lists_the_collections_of_that_day(office, tab, mandate, qtbot):
    due = [each.due_on for each in office.desk.ask(schedule_of, mandate).collections]
    for on in due[:2]:
        tab.show_only(CollectionFilter(from_on=on, to_on=on))
        rows = tab.section("collections").page.list.model
        wait(qtbot, lambda rows=rows: rows.rowCount() == 1 and rows.row_at(0) and not office.tasks.busy)
        assert rows.row_at(0).row.due_on == on


def test_a_record_is_found_again_and_enter_opens_its_account(office, tab, mandate, accounts, qtbot):
    opened = []
    tab.office = replace(office, open_record=lambda *record: opened.append(record))
    tab.clear()
    tab.open_record(Subject.MANDATE, mandate)
    wait(qtbot, lambda: tab.page.detail is not None and not office.tasks.busy)
    tab.open_line(mandate)
    assert opened == [(Subject.ACCOUNT, accounts["Testerton"])]
