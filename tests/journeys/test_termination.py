"""A tenant's notice, keys two days late, Housing Benefit that ran on, and the garage next door that comes to bear VAT.

Rent 100.00 and service charge 4.50, garage 17.80, benefit 60.00 a week, charged for the weeks from 26 October to 16 November
2026. Notice came on Tuesday 6 October: four weeks of it end on Monday 2 November, so the tenancy on Sunday the 8th. The keys
were due on Monday the 9th at noon and came on the 11th, so it lasts to the 15th: 3 x 104.50 less 4 x 60.00 is 73.50.
"""

import shutil
from collections import Counter
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.accounts import Account
from app.models.endings import Ending
from app.models.values import AccountKind, JournalKind, Money
from app.services.charges.commands import charge_week
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.ledger import checks
from app.services.ledger import queries as ledger
from app.services.ledger.commands import post
from app.services.ledger.dto import JournalHeader, Line
from app.services.rent.search import refresh_search
from app.views.rent.ending import EndingSheet, TakeBackSheet
from app.views.rent.works import WORKS
from tests.conftest import TODAY
from tests.factories import lettings
from tests.views.desktop import press, type_text, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FORMER = select(Account).where(Account.kind == AccountKind.FORMER_TENANT)
WEEKS = [date(2026, 10, 26) + timedelta(weeks=number) for number in range(4)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The file, the rent account and the garage's."""
    path = tmp_path_factory.mktemp("termination") / "made.db"
    name, full_name = system_user()
    clock = FixedClock(TODAY)
    database = databases.create(path, name, full_name, clock)
    desk = Desk.sit_down(database, name, clock)

    def let(ctx):
        start = date(2026, 8, 3)
        home = lettings.letting(ctx, "100.00", DSC="4.50", who=("Maria", "Testerton"), start_on=start)
        garage = lettings.garage_letting(ctx, home=home, start_on=start)
        refresh_search(ctx)
        return home.account.id, garage.account.id

    accounts = desk.do(let)
    for week in WEEKS:
        desk.do(charge_week, week)
    header = JournalHeader(JournalKind.RECEIPTS, TODAY, "test", "benefit")
    desk.do(post, header, [Line(accounts[0], "RHB", -60_00, week, week) for week in WEEKS])
    database.close()
    return path, *accounts


def sheet_of(program, qtbot, kind):
    wait(qtbot, lambda: program.window.findChild(kind) is not None)
    sheet = program.window.findChild(kind)
    wait(qtbot, sheet.isVisible)
    return sheet


def closed(program, qtbot, kind):
    wait(qtbot, lambda: program.window.findChild(kind) is None and not program.tasks.busy)


def tab_to(sheet, field):
    for _ in range(40):
        if sheet.fields.field(field).hasFocus():
            return
        press(sheet, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab doesn't come to {field}")


def keep_notice(program, qtbot):
    """Notice is kept: the weeks beyond its end are credited at once."""
    press(program.window, Qt.Key.Key_E, CTRL | SHIFT)
    sheet = sheet_of(program, qtbot, EndingSheet)
    tab_to(sheet, "notice_on")
    type_text(sheet, "6/10/2026")
    press(sheet, Qt.Key.Key_Tab)
    wait(qtbot, lambda: "Sunday 8 Nov 2026" in sheet.effects.text())
    assert "2 weeks beyond the end credited: £209.00 CR" in sheet.effects.text()
    assert "£120.00" in sheet.effects.text()
    press(sheet, Qt.Key.Key_S, CTRL)
    closed(program, qtbot, EndingSheet)


def finish(program, qtbot):
    """The keys come late: another week, and the account is closed."""
    press(program.window, Qt.Key.Key_E, CTRL | SHIFT)
    sheet = sheet_of(program, qtbot, EndingSheet)
    press(sheet, Qt.Key.Key_Down)
    tab_to(sheet, "keys_on")
    type_text(sheet, "11/11/2026")
    press(sheet, Qt.Key.Key_Tab)
    type_text(sheet, "10:30")
    tab_to(sheet, "forwarding_address")
    type_text(sheet, "1 New Street, Testford ZZ1 1ZZ")
    wait(qtbot, lambda: "The keys came late: 1 week more rent" in sheet.effects.text())
    said = sheet.effects.text()
    assert "The former tenant's account is opened with: £73.50 DR" in said
    assert "goes on and bears VAT from the week of 16 Nov 2026" in said
    press(sheet, Qt.Key.Key_S, CTRL)
    closed(program, qtbot, EndingSheet)
    assert "is the former tenant's account" in program.office.messages.text


def take_back(program, qtbot):
    """It was the wrong account after all."""
    program.controllers["rent"].page.work_wanted.emit(next(work for work in WORKS if work.key == "reverse_ending"))
    sheet = sheet_of(program, qtbot, TakeBackSheet)
    type_text(sheet, "The wrong account")
    wait(qtbot, lambda: "gives its balance back" in sheet.effects.text())
    press(sheet, Qt.Key.Key_S, CTRL)
    closed(program, qtbot, TakeBackSheet)


def open_account(program, qtbot, account_id):
    accounts = program.controllers["rent"]
    program.window.go_to(accounts.page)
    wait(qtbot, lambda: accounts.header is not None and not program.tasks.busy)
    accounts.open_account(account_id)
    wait(qtbot, lambda: accounts.header.account_id == account_id and not program.tasks.busy)


def test_a_termination_from_the_notice_to_the_closed_account_and_back(program, made, qtbot, tmp_path):
    _, rent, garage = made
    program.begin(str(shutil.copy(made[0], tmp_path / "termination.db")))
    wait(qtbot, lambda: program.office is not None)
    desk = program.office.desk
    open_account(program, qtbot, rent)
    keep_notice(program, qtbot)
    assert desk.ask(ledger.balance, rent) == Money(2 * 104_50 - 240_00)

    finish(program, qtbot)
    ending, former = desk.database.read(
        lambda session: (session.scalars(select(Ending)).one(), session.scalars(FORMER).one())
    )
    assert (ending.late_weeks, ending.former_account_id, former.balance_pence) == (1, former.id, 73_50)
    assert "£120.00" in ending.benefit_finding
    assert desk.ask(ledger.balance, rent) == Money(0)
    # the garage's price had no VAT in it in the week of 16 November: 2.97 of 17.80 is VAT now
    vat = Counter()
    for line in desk.ask(ledger.ledger_page, garage).lines:
        vat[line.rent_week] += line.amount.pence if line.code == "DVA" else 0
    assert +vat == {date(2026, 11, 16): 2_97}
    assert desk.do(charge_week, date(2026, 11, 23)).total_pence == 17_80 + 104_50  # the garage, and the void
    assert desk.ask(checks.check) == ()

    open_account(program, qtbot, former.id)
    take_back(program, qtbot)
    assert desk.ask(ledger.balance, rent) == Money(5 * 104_50 - 240_00)  # the new week too
    assert desk.ask(ledger.balance, former.id) == Money(0)
    assert desk.ask(checks.check) == ()
