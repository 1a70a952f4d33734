"""A batch is keyed, posted as one and reversed as one; a file is loaded once. All by keyboard.

Testerton owes 150.00 and Specimen is 60.00 in credit. Two credits of 12.50 and 7.25, 19.75 together: 137.50 is owed and
67.25 is in credit, until the batch is taken back.
"""

import pytest
from PySide6.QtCore import Qt

from app.models.adjustments import Adjustment
from app.models.limits import OfficerLimit
from app.models.values import AdjustmentState, LimitKind, Money
from app.services.ledger import queries as ledger
from app.services.ledger.checks import check
from app.views.adjustments.back import BackSheet
from app.views.adjustments.batch import KeyedSheet, LoadedSheet
from app.views.common.headings_sheet import HeadingsSheet
from tests.factories import landlord_files
from tests.views.desktop import answer_file, open_tab, press, sheet_of, type_text, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
COMMON = {"kind": "credit", "reason": "disrepair", "narrative": "Heating failed"}


@pytest.fixture
def desk(desktop_over_landlord):
    """The desk of an officer who may adjust £500 a line and £900 together alone."""

    def limits(ctx):
        for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT):
            ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, kind=kind, line_pence=500_00, batch_pence=900_00))

    desktop_over_landlord.office.desk.do(limits)
    return desktop_over_landlord.office.desk


def balances(desk, accounts):
    return [desk.ask(ledger.balance, accounts[name]).pence for name in ("Testerton", "Specimen")]


def rows(desk):
    return desk.do(lambda ctx: [(row.state, row.line_count, row.title) for row in ctx.session.query(Adjustment)])


def begun(program, qtbot, desk):
    """The tab Adjustments, with what it lists."""
    open_tab(program, "adjustments")
    wait(qtbot, lambda: not program.tasks.busy)
    return program.controllers["adjustments"].page


def test_a_batch_is_keyed_posted_and_reversed(desktop_over_landlord, desk, accounts, qtbot):
    program = desktop_over_landlord
    page = begun(program, qtbot, desk)
    press(program.window, Qt.Key.Key_B, CTRL | SHIFT)
    sheet = sheet_of(qtbot, KeyedSheet)
    sheet.fields.fill({"title": "Heating at Sample House", "declared_count": 2, "declared": Money(20_75), **COMMON})
    sheet.grid.table.setFocus()
    wait(qtbot, lambda: sheet.grid.table.currentIndex().isValid())
    for reference, amount in (("0012 4471 03", "12.50"), ("0012450217", "7.25")):
        type_text(sheet, reference)
        press(sheet, Qt.Key.Key_Return)
        type_text(sheet, amount)
        for _ in range(sheet.grid.table.model().columnCount() - 1):
            press(sheet, Qt.Key.Key_Return)
    wait(qtbot, lambda: "£1.00 CR to come" in sheet.effects.text())
    assert "Credit correction, 2 lines: £19.75 credited" in sheet.effects.text()
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "£20.75 CR was declared and they come to £19.75 CR" in _said(sheet))
    assert balances(desk, accounts) == [150_00, -60_00]

    sheet.fields.fill({"declared": Money(19_75)})
    wait(qtbot, lambda: "They agree" in sheet.effects.text())
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: page.detail is not None and not program.tasks.busy)
    assert balances(desk, accounts) == [137_50, -67_25]
    assert rows(desk) == [(AdjustmentState.POSTED, 2, "Heating at Sample House")]

    press(program.window, Qt.Key.Key_R, CTRL | SHIFT)
    back = sheet_of(qtbot, BackSheet)
    type_text(back, "The heating was on")
    press(back, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "is reversed by journal" in program.office.messages.text and not program.tasks.busy)
    assert balances(desk, accounts) == [150_00, -60_00]
    assert rows(desk) == [(AdjustmentState.REVERSED, 2, "Heating at Sample House")]
    assert not desk.ask(check)


def test_a_file_is_put_right_then_loaded_and_never_twice(desktop_over_landlord, desk, accounts, qtbot, tmp_path):
    program = desktop_over_landlord
    page = begun(program, qtbot, desk)
    lines = [("Account", "Amount"), ("0012 4471 03", 12.5), ("0012 4502 17", "7.25")]
    right = landlord_files.write(tmp_path / "heating.xlsx", {"Sheet1": lines})
    wrong = landlord_files.write(tmp_path / "wrong.xlsx", {"Sheet1": [*lines, ("0012 9999 99", "twelve")]})
    for path in (wrong, right, right):
        press(program.window, Qt.Key.Key_L, CTRL)
        answer_file(qtbot, page, path)
        sheet = sheet_of(qtbot, LoadedSheet)
        sheet.fields.fill({"declared_count": 2, "declared": Money(19_75), **COMMON})
        wait(qtbot, lambda sheet=sheet: "2 declared" in sheet.effects.text())
        listed = [(each.row, each.field) for each in sheet.mistakes.columns.held()]
        if path is wrong:
            assert listed == [(4, "amount"), (4, "account")]
            sheet.close()
        elif not rows(desk):
            assert not listed
            press(sheet, Qt.Key.Key_S, CTRL)
            wait(qtbot, lambda: page.detail is not None and not program.tasks.busy)
        else:
            assert listed == [(0, "file")]
            sheet.close()
        wait(qtbot, lambda: not program.tasks.busy)
    assert balances(desk, accounts) == [137_50, -67_25]
    assert rows(desk) == [(AdjustmentState.POSTED, 2, "Heating")]


def test_a_file_with_other_headings_is_asked_about_once(desktop_over_landlord, desk, accounts, qtbot, tmp_path):
    program = desktop_over_landlord
    page = begun(program, qtbot, desk)
    rows = [("Tenant no.", "What", "Sum"), ("0012 4471 03", "Heating", 12.5), ("0012 4502 17", "Heating", "7.25")]
    for week, amount in (("one", 12.5), ("two", 14.5)):
        path = landlord_files.write(tmp_path / f"{week}.xlsx", {"Sheet1": [*rows[:1], (*rows[1][:2], amount), rows[2]]})
        press(program.window, Qt.Key.Key_L, CTRL)
        answer_file(qtbot, page, path)
        if week == "one":
            asked = sheet_of(qtbot, HeadingsSheet)
            assert not asked.confirm_action.isEnabled()
            asked.fields.fill({"0": "reference", "2": "amount"})
            assert asked.confirm_action.isEnabled()
            press(asked, Qt.Key.Key_Return, CTRL)
        sheet = sheet_of(qtbot, LoadedSheet)
        declared = {"declared_count": 2, "declared": Money(round(amount * 100) + 7_25)}
        sheet.fields.fill({**COMMON, **declared, "narrative": f"Heating, week {week}"})
        wait(qtbot, lambda sheet=sheet: "They agree" in sheet.effects.text())
        if week == "one":
            press(sheet, Qt.Key.Key_S, CTRL)
            wait(qtbot, lambda: page.detail is not None and not program.tasks.busy)
        else:
            sheet.close()
    assert balances(desk, accounts) == [137_50, -67_25]


def _said(sheet):
    """What stands under the fields and at the top of a sheet."""
    return " ".join(each.text() for each in sheet.findChildren(type(sheet.fields.labels["title"])) if each.isVisible())
