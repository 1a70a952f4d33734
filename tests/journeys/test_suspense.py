"""A payment with two digits of its reference swapped: found by one key, approved by a second officer, put right after.

Monday 16 November: £150.00 came from the bank for 12447130, which is nobody's: 0012 4471 03 with its last digits swapped
stands beside it. On the 18th a letter asked the tenant for the £150.00 that they had paid. When the leader approves, the home
owes nothing from the 16th on, and the officer has a task to put the letter right.
"""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.diary import Task
from app.models.letters import Outgoing
from app.models.values import JournalKind, Subject, SuspenseSource, SuspenseState
from app.services.approvals import commands as approvals
from app.services.core import database as databases
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Database, Desk
from app.services.core.sign_in import system_user
from app.services.ledger import checks
from app.services.ledger import queries as ledger
from app.services.ledger.dto import JournalHeader
from app.services.reception_payments.suspense import holding, queries, repairs
from app.services.reception_payments.suspense.dto import NewSuspense
from app.views.common.letter_sheet import LetterSheet
from tests.journeys.debit_officer import Calendar
from tests.services.reception_payments.suspense.test_repairs import letter
from tests.views.desktop import open_tab, press, sheet_of, wait

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key
PAID, ASKED, TODAY = date(2026, 11, 16), date(2026, 11, 18), date(2026, 11, 23)


@pytest.fixture
def clock():
    return Calendar(TODAY)


@pytest.fixture
def home(landlord_file, accounts, clock):
    """The account of the home, which owes 150.00; the money in suspense, the letter, and a second officer."""
    database = Database(databases.database_url(landlord_file))
    desk = Desk.sit_down(database, system_user()[0], clock)
    account_id = accounts["Testerton"]
    item = NewSuspense(
        SuspenseSource.BANK, 1, 1, 150_00, "RBP", PAID, reference_given="0012447130", payer_name="M TESTERTON"
    )
    desk.do(lambda ctx: holding.hold(ctx, JournalHeader(JournalKind.RECEIPTS, PAID, "bank", "bank:1"), [item]))
    desk.do(letter, account_id, ASKED)
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    desk.do(add, NewOfficer("leader", "Test Leader", frozenset({Role.TEAM_LEADER})))
    database.close()
    return account_id


def test_a_swapped_digit_is_confirmed_by_one_key_approved_and_put_right(program, home, landlord_file, qtbot):
    def until(happened):
        wait(qtbot, lambda: happened() and not program.tasks.busy)

    program.begin(str(landlord_file))
    until(lambda: program.office is not None)
    desk = program.office.desk
    open_tab(program, "reception_payments")
    until(lambda: "reception_payments" in program.controllers)
    program.office.show_only("reception_payments", "suspense")
    tab = program.controllers["reception_payments"]
    until(lambda: tab.section("suspense").page.card.found is not None)
    card = tab.section("suspense").page.card
    (item,) = desk.ask(queries.listed)
    assert card.candidate.account.account_id == home

    press(program.window, Key.Key_Return, CTRL)
    until(lambda: desk.ask(queries.item, item.item_id).state is SuspenseState.PROPOSED)
    assert desk.ask(ledger.balance, home).pence == 150_00
    leader = Desk.sit_down(desk.database, "leader", desk.clock)
    request = desk.ask(queries.item, item.item_id).request_id
    assert not leader.do(approvals.approve, [request]).refused
    assert desk.ask(ledger.balance, home).pence == 0
    assert not desk.ask(checks.check)

    tasks = select(Task.title).where(Task.kind == repairs.REPAIR, Task.officer_id == desk.officer.id)
    assert desk.ask(lambda ctx: ctx.session.scalars(tasks).all()) == [
        "Put right what was done while item 1 of £150.00 was in suspense"
    ]
    program.office.open_record(Subject.SUSPENSE_ITEM, item.item_id)
    until(lambda: card.meanwhile.rowCount() == 1)
    press(program.window, Key.Key_M, CTRL)
    sheet = sheet_of(qtbot, LetterSheet)
    until(lambda: sheet.chosen() is not None and sheet.chosen().key == repairs.APOLOGY)
    sheet.blanks.retype({**sheet.blanks.typed(), "what_we_put_right": "We took back our letter of 18 November."})
    until(sheet.confirm_action.isEnabled)
    press(sheet, Key.Key_Return, CTRL)
    rows = select(Outgoing.body).where(Outgoing.account_id == home).order_by(Outgoing.id.desc())
    until(lambda: len(desk.ask(lambda ctx: ctx.session.scalars(rows).all())) == 2)
    assert "You paid us £150.00 on 16 Nov 2026" in desk.ask(lambda ctx: ctx.session.scalars(rows).first())
