"""A lock change is recharged from the account by keyboard: invoice, sub-account, letter, and a task for the officer who is told."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.accounts import Account
from app.models.diary import Task
from app.models.limits import OfficerLimit
from app.models.recharges import Recharge
from app.models.values import AccountKind, LimitKind, Money, Subject
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.core.sign_in import system_user
from app.services.documents.queries import listed
from app.services.ledger import queries as ledger
from app.services.rent.search import refresh_search
from app.views.adjustments.recharge import RechargeSheet
from app.views.common.documents_incoming import Incoming
from tests.conftest import TODAY
from tests.factories import lettings
from tests.views.desktop import press, type_text, wait

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def let_home(tmp_path):
    """A database file with one home; its officer may debit up to 100.00."""
    path = tmp_path / "recharged.db"
    name, full_name = system_user()
    clock = FixedClock(TODAY)
    database = databases.create(path, name, full_name, clock)
    desk = Desk.sit_down(database, name, clock)

    def let(ctx):
        made = lettings.letting(ctx, "100.00", who=("Maria", "Testerton"), reference="0012 4471 03")
        kind = LimitKind.ADJUSTMENT_DEBIT
        ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, kind=kind, line_pence=100_00, batch_pence=100_00))
        refresh_search(ctx)
        return made.account.id

    account = desk.do(let)
    database.close()
    return path, account


def test_a_recharge_with_its_notification(program, let_home, qtbot, tmp_path):
    path, account = let_home
    program.begin(str(path))
    wait(qtbot, lambda: program.office is not None)
    desk = program.office.desk
    accounts = program.controllers["rent"]
    program.window.go_to(accounts.page)
    wait(qtbot, lambda: accounts.header is not None and not program.tasks.busy)
    next(action for work, action in accounts.page.works.items() if work.title == "Recharge a repair").trigger()
    wait(qtbot, lambda: program.window.findChild(RechargeSheet) is not None)
    sheet = program.window.findChild(RechargeSheet)
    wait(qtbot, sheet.isVisible)
    assert sheet.fields.values()["account_id"] == account

    sheet.fields.fill({"item": "lock_change", "notify_id": desk.officer.id, "done_on": TODAY})
    press(sheet, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    type_text(sheet, "R104233")
    wait(qtbot, lambda: "£76.40 DR" in sheet.effects.text())
    shown = sheet.effects.text()
    assert "Lock change, not an emergency: 1 x £76.40 = £76.40" in shown
    assert "A new sub-account is opened" in shown
    assert "It is raised at once, by you." in shown
    press(sheet, Qt.Key.Key_S, CTRL)
    assert "needs evidence" in sheet.fields.error_of("evidence")
    job = tmp_path / "job.txt"
    job.write_text("Lock changed at noon")
    sheet.evidence.add([Incoming(job.name, job)])
    press(sheet, Qt.Key.Key_S, CTRL)
    wait(qtbot, lambda: "Invoice 1 is raised: £76.40" in program.office.messages.text and not program.tasks.busy)

    sub = desk.ask(lambda ctx: ctx.session.scalars(select(Account).where(Account.kind == AccountKind.RECHARGE)).one())
    assert desk.ask(ledger.balance, sub.id) == Money(76_40)
    raised = desk.ask(lambda ctx: ctx.session.scalars(select(Recharge)).one())
    kinds = {each.kind for each in desk.ask(listed, Subject.RECHARGE, raised.id)}
    assert kinds == {"file", "invoice"}
    assert raised.job == "R104233"
    task = desk.ask(lambda ctx: ctx.session.scalars(select(Task).where(Task.kind == "recharge_raised")).one())
    assert (task.officer_id, task.subject_id) == (desk.officer.id, account)
    assert task.title == f"Rechargeable repair: £76.40 raised on {sub.payment_reference}"
