"""Every instalment worked out again, on screen: what is carried out is what was rehearsed."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.direct_debits.schedules.dto import Difference, Rehearsal
from app.views.direct_debits.recalculation import RecalculateSheet

JANUARY = date(2027, 1, 4)


@pytest.fixture
def parent(qtbot, theme):
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    made.close()


def different(number, was, now, **more):
    return Difference(
        mandate_id=number,
        account_id=number,
        reference=f"SAMPLE{number}",
        account="70 0001",
        name="Mx Alex Sample",
        was=Money(was),
        now=Money(now),
        first=Money(now),
        count=4,
        next_on=JANUARY,
        forecast=Money(0),
        reasons=("Rent changed from £100.00 to £104.80.",),
        told=False,
        **more,
    )


def test_all_are_recalculated_or_those_that_are_chosen_never_a_colleagues(parent):
    sheet = RecalculateSheet(parent)
    rows = (different(1, 400_00, 420_00), different(2, 400_00, 390_00), different(3, 1, 2, refused="Your own."))
    sheet.show_rehearsal(Rehearsal(40, rows))
    assert sheet.command() == (1, 2)
    assert sheet._said.text() == "2 mandates will be recalculated."
    assert (sheet._up._amount.text(), sheet._down._amount.text()) == ("£20.01", "£10.00")
    sheet.table.selectAll()
    assert sheet.command() == (1, 2)
    sheet.show_rehearsal(Rehearsal(40, ()))
    assert not sheet.primary.isEnabled()


def test_mandates_that_nothing_is_worked_out_of_are_named(parent):
    sheet = RecalculateSheet(parent)
    sheet.show_rehearsal(Rehearsal(40, (), tuple(f"SAMPLE{number}" for number in range(1, 8))))
    assert sheet._without.text.startswith(
        "7 mandates have no schedule and aren't looked at: SAMPLE1, SAMPLE2, SAMPLE3, SAMPLE4, SAMPLE5 and 2 more."
    )
    sheet.show_rehearsal(Rehearsal(40, ()))
    assert sheet._without.isHidden()


def test_the_figures_of_another_year_are_never_carried_out(parent):
    sheet = RecalculateSheet(parent)
    sheet.asked.connect(lambda: sheet.show_nothing("Working out every instalment …"))
    sheet.show_rehearsal(Rehearsal(40, (different(1, 400_00, 420_00), different(2, 400_00, 390_00))))
    assert sheet.primary.isEnabled()
    sheet._year.set_value(True)
    sheet.table.selectAll()
    assert (sheet.command(), sheet.primary.isEnabled()) == ((), False)
    assert sheet._said.text() == "Working out every instalment …"
    sheet.show_error(UserError("The next rent year has no rents yet."))
    assert not sheet.primary.isEnabled()
    sheet.show_rehearsal(Rehearsal(40, (different(2, 400_00, 410_00),)))
    assert (sheet.command(), sheet.primary.isEnabled()) == ((2,), True)
    sheet.show_error(UserError("Stopped. Nothing was changed."))
    assert sheet.primary.isEnabled()
