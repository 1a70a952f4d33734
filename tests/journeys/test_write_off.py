"""A write-off taken through each band: the case built by keyboard, decisions from outside recorded, approved, posted.

Bands of Welwyn Hatfield on everything owed: 40.00 a line manager, 300.00 an officer with a limit, 6,000.00 the section 151
officer, 20,000.00 an Executive Member, 60,000.00 Cabinet, 700.00 that would put the fund into deficit Council. Together
87,040.00 is written off. Then 25.00 comes in on the 300.00, and 25.00 is put back by itself.
"""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.models.limits import OfficerLimit
from app.models.values import JournalKind, LimitKind, Money, Subject
from app.services.adjustments.write_offs import commands, queries
from app.services.adjustments.write_offs.dto import Band, NewCase, NewSchedule, ScheduleFilter, ScheduleShown
from app.services.approvals import commands as approvals
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.ledger import commands as posting
from app.services.ledger import queries as ledger
from app.services.ledger.dto import JournalHeader, Line
from app.services.rent.search import refresh_search
from app.views.adjustments.schedule import MinuteSheet, ScheduleSheet
from app.views.adjustments.write_off import WriteOffSheet
from app.views.common.fields_pickers import Picked
from app.views.common.register_page import RegisterPage
from tests.conftest import TODAY
from tests.factories import lettings
from tests.views.desktop import open_tab, press, sheet_of, type_text, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OWED = {
    Band.SMALL: 40_00,
    Band.OFFICER: 300_00,
    Band.SECTION_151: 6_000_00,
    Band.MEMBER: 20_000_00,
    Band.CABINET: 60_000_00,
    Band.COUNCIL: 700_00,
}
WRITTEN = date(2025, 3, 24)


def owes(desk, band):
    """A former tenant with a debt: the tenancy, the account and a document that shows why."""

    def make(ctx):
        made = lettings.letting(ctx, start_on=date(2018, 4, 2), end_on=date(2025, 3, 30), who=("Alex", band.value))
        about = NewLink(Subject.ACCOUNT, made.account.id, "file", "Sentence", "sentence.pdf")
        shown = documents.link(ctx, documents.put(ctx, b"seen", "application/pdf"), about)
        return made.tenancy.id, made.account.id, shown

    tenancy, account, shown = desk.do(make)
    header = JournalHeader(JournalKind.ADJUSTMENT, TODAY, "test", f"owes:{account}")
    desk.do(posting.post, header, [Line(account, "DBR", OWED[band], WRITTEN)])
    return tenancy, account, shown


@pytest.fixture
def debts(tmp_path):
    """A database file with a former tenant in each band, an officer, a team leader with a limit, and a third."""
    path = tmp_path / "debts.db"
    name, full_name = system_user()
    database = databases.create(path, name, full_name, FixedClock(TODAY))
    desk = Desk.sit_down(database, name, FixedClock(TODAY))
    found = {band: owes(desk, band) for band in OWED}
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    desk.do(add, NewOfficer("leader", "Test Leader", frozenset({Role.TEAM_LEADER})))
    desk.do(add, NewOfficer("third", "Test Third", frozenset({Role.SENIOR_OFFICER})))
    leader = Desk.sit_down(database, "leader", desk.clock).officer.id

    def prepare(ctx):
        ctx.session.add(
            OfficerLimit(officer_id=leader, kind=LimitKind.WRITE_OFF, line_pence=5_000_00, batch_pence=5_000_00)
        )
        refresh_search(ctx)

    desk.do(prepare)
    database.close()
    return path, found


def put_forward(desk, band, debt):
    """A case on a schedule of its own."""
    tenancy, account, shown = debt
    amounts = {account: Money(OWED[band])}
    new = NewCase(band.value, tenancy, "prison", amounts, deficit=band is Band.COUNCIL, evidence=(shown,))
    case = desk.do(commands.build, new)
    return desk.do(commands.make_schedule, NewSchedule(band.value, f"Debt of {band.value}", (case.record_id,)))


