"""A debt put forward by keyboard, changed where a condition wasn't met, and asked back once it was written off."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import Money, WriteBackCause, WriteOffState
from app.models.write_offs import WriteOff
from app.services.adjustments.write_offs import queries
from app.services.adjustments.write_offs.dto import Band, ScheduleRow
from app.views.adjustments.controller.conditions import ConditionsController
from app.views.adjustments.controller.limitation import LimitationController
from app.views.adjustments.controller.write_off_case import ChangeController
from app.views.adjustments.schedule import MinuteSheet, how_far
from app.views.adjustments.write_back import WriteBackSheet
from app.views.adjustments.write_off import WriteOffSheet
from app.views.common.data_table import DataTable
from app.views.common.fields_pickers import Picked
from tests.views.desktop import open_tab, press, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def draft(desktop_over_landlord, accounts, qtbot):
    """The 80.00 of a former tenant, put forward as untraced: letters and a trace are asked for."""
    program = desktop_over_landlord
    open_tab(program, "adjustments")
    page = program.controllers["adjustments"].page
    press(program.window, Qt.Key.Key_W, CTRL | SHIFT)
    wait(qtbot, lambda: program.window.findChild(WriteOffSheet) is not None)
    sheet = program.window.findChild(WriteOffSheet)
    wait(qtbot, sheet.isVisible)
    sheet.fields.fill({"account_id": Picked(accounts["Example"], "Example", "Account"), "reason": "untraced"})
    wait(qtbot, lambda: "Not met. Trace: Nobody has looked" in sheet.effects.text())
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: page.detail is not None and not program.tasks.busy)
    return program, page


def test_a_condition_that_was_not_met_is_seen_to(draft, qtbot):
    program, page = draft
    desk = program.office.desk
    (case,) = desk.ask(queries.drafts)
    assert (case.amount, case.band, case.unmet) == (Money(80_00), Band.OFFICER, 3)
    ChangeController(program.office, page, (case.write_off_id,))
    wait(qtbot, lambda: any(each.isVisible() for each in program.window.findChildren(WriteOffSheet)))
    sheet = next(each for each in program.window.findChildren(WriteOffSheet) if each.isVisible())
    assert (sheet.fields.values()["reason"], sheet.fields.values()["amount"]) == ("untraced", Money(80_00))
    sheet.fields.fill({"trace": "Agency, 3 Oct 2026: not found"})
    wait(qtbot, lambda: "Met. Trace: Agency" in sheet.effects.text())
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "is changed" in program.office.messages.text and not program.tasks.busy)
    assert desk.ask(queries.drafts)[0].unmet == 2

    weeks = LimitationController(program.office)
    qtbot.addWidget(weeks.widget)
    weeks.show(case.write_off_id, page.detail)
    wait(qtbot, lambda: weeks.widget.model().rowCount() > 0)
    assert sum(row.amount.pence for row in weeks.widget.columns.rows) == 80_00

    part = ConditionsController(program.office)
    qtbot.addWidget(part.widget)
    part.show(case.write_off_id, page.detail)
    wait(qtbot, lambda: part.widget.findChild(DataTable).model().rowCount() > 4)
    assert {row.what: row.met for row in part.widget.findChild(DataTable).columns.rows}["Trace"] is True
    part.clear()
    assert part.widget.findChild(DataTable).model().rowCount() == 0


def test_a_whole_debt_is_asked_back_with_a_reason(draft):
    program, page = draft
    desk = program.office.desk
    (case,) = desk.ask(queries.drafts)

    def posted(ctx):
        row = ctx.session.get_one(WriteOff, case.write_off_id)
        row.state, row.posted_on = WriteOffState.POSTED, date(2026, 11, 20)

    desk.do(posted)
    found = desk.ask(queries.detail, case.write_off_id)
    sheet = WriteBackSheet(page, found)
    assert sheet.command() is None
    sheet.fields.fill({"cause": WriteBackCause.REHOUSED, "reason": "On the housing list"})
    new = sheet.command()
    assert (new.write_off_id, new.cause, new.reason) == (
        case.write_off_id,
        WriteBackCause.REHOUSED,
        "On the housing list",
    )
    assert found.may_come_back


def test_a_schedule_for_somebody_outside_waits_for_their_minute(qtbot, theme):
    values = (1, 4, "Former tenants", Band.CABINET, "Cabinet", "", WriteOffState.DRAFT, 3, Money(61_240_00), None, "A")
    row = ScheduleRow(*values, None, "", "", None, "", 1, own=True)
    assert how_far(row) == "Waits for a minute"
    parent = QWidget()
    qtbot.addWidget(parent)
    sheet = MinuteSheet(parent, row, date(2026, 11, 21))
    assert sheet.command() is None
    sheet.fields.fill({"minute": "45/2026", "decided_on": date(2026, 11, 10)})
    assert (sheet.command().minute, sheet.command().decided_on) == ("45/2026", date(2026, 11, 10))
