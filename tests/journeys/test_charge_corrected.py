"""A rent keyed 4.00 too high three months ago is put right: by keyboard, with the weeks on their own dates.

Rent 100.00 and service charge 4.50, charged for the 13 weeks from 24 August to 16 November 2026: 13 x 104.50 = 1,358.50.
At 96.00 it should have been 13 x 100.50 = 1,306.50, so 52.00 comes back.
"""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.limits import OfficerLimit
from app.models.values import LimitKind, Money
from app.services.charges.commands import charge_week
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.ledger import queries as ledger
from app.services.rent.search import refresh_search
from app.views.rent.charging import ChargeSheet
from tests.conftest import TODAY
from tests.factories import lettings
from tests.views.desktop import press, type_text, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WEEKS = [date(2026, 8, 24) + timedelta(weeks=number) for number in range(13)]


@pytest.fixture
def overcharged(tmp_path):
    """A database file with one home, charged too much since August; its officer may adjust up to 100.00."""
    path = tmp_path / "overcharged.db"
    name, full_name = system_user()
    clock = FixedClock(TODAY)
    database = databases.create(path, name, full_name, clock)
    desk = Desk.sit_down(database, name, clock)

    def let(ctx):
        made = lettings.letting(ctx, "100.00", DSC="4.50", who=("Maria", "Testerton"), reference="0012 4471 03")
        limit = OfficerLimit(
            officer_id=ctx.officer.id, kind=LimitKind.ADJUSTMENT_CREDIT, line_pence=100_00, batch_pence=100_00
        )
        ctx.session.add(limit)
        refresh_search(ctx)
        return made.account.id

    account = desk.do(let)
    for week in WEEKS:
        desk.do(charge_week, week)
    database.close()
    return path, account


def correct(program, qtbot):
    """Open the sheet by its key and type the correction."""
    press(program.window, Qt.Key.Key_G, CTRL | SHIFT)
    wait(qtbot, lambda: program.window.findChild(ChargeSheet) is not None)
    sheet = program.window.findChild(ChargeSheet)
    wait(qtbot, sheet.isVisible)
    assert sheet.fields.values()["code"] == "DBR"
    press(sheet, Qt.Key.Key_Tab)
    type_text(sheet, "96")
    press(sheet, Qt.Key.Key_Tab)
    press(sheet, Qt.Key.Key_Tab)
    type_text(sheet, "24/8/2026")
    press(sheet, Qt.Key.Key_Tab)
    press(sheet, Qt.Key.Key_Tab)
    type_text(sheet, "Keyed wrongly in August")
    return sheet


def test_a_charge_corrected_from_three_months_ago(program, overcharged, qtbot):
    path, account = overcharged
    program.begin(str(path))
    wait(qtbot, lambda: program.office is not None)
    accounts = program.controllers["rent"]
    program.window.go_to(accounts.page)
    wait(qtbot, lambda: accounts.header is not None and not program.tasks.busy)
    desk = program.office.desk
    assert desk.ask(ledger.balance, account) == Money(1_358_50)

    sheet = correct(program, qtbot)
    wait(qtbot, lambda: "£52.00 is credited for 13 weeks" in sheet.effects.text())
    assert "13 weeks, from 24 Aug 2026 to 16 Nov 2026, each: £100.00 charged becomes £96.00 due" in sheet.effects.text()
    assert "No notice is needed" in sheet.effects.text()
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "£52.00 is credited" in program.office.messages.text and not program.tasks.busy)
    wait(qtbot, lambda: accounts.header is not None and accounts.header.balance == Money(1_306_50))
    assert accounts.header.weekly == Money(100_50)
    charges = accounts._one._part.charges
    wait(qtbot, lambda: charges.rowCount() == 3)
    assert [(row.code, row.amount, row.to_on) for row in charges.held()] == [
        ("DBR", Money(96_00), None),
        ("DSC", Money(4_50), None),
        ("DBR", Money(100_00), date(2026, 8, 23)),
    ]
    assert QApplication.activeModalWidget() is None

    # As known now, the account was right all along: after the first week it owed 100.50, not 104.50.
    assert desk.ask(ledger.balance, account, date(2026, 8, 30)) == Money(100_50)
    lines = desk.ask(ledger.ledger_page, account).lines
    corrections = [line for line in lines if line.journal == len(WEEKS) + 1]
    assert [(line.rent_week, line.code, line.amount) for line in corrections] == [
        (week, "DBR", Money(-4_00)) for week in WEEKS
    ]
    assert {line.accounting_on for line in corrections} == {TODAY}
    # Monday's run charges the right rent by itself.
    charged = desk.do(charge_week, date(2026, 11, 23))
    assert charged.total_pence == 100_50