def build_by_keyboard(program, qtbot, debt):
    """The case of 300.00 from its sheet, and its schedule from the register."""
    desk, page = program.office.desk, program.controllers["adjustments"].page
    press(program.window, Qt.Key.Key_W, CTRL | SHIFT)
    sheet = sheet_of(qtbot, WriteOffSheet)
    sheet.fields.fill({"account_id": Picked(debt[1], "Alex", "Account"), "reason": "vulnerable"})
    wait(
        qtbot,
        lambda: "this reason is for former tenants" in sheet.effects.text() or "It ended on" in sheet.effects.text(),
    )
    sheet.fields.fill({"reason": "prison"})
    wait(qtbot, lambda: "Not met. Evidence: Confirmation of the sentence" in sheet.effects.text())
    assert "Officer with a limit set by the section 151 officer decides, on £300.00" in sheet.effects.text()
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: page.detail is not None and not program.tasks.busy)
    (case,) = desk.ask(queries.drafts)
    assert (case.amount, case.unmet) == (Money(300_00), 1)
    about = NewLink(Subject.WRITE_OFF, case.write_off_id, "file", "Sentence", "sentence.pdf")
    desk.do(lambda ctx: documents.link(ctx, documents.put(ctx, b"seen", "application/pdf"), about))
    press(program.window, Qt.Key.Key_Y, CTRL | SHIFT)
    sheet = sheet_of(qtbot, ScheduleSheet)
    press(sheet, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: "Schedule 1 holds 1 case" in program.office.messages.text and not program.tasks.busy)


def go_to(page, number):
    """Choose a schedule in the list."""
    page.table.go_to(next(at for at, row in enumerate(page.model.rows) if row.number == number))
    return page.table.row()


def submit(program, qtbot, page, number):
    """Record what an authority outside decided, where one does, and submit."""
    row = go_to(page, number)
    if row.band.outside:
        press(program.window, Qt.Key.Key_F2)
        sheet = sheet_of(qtbot, MinuteSheet)
        type_text(sheet, f"{number}/2026")
        press(sheet, Qt.Key.Key_Tab)
        type_text(sheet, "10/11/2026")
        press(sheet, Qt.Key.Key_Return, CTRL)
        wait(qtbot, lambda: go_to(page, number).minute and not program.tasks.busy)
    press(program.window, Qt.Key.Key_F9)
    wait(qtbot, lambda: f"Schedule {number} waits for approval" in program.office.messages.text)
    wait(qtbot, lambda: not program.tasks.busy)


def what_comes_in_is_put_back(program, qtbot, account):
    """A payment on a written-off debt: that much comes back, and the head of the account says what is left."""
    desk = program.office.desk
    paid = JournalHeader(JournalKind.RECEIPTS, TODAY, "test", "paid")
    desk.do(posting.post, paid, [Line(account, "RCP", -25_00, TODAY)])
    assert desk.ask(ledger.balance, account) == Money(0)
    program.office.open_record(Subject.ACCOUNT, account)
    accounts = program.controllers["rent"]
    wait(
        qtbot, lambda: accounts.header is not None and accounts.header.account_id == account and not program.tasks.busy
    )
    assert "£275.00 written off" in [mark.text for mark in accounts.header.marks]


def test_a_write_off_through_each_band(program, debts, qtbot):
    path, found = debts
    program.begin(str(path))
    wait(qtbot, lambda: program.office is not None)
    open_tab(program, "adjustments")
    build_by_keyboard(program, qtbot, found[Band.OFFICER])
    desk = program.office.desk
    for band in OWED:
        if band is not Band.OFFICER:
            put_forward(desk, band, found[band])
    pages = program.window.findChildren(RegisterPage)
    page = next(each for each in pages if each.isVisible())
    page.refresh_wanted.emit(None)
    wait(qtbot, lambda: page.model.rowCount() == len(OWED) and not program.tasks.busy)
    assert {row.band: row.authority for row in page.model.rows} == {
        Band.SMALL: "Line manager",
        Band.OFFICER: "Officer with a limit set by the section 151 officer",
        Band.SECTION_151: "Section 151 officer with the Executive Member",
        Band.MEMBER: "Executive Member (Resources)",
        Band.CABINET: "Cabinet",
        Band.COUNCIL: "Council",
    }
    for number in range(1, len(OWED) + 1):
        submit(program, qtbot, page, number)
    leader, third = (Desk.sit_down(desk.database, each, desk.clock) for each in ("leader", "third"))
    waiting = leader.ask(queries.listed, ScheduleFilter(ScheduleShown.WAITING))
    for row in waiting:
        leader.do(approvals.approve, [row.request_id], "Agreed")
        third.do(commands.post, row.schedule_id)
    assert sum(row.amount.pence for row in desk.ask(queries.listed)) == 87_040_00
    assert [desk.ask(ledger.balance, account) for _, account, _ in found.values()] == [Money(0)] * len(OWED)
    what_comes_in_is_put_back(program, qtbot, found[Band.OFFICER][1])
