"""A refund stopped by a garage debt, then released: found in the credit list, paid from the credit, approved, sent.

The home is charged 100.00 a week and has 220.00 to its credit; a week stays on it, so 120.00 may be refunded. The garage owes
45.00: the credit pays it, and 75.00 is left to refund, by cheque. When it is sent the home has 100.00 to its credit.
"""

import shutil
from datetime import date

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.landlord import Landlord
from app.models.limits import OfficerLimit
from app.models.officers import Officer
from app.models.values import GateState, JournalKind, LimitKind, Money, RefundMethod, RefundState
from app.services.adjustments.refunds import keeping, queries
from app.services.approvals import commands as approvals
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.ledger import commands as ledger
from app.services.ledger import queries as balances
from app.services.ledger.dto import JournalHeader, Line
from app.views.adjustments.gate import GateSheet
from app.views.adjustments.refund import RefundSheet
from tests.conftest import TODAY
from tests.factories import lettings
from tests.views.desktop import answer_file, press, wait

CTRL = Qt.KeyboardModifier.ControlModifier
PAID_ON = date(2026, 11, 2)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The file, the home's account and the garage's."""
    path = tmp_path_factory.mktemp("refund") / "made.db"
    name, full_name = system_user()
    database = databases.create(path, name, full_name, FixedClock(TODAY))
    desk = Desk.sit_down(database, name, FixedClock(TODAY))

    def let(ctx):
        ctx.session.add(Landlord(name="Sample District Council", address="1 Sample Street\nTestford\nZZ1 1AA"))
        home = lettings.letting(ctx, "100.00", reference="70 0001")
        return home.account.id, lettings.garage_letting(ctx, home=home).account.id

    def limits(ctx):
        for officer_id in ctx.session.scalars(select(Officer.id).where(Officer.username != "system")).all():
            for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT, LimitKind.REFUND):
                row = OfficerLimit(officer_id=officer_id, kind=kind, line_pence=500_00, batch_pence=500_00)
                ctx.session.add(row)

    accounts = desk.do(let)
    for key, account, code, pence in (("paid", 0, "RBP", -220_00), ("owed", 1, "DGA", 45_00)):
        header = JournalHeader(JournalKind.RECEIPTS, PAID_ON, "test", key)
        desk.do(ledger.post, header, [Line(accounts[account], code, pence, PAID_ON)])
    desk.do(add, NewOfficer("manager", "Test Manager", frozenset({Role.ADMINISTRATOR})))
    desk.do(add, NewOfficer("leader", "Test Leader", frozenset({Role.TEAM_LEADER})))
    desk.do(limits)
    database.close()
    return path, *accounts


def sheet_of(program, qtbot, kind):
    wait(qtbot, lambda: any(each.isVisible() for each in program.window.findChildren(kind)) and not program.tasks.busy)
    return next(each for each in program.window.findChildren(kind) if each.isVisible())


def ask_for_it(program, qtbot):
    """From the credit list, by cheque; its gate."""
    adjustments = program.controllers["adjustments"]
    program.window.go_to(adjustments.page)
    page = adjustments.section("credits").page
    wait(qtbot, lambda: page.model.rows and not program.tasks.busy)
    assert [(row.credit, row.refundable) for row in page.model.rows] == [(Money(220_00), Money(120_00))]
    page.table.setFocus()
    press(program.window, Qt.Key.Key_Return, CTRL)
    sheet = sheet_of(program, qtbot, RefundSheet)
    assert sheet.fields.values()["amount"] == Money(120_00)
    sheet.fields.fill({"method": RefundMethod.CHEQUE, "reason": "Paid twice in November"})
    wait(qtbot, lambda: "owes £45.00" in sheet.effects.text() and not program.tasks.busy)
    press(sheet, Qt.Key.Key_S, CTRL)
    return sheet_of(program, qtbot, GateSheet)


def test_a_refund_is_stopped_by_a_garage_debt_and_then_released(program, made, qtbot, tmp_path):
    _, home, garage = made
    program.begin(str(shutil.copy(made[0], tmp_path / "refund.db")))
    wait(qtbot, lambda: program.office is not None)
    desk = program.office.desk
    gate = ask_for_it(program, qtbot)
    assert [check.title for check in gate.found.gate.stops] == ["Debt on another account", "Evidence"]
    assert not gate.confirm_action.isEnabled()

    press(gate, Qt.Key.Key_T, CTRL)
    wait(qtbot, lambda: gate.found.amount == Money(75_00) and not program.tasks.busy)
    letter = tmp_path / "letter.txt"
    letter.write_text("Please pay back what I paid twice.", encoding="utf-8")
    press(gate, Qt.Key.Key_D, CTRL)
    answer_file(qtbot, gate, letter)
    wait(qtbot, lambda: gate.found.gate.green and not program.tasks.busy)
    paid = [check.words for check in gate.found.gate.checks if check.state is GateState.OFFSET]
    assert paid == ["£45.00 of it was paid from this credit by adjustment 1."]
    press(gate, Qt.Key.Key_Return, CTRL)
    wait(qtbot, lambda: gate.over and not program.tasks.busy)

    refund_id = gate.found.refund_id
    found = desk.ask(queries.detail, refund_id)
    assert (found.state, found.amount) == (RefundState.WAITING, Money(75_00))
    leader = Desk.sit_down(desk.database, "leader", desk.clock)
    leader.do(approvals.approve, [found.request_id])
    leader.do(lambda ctx: keeping.post_now(ctx, keeping.found(ctx, refund_id), TODAY))
    assert desk.ask(balances.balance, home).pence == -100_00
    assert desk.ask(balances.balance, garage).pence == 0
    assert desk.ask(queries.detail, refund_id).state is RefundState.SENT
