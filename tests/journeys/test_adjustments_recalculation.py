"""A rent wrong since August is put right by keyboard: every week worked out, posted on its own date, the charge recorded.

Rent 100.00 and service charge 4.50, charged for the 13 weeks from 24 August to 16 November 2026, that of 19 October
rent-free: 12 x 104.50 = 1,254.00. The rent should have been 98.50 from 24 August and 96.00 from Thursday 1 October.

    5 weeks, 24 August to 21 September, at 98.50: 5 x 1.50 = 7.50 back
    the week of 28 September: 98.50 x 3/7 = 42.21 and 96.00 x 4/7 = 54.86, so 97.07: 2.93 back
    2 weeks, 5 and 12 October, at 96.00: 8.00 back
    the week of 19 October is rent-free: nothing
    4 weeks, 26 October to 16 November, at 96.00: 16.00 back

34.43 altogether, so 1,219.57 is owed.
"""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.charges import Charge
from app.models.limits import OfficerLimit
from app.models.values import JournalKind, LimitKind, Money
from app.services.adjustments import queries
from app.services.charges.commands import charge_week
from app.services.charges.differences import differences
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.ledger import queries as ledger
from app.services.rent.search import refresh_search
from app.views.adjustments.recalculation import RecalculationSheet
from tests.conftest import TODAY
from tests.factories import lettings
from tests.views.desktop import press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier
WEEKS = [date(2026, 8, 24) + timedelta(weeks=number) for number in range(13)]
FREE = date(2026, 10, 19)
BACK = [-1_50] * 5 + [-2_93] + [-4_00] * 6


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
        lettings.rent_group(ctx, free=[FREE])
        for kind in (LimitKind.ADJUSTMENT_CREDIT, LimitKind.ADJUSTMENT_DEBIT):
            ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, kind=kind, line_pence=100_00, batch_pence=100_00))
        refresh_search(ctx)
        return made.account.id

    account = desk.do(let)
    for week in WEEKS:
        desk.do(charge_week, week)
    database.close()
    return path, account


def put_right(program, qtbot):
    """Open the sheet by its key and type what the rent should have been."""
    press(program.window, Qt.Key.Key_F4, CTRL)
    wait(qtbot, lambda: program.window.findChild(RecalculationSheet) is not None)
    sheet = program.window.findChild(RecalculationSheet)
    wait(qtbot, lambda: sheet.isVisible() and sheet.fields.values()["code"] == "DBR")
    assert sheet.fields.values()["to_on"] == date(2026, 11, 22)
    press(sheet, Qt.Key.Key_Tab)
    for typed in ("24/8/2026", "98.50", "1/10/2026", "96"):
        type_text(sheet, typed)
        press(sheet, Qt.Key.Key_Return)
    wait(qtbot, lambda: sheet.weeks.rowCount() == len(WEEKS))
    return sheet


def recorded(ctx):
    """The rent as it is recorded."""
    rows = ctx.session.scalars(select(Charge).where(Charge.code == "DBR").order_by(Charge.from_on))
    return [(row.amount_pence, row.from_on, row.to_on) for row in rows]


def test_a_rent_that_was_wrong_since_august(program, overcharged, qtbot):
    path, account = overcharged
    program.begin(str(path))
    wait(qtbot, lambda: program.office is not None)
    accounts = program.controllers["rent"]
    program.window.go_to(accounts.page)
    wait(qtbot, lambda: accounts.header is not None and not program.tasks.busy)
    desk = program.office.desk
    assert desk.ask(ledger.balance, account) == Money(1_254_00)

    sheet = put_right(program, qtbot)
    wait(qtbot, lambda: "12 of 13 weeks differ, in all: £34.43 CR" in sheet.effects.text())
    shown = sheet.effects.text()
    assert "£1,254.00 DR becomes £1,219.57 DR" in shown
    assert "It is posted at once, by you." in shown
    assert [each.difference.pence for each in sheet.weeks.held() if each.difference] == BACK
    part = sheet.weeks.row_at(5)
    assert part.steps[0] == "Due: £98.50 x 3/7 = £42.21, and £96.00 x 4/7 = £54.86: £97.07"
    free = sheet.weeks.row_at(8)
    assert (free.week, free.steps[0]) == (FREE, "Due: nothing, the week is rent-free")

    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "£34.43 credited" in program.office.messages.text and not program.tasks.busy)
    assert desk.ask(ledger.balance, account) == Money(1_219_57)
    (journal,) = desk.ask(ledger.journals, JournalKind.CHARGE_CORRECTION)
    lines = [line for line in desk.ask(ledger.ledger_page, account).lines if line.journal == journal.number]
    assert sorted((line.rent_week, line.amount.pence) for line in lines) == list(
        zip([week for week in WEEKS if week != FREE], BACK, strict=True)
    )
    assert {line.accounting_on for line in lines} == {TODAY}

    assert desk.ask(recorded)[1:] == [
        (98_50, date(2026, 8, 24), date(2026, 9, 30)),
        (96_00, date(2026, 10, 1), date(2026, 11, 22)),
        (100_00, date(2026, 11, 23), None),
    ]
    assert desk.ask(differences, [account], WEEKS[0]) == ()
    told = desk.ask(queries.detail, 1)
    assert "98.50 x 3/7" in told.lines[5].working
    assert told.journal == journal.number
