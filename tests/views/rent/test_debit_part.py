"""The Direct Debit of an account on its card: the mandate, the next three collections, the instalment as a sum."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.models.values import Frequency, Money, Subject
from app.services.direct_debits.figures import months
from app.services.direct_debits.mandates import commands, queries
from app.services.direct_debits.mandates.dto import SuspendMandate
from app.services.direct_debits.schedules import listing
from app.services.direct_debits.schedules.dto import SumLine, Terms
from app.services.direct_debits.setting_up import SetUp, set_up
from app.views.common.begin_work import BeginWork
from app.views.rent.controller.direct_debit import DirectDebitController
from app.views.rent.debit_part import _SUM
from tests.conftest import TODAY
from tests.views.desktop import press, wait
from tests.views.direct_debits.test_page import given


@pytest.fixture
def seen():
    """What the part opened or handed over."""
    return []


@pytest.fixture
def part(office, accounts, seen, qtbot):
    """The part of Testerton's account, who pays £100.00 a week and owes £150.00."""
    wired = replace(
        office,
        open_record=lambda *record: seen.append(record),
        show_only=lambda area, wanted: seen.append((area, wanted)),
    )
    made = DirectDebitController(wired)
    qtbot.addWidget(made.widget)
    made.widget.show()
    made.show(accounts["Testerton"], None)
    wait(qtbot, lambda: not office.tasks.busy)
    return made.widget


def test_a_forecast_says_whether_it_is_owed_the_parts_of_the_sum_do_not():
    column = _SUM[-1]
    assert column.text(SumLine("At the end of the year", "", Money(30_00), balance=True)) == "30.00 DR"
    assert column.text(SumLine("Charges", "", Money(1_958_40))) == "1,958.40"


def test_without_a_mandate_it_says_so_and_hands_the_account_over(part, accounts, seen):
    assert part._said.text() == "No Direct Debit pays this account."
    part.set_up.click()
    assert seen == [("direct_debits", BeginWork(accounts["Testerton"], "setting_up"))]


def test_the_mandate_its_next_collections_and_the_sum_are_shown_and_enter_opens_it(
    landlord_desk, part, office, accounts, seen, qtbot
):
    """20 Mondays from 16 November, whose week was never run, at £100.00, and £150.00 owed: £2,150.00 in three."""
    asked = SetUp(given(accounts["Testerton"]), Terms(Frequency.MONTHLY, 1, TODAY))
    mandate_id = landlord_desk.do(set_up, asked).mandate_id
    controller = next(each for each in part.children() if isinstance(each, DirectDebitController))
    controller.show(accounts["Testerton"], None)
    wait(qtbot, lambda: part.mandates.rows and not office.tasks.busy)
    assert "Next: £716.66 on 4 Jan 2027, £716.67 on 1 Feb 2027, £716.67 on 1 Mar 2027." in part._said.text()
    amounts = {line.label: line.amount for line in part.sums.rows}
    assert (amounts["Charges"], amounts["Balance"], amounts["To collect"]) == (
        Money(2_000_00),
        Money(150_00),
        Money(2_150_00),
    )
    part.table.setFocus()
    press(part, Qt.Key.Key_Return)
    assert seen == [(Subject.MANDATE, mandate_id)]


def test_while_it_is_suspended_nothing_is_next(landlord_desk, part, office, accounts, qtbot):
    mandate_id = landlord_desk.do(
        set_up, SetUp(given(accounts["Testerton"]), Terms(Frequency.MONTHLY, 1, TODAY))
    ).mandate_id
    stopped = SuspendMandate(mandate_id, landlord_desk.ask(queries.detail, mandate_id).version, "Payer rang")
    landlord_desk.do(commands.suspend, stopped)
    controller = next(each for each in part.children() if isinstance(each, DirectDebitController))
    controller.show(accounts["Testerton"], None)
    wait(qtbot, lambda: part.mandates.rows and not office.tasks.busy)
    assert part._said.text().endswith("Nothing is collected while it is suspended.")
    found = landlord_desk.ask(queries.detail, mandate_id)
    assert (found.row.next_on, found.row.next_amount) == (None, None)
    assert landlord_desk.ask(listing.by_day, TODAY, date(2027, 3, 31)) == ()
    assert landlord_desk.ask(months.days_ahead) == ()
