"""The sheet of a charge that was wrong: what it asks for, what a draft puts back, the weeks with their steps."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.models.values import Money
from app.services.adjustments.dto import ReasonRow
from app.services.adjustments.recalculating.dto import Proposal, Rate, RecalculationForm, WeekWorked
from app.services.charges.elements.dto import CodeChoice, ElementRow
from app.views.adjustments.recalculation import RecalculationSheet
from app.views.common.fields_pickers import Picked
from tests.conftest import TODAY

MONDAY = date(2026, 11, 16)
SUNDAY = date(2026, 11, 22)
FORM = RecalculationForm(
    7,
    "Account 0012 4471 03, Mx Maria Testerton",
    (CodeChoice("DBR", "Basic rent", Money(100_00)), CodeChoice("DSC", "Service charge", Money(4_50))),
    (ElementRow("DSC", "Service charge", Money(4_50), date(2025, 4, 7), None, True),),
    date(2026, 4, 6),
    SUNDAY,
    (
        ReasonRow("wrong_rate", "Wrong rent or rate", frozenset(), True, 1),
        ReasonRow("other", "Else", frozenset(), True, 1),
    ),
)


@pytest.fixture
def sheet(qtbot, theme):
    parent = QWidget()
    qtbot.addWidget(parent)
    yield RecalculationSheet(parent, lambda _text, _then: None, lambda: TODAY)
    parent.close()


def week(code, should, charged, put_right=0):
    steps = (f"Due: {Money(should)} for the whole week", f"Charged: {Money(charged)}")
    return WeekWorked(
        MONDAY, "week 33 of 2026-27", code, Money(should), Money(charged), Money(put_right), MONDAY, steps
    )


def test_nothing_is_asked_for_until_the_account_the_amounts_and_the_days_are_there(sheet):
    asked = []
    sheet.account_wanted.connect(asked.append)
    assert sheet.command() is None
    sheet._account.set_value(Picked(7, "Mx Maria Testerton", "Account 0012 4471 03"))
    assert asked == [7]
    sheet.show_form(FORM)
    assert sheet.fields.values()["to_on"] == SUNDAY
    assert sheet.command() is None
    sheet.fields.retype({"code": "Service charge", "rates": [{"from_on": "26/10/2026", "weekly": ""}]})
    assert sheet._recorded.text() == "Recorded: £4.50 from 7 Apr 2025"
    assert sheet.command() is None
    sheet.fields.retype({"rates": [{"from_on": "26 Oct 2026", "weekly": "4.00"}]})
    command = sheet.command()
    assert (command.account_id, command.code, command.to_on, command.reason) == (7, "DSC", SUNDAY, "wrong_rate")
    assert command.rates == (Rate(date(2026, 10, 26), Money(4_00)),)
    # The same sheet asks under the same name, so that a second click makes no second adjustment.
    assert sheet.command().entry_key == command.entry_key


def test_a_draft_puts_the_charge_and_the_reason_back_once_they_are_offered(sheet, qtbot):
    sheet.show_account(Picked(7, "Mx Maria Testerton", "Account 0012 4471 03"))
    sheet.show_form(FORM)
    sheet.fields.fill({"code": "DSC", "reason": "other", "note": "The notice said four pounds"})
    sheet.fields.retype({"rates": [{"from_on": "26 Oct 2026", "weekly": "4.00"}]})
    kept = sheet.typed()
    again = RecalculationSheet(sheet.parentWidget(), lambda _text, _then: None, lambda: TODAY)
    asked = []
    again.account_wanted.connect(asked.append)
    again.retype(kept)
    assert asked == [7]
    again.show_form(FORM)
    command = again.command()
    assert (command.code, command.reason, command.note) == ("DSC", "other", "The notice said four pounds")
    assert command.rates == (Rate(date(2026, 10, 26), Money(4_00)),)


def test_the_first_week_that_differs_shows_its_steps(sheet):
    sheet.show_proposal(
        Proposal((week("DGA", 17_50, 17_50), week("DGA", 17_50, 18_75), week("DVA", 3_50, 4_00, -25)), (), ())
    )
    cells = [[column.text(row) for column in sheet.weeks.columns[:5]] for row in sheet.weeks.held()]
    assert cells == [
        ["16 Nov 2026", "17.50", "17.50", "", "right"],
        ["16 Nov 2026", "17.50", "18.75", "", "£1.25 CR"],
        ["16 Nov 2026, VAT", "3.50", "4.00", "£0.25 CR", "£0.25 CR"],
    ]
    assert sheet.table.currentIndex().row() == 1
    assert sheet._working.text() == "Week 33 of 2026-27\nDue: £17.50 for the whole week\nCharged: £18.75"
    sheet.show_nothing("Nothing is charged yet.", wrong=True)
    assert (sheet.weeks.rowCount(), sheet.effects.text()) == (0, "Nothing is charged yet.")


def test_evidence_that_is_dropped_goes_with_it(sheet, tmp_path):
    paper = tmp_path / "notice.txt"
    paper.write_text("The notice said 4.00")
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(paper))])
    plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copied = Qt.DropAction.CopyAction
    QApplication.sendEvent(sheet, QDragEnterEvent(QPoint(20, 20), copied, dragged, *plain))
    QApplication.sendEvent(sheet, QDropEvent(QPointF(20, 20), copied, dragged, *plain))
    assert [each.name for each in sheet.files()] == ["notice.txt"]
