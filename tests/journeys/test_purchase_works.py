"""A broken window at a tenant's home: a works order raised from the account, done with a photograph, and recharged.

Urgent works reported on Monday 23 November are to be done within 7 days, by Monday the 30th. They cost £120.00 before VAT: bound
when they are approved, owed when they are done on Wednesday. The tenant is charged the £120.00 on a sub-account that is opened.
"""

from datetime import date

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.models.accounts import Account
from app.models.limits import OfficerLimit
from app.models.recharges import Recharge
from app.models.values import AccountKind, LimitKind, Money, OrderState, Subject
from app.services.documents.queries import listed
from app.services.ledger import checks
from app.services.ledger import queries as ledger
from app.services.purchase_orders.works import queries as works
from app.views.adjustments.recharge import RechargeSheet
from app.views.common.documents_incoming import Incoming
from app.views.purchase_orders.works_order import DoneSheet, WorksSheet
from tests.factories import purchasing
from tests.journeys.purchase_officer import CTRL, SHIFT, Officer, at_desk, clock, windows
from tests.views.desktop import open_tab, wait

__all__ = ["at_desk", "clock", "windows"]
Key = Qt.Key


def _begin(ctx):
    """A glazier and the budget; the officer may debit up to £200.00."""
    kind = LimitKind.ADJUSTMENT_DEBIT
    ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, kind=kind, line_pence=200_00, batch_pence=200_00))
    purchasing.supplier(ctx, "Sample Glass Limited")
    return purchasing.budget(ctx)


@pytest.fixture
def budget(at_desk):
    return at_desk(_begin)


@pytest.fixture
def officer(program, budget, landlord_file, qtbot):
    program.begin(str(landlord_file))
    wait(qtbot, lambda: program.office is not None and not program.tasks.busy)
    return Officer(program, qtbot)


def it_is_raised(officer, account_id):
    """On Accounts, for the home of the tenant who rang; the officer is back there when it waits for approval."""
    open_tab(officer.program, "rent")
    officer.until(lambda: "rent" in officer.program.controllers)
    rent = officer.program.controllers["rent"]
    rent.open_account(account_id)
    officer.until(lambda: rent.header is not None and rent.header.account_id == account_id)
    sheet = officer.opens(WorksSheet, Key.Key_K, CTRL | SHIFT)
    sheet.fields.fill({"trade": "Glazing", "priority": "urgent", "rechargeable": True})
    assert sheet._target.text() == "To be done by Mon 30 Nov 2026."
    officer.picks(sheet.fields.field("supplier_id"), "samp")
    officer.enters_a_line(sheet, "Glaze the kitchen window", "1", "120", "41")
    officer.until(lambda: "£144.00 in all" in sheet.effects.text())
    officer.confirms(sheet)
    officer.until(lambda: officer.program.window.page() is rent.page)
    assert officer.told() == "RQ00001 waits for approval."
    (row,) = officer.desk.ask(works.of_account, account_id)
    return row.order_id


def it_is_done(keeper, order_id, path):
    """Somebody else than who asked for it saw the new pane, and has a photograph of it."""
    keeper.program.office.open_record(Subject.PURCHASE_ORDER, order_id)
    keeper.until(lambda: keeper.order() is not None)
    sheet = keeper.opens(DoneSheet, Key.Key_D, CTRL | SHIFT)
    Image.new("RGB", (8, 8), "grey").save(path, "PNG")
    sheet.fields.fill({"words": "New pane"})
    sheet.evidence.add([Incoming(path.name, path)])
    keeper.confirms(sheet)
    keeper.until(lambda: keeper.order().row.left == Money(0))
    assert keeper.told() == "PO00001: Done on 25 Nov 2026, in time."


def it_is_recharged(officer):
    """What it cost, the job and the photograph go with it; once it is raised the officer is back at the order, which says so."""
    sheet = officer.opens(RechargeSheet, Key.Key_H, CTRL | SHIFT)
    values = sheet.fields.values()
    assert (values["net"], values["job"], values["done_on"]) == (Money(120_00), "PO00001", date(2026, 11, 25))
    assert values["item"] == "glazing"
    officer.until(lambda: "£0.00 becomes £120.00 DR" in sheet.effects.text())
    officer.confirms(sheet)
    officer.until(lambda: officer.program.window.page() is officer.tab.page)
    officer.until(lambda: "Recharged to the tenant" in officer.tab.page.card._works.text())


def test_a_window_is_glazed_and_recharged(officer, budget, accounts, windows, clock, tmp_path):
    order_id = it_is_raised(officer, accounts["Testerton"])
    officer.program.office.open_record(Subject.PURCHASE_ORDER, order_id)
    officer.until(lambda: officer.order() is not None)
    officer.approved_by("leader", officer.order().request_id)
    assert officer.stands(budget) == (120_00, 0, 0)
    clock.day = date(2026, 11, 25)
    it_is_done(windows("keeper"), order_id, tmp_path / "window.png")
    assert officer.stands(budget) == (0, 120_00, 0)
    officer.tab.refresh()
    officer.until(lambda: officer.order().row.state is OrderState.OPEN and officer.order().row.left == Money(0))
    it_is_recharged(officer)

    sub = officer.desk.ask(lambda ctx: ctx.session.scalars(select(Account).filter_by(kind=AccountKind.RECHARGE)).one())
    assert officer.desk.ask(ledger.balance, sub.id) == Money(120_00)
    raised = officer.desk.ask(lambda ctx: ctx.session.scalars(select(Recharge)).one())
    kinds = [each.kind for each in officer.desk.ask(listed, Subject.RECHARGE, raised.id)]
    assert sorted(kinds) == ["invoice", "photograph"]
    (row,) = officer.desk.ask(works.of_account, accounts["Testerton"])
    assert row.recharge_id == raised.id
    assert officer.desk.ask(checks.check) == ()
