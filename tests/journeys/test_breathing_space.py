"""A breathing space that stops a letter run and the collection of arrears, but not the current rent.

Two homes at 100.00, charged for the weeks from 26 October to 16 November 2026: 400.00 each. One tenant of the first applied on
10 November, when three weeks were charged: 300.00 is protected and 100.00 is not. It starts on the 11th and lasts 60 days, to 9
January 2027; the adviser reviews it on days 25 to 35, 5 to 15 December.
"""

import shutil
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.diary import Task
from app.models.landlord import Landlord
from app.models.values import HoldKind, Stop
from app.services.charges.commands import charge_week
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.holds import jobs, queries
from app.services.holds.cases import queries as cases
from app.services.ledger import queries as ledger
from app.services.letters.commands.queue import mark_printed, write
from app.services.letters.dto import BatchRequest, NewLetter
from app.services.letters.queries import batches
from app.services.letters.queries.queue import print_run, to_print
from app.services.rent.search import refresh_search
from app.views.rent.holds.case_sheet import CaseSheet
from tests.conftest import TODAY
from tests.factories import lettings
from tests.views.desktop import press, type_text, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WEEKS = [date(2026, 10, 26) + timedelta(weeks=number) for number in range(4)]
LAST = date(2027, 1, 9)
BALANCE = "account_balance"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The file, the account of the couple and that of their neighbour."""
    path = tmp_path_factory.mktemp("breathing") / "made.db"
    name, full_name = system_user()
    database = databases.create(path, name, full_name, FixedClock(TODAY))
    desk = Desk.sit_down(database, name, FixedClock(TODAY))

    def let(ctx):
        ctx.session.add(Landlord(name="Sample District Council", address="1 Sample Street\nTestford\nZZ1 1AA"))
        people = [lettings.person(ctx, "Robin", "Pauser"), lettings.person(ctx, "Sam", "Pauser")]
        couple = lettings.letting(ctx, "100.00", people=people, start_on=WEEKS[0])
        neighbour = lettings.letting(ctx, "100.00", who=("Kit", "Neighbour"), start_on=WEEKS[0])
        refresh_search(ctx)
        return couple.account.id, neighbour.account.id

    accounts = desk.do(let)
    for week in WEEKS:
        desk.do(charge_week, week)
    database.close()
    return path, *accounts


def tab_to(sheet, field):
    for _ in range(40):
        if sheet.fields.field(field).hasFocus():
            return
        press(sheet, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab doesn't come to {field}")


def enter_case(program, qtbot):
    """By keyboard: the reference, who is protected, when it was applied for and when it starts."""
    press(program.window, Qt.Key.Key_B, CTRL | SHIFT)
    wait(qtbot, lambda: program.window.findChild(CaseSheet) is not None)
    sheet = program.window.findChild(CaseSheet)
    wait(qtbot, sheet.isVisible)
    tab_to(sheet, "reference")
    type_text(sheet, "BS-2026-1")
    tab_to(sheet, "people")
    press(sheet, Qt.Key.Key_Space)
    for field, day in (("applied_on", "10/11/2026"), ("start_on", "11/11/2026")):
        tab_to(sheet, field)
        sheet.fields.field(field).selectAll()
        type_text(sheet, day)
    press(sheet, Qt.Key.Key_Tab)
    wait(qtbot, lambda: "£300.00 DR on 10 Nov 2026" in sheet.effects.text() and not program.tasks.busy)
    said = sheet.effects.text()
    assert "11 Nov 2026, until 9 Jan 2027" in said
    assert "5 Dec 2026 to 15 Dec 2026" in said
    assert "The current rent is charged and collected as always" in said
    assert "Mx Sam Pauser owes it too and isn't protected" in said
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: program.window.findChild(CaseSheet) is None and not program.tasks.busy)


def left_out(desk, accounts):
    return [
        each.account_id for each in desk.ask(batches.rehearse, BatchRequest(BALANCE, accounts)).concerns if each.stops
    ]


def tasks(desk):
    return desk.database.read(lambda session: session.scalars(select(Task.title).order_by(Task.id)).all())


def test_a_breathing_space_from_the_notice_to_its_end(program, made, qtbot, tmp_path):
    _, couple, neighbour = made
    program.begin(str(shutil.copy(made[0], tmp_path / "breathing.db")))
    wait(qtbot, lambda: program.office is not None)
    desk = program.office.desk
    letters = [desk.do(write, NewLetter(BALANCE, account)).outgoing_id for account in (couple, neighbour)]
    accounts = program.controllers["rent"]
    program.window.go_to(accounts.page)
    wait(qtbot, lambda: accounts.header is not None and not program.tasks.busy)
    accounts.open_account(couple)
    wait(qtbot, lambda: accounts.header.account_id == couple and not program.tasks.busy)
    enter_case(program, qtbot)

    wait(qtbot, lambda: accounts.header.holds and not program.tasks.busy)
    told = "Letters, recovery, collection of arrears and refunds stopped until 9 Jan 2027: breathing space"
    assert accounts.page.account.header._held.text() == told
    assert left_out(desk, (couple, neighbour)) == [couple]
    assert desk.ask(print_run, desk.ask(to_print), two_sided=False).outgoing_ids == (letters[1],)
    collected = desk.ask(queries.stops, None, Stop.ARREARS_COLLECTION)
    assert {account: (why.kind, why.until) for account, why in collected.items()} == {
        couple: (HoldKind.BREATHING_SPACE, LAST)
    }
    assert desk.ask(cases.protected) == {couple: 300_00}
    assert desk.do(charge_week, date(2026, 11, 23)).total_pence == 200_00
    assert desk.ask(ledger.balance, couple).pence == 500_00

    after = Desk(desk.database, desk.officer, FixedClock(LAST + timedelta(days=1)))
    (ended,) = jobs.note_ended(after).ended
    assert (ended.case, ended.ended_on) == ("BS-2026-1", LAST)
    assert left_out(after, (couple, neighbour)) == []
    after.do(mark_printed, letters)
    assert after.ask(queries.stops, None, Stop.ARREARS_COLLECTION) == after.ask(cases.protected) == {}
    assert tasks(desk)[-1] == f"Look at account {ended.reference}: a hold on it has ended"
