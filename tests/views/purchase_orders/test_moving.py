"""What was spent goes to another code from where it is seen: a line of an invoice in the match, a line of the budget book."""

import pytest
from sqlalchemy import select

from app.models.purchase_orders.coding import CodeTransfer
from app.models.purchase_orders.invoices import InvoiceLine
from app.models.values import InvoiceState, Money, Subject
from app.services.purchase_orders.budgets import keeping
from app.services.purchase_orders.coding.dto import SharesWanted
from app.views.common.fields_pickers import Picked
from app.views.purchase_orders.coding_sheets import TransferSheet
from app.views.purchase_orders.controller.budgets import BudgetsController
from app.views.purchase_orders.controller.invoices import InvoicesController
from app.views.purchase_orders.controller.moving import MoveWork
from app.views.purchase_orders.match_sheet import MatchSheet
from tests.factories import purchasing
from tests.prepared import prepared
from tests.views.desktop import wait


@prepared
def landlord_desk(desk, colleague):
    """The office of the tests of services, with a second officer, in place of the small landlord."""
    return desk


@prepared
def spent(landlord_desk):
    """An approved invoice of £100.00, £60.00 of it on one code and £40.00 on another, and a third code: (invoice, codes)."""

    def make(ctx):
        codes = [purchasing.budget(ctx, subjective=each) for each in ("4120", "4130", "4140")]
        row = purchasing.invoice(ctx, {codes[0]: 60_00, codes[1]: 40_00}, state=InvoiceState.APPROVED)
        ctx.session.scalars(select(InvoiceLine)).one().description = "Boiler service"
        for code, pence in ((codes[0], 60_00), (codes[1], 40_00)):
            keeping.spend(ctx, [(code, pence, purchasing.TODAY, "IN00001")], Subject.SUPPLIER_INVOICE, row.id)
        return row.id, codes

    return landlord_desk.do(make)


@pytest.fixture
def begin(office, qtbot):
    def begin(kind):
        made = kind(office)
        qtbot.addWidget(made.page)
        made.page.resize(1440, 860)
        made.page.show()
        made.refresh()
        wait(qtbot, lambda: not office.tasks.busy)
        return made

    return begin


def ask(sheet, office, qtbot, to_id):
    """Choose the code, say why, and ask for it."""
    sheet.fields.fill({"to_id": Picked(to_id, "HR100 4140"), "reason": "It is a boiler"})
    sheet.confirmed.emit()
    wait(qtbot, lambda: not office.tasks.busy)


def transfers(desk):
    rows = select(CodeTransfer).order_by(CodeTransfer.id)
    return desk.ask(lambda ctx: [(row.from_id, row.to_id, row.pence) for row in ctx.session.scalars(rows)])


def test_a_line_of_an_approved_invoice_is_moved_from_the_match(begin, spent, office, landlord_desk, qtbot):
    """The line is on two codes: which of them is chosen, and its amount follows."""
    invoice_id, codes = spent
    section = begin(InvoicesController)
    section.open_match(invoice_id)
    wait(qtbot, lambda: bool(section.page.findChildren(MatchSheet)))
    (match,) = section.page.findChildren(MatchSheet)
    match.table.go_to(next(at for at, row in enumerate(match.model.rows) if row.of is not None))
    match.code.trigger()
    wait(qtbot, lambda: bool(match.findChildren(TransferSheet)))
    (sheet,) = match.findChildren(TransferSheet)
    sheet.fields.field("share").setCurrentIndex(1)
    assert sheet.fields.values()["amount"] == Money(40_00)
    ask(sheet, office, qtbot, codes[2])
    assert transfers(landlord_desk) == [(codes[1], codes[2], 40_00)]
    match.close()


def test_a_line_of_the_book_is_moved_from_there_and_not_twice(begin, spent, office, landlord_desk, qtbot):
    invoice_id, codes = spent
    section = begin(BudgetsController)
    page = section.page
    wait(qtbot, lambda: page.go_to(codes[0]))
    wait(qtbot, lambda: len(page.card.book.rows) == 2 and not office.tasks.busy)
    at = next(at for at, row in enumerate(page.card.book.rows) if row.subject is Subject.SUPPLIER_INVOICE)
    page.card.book_table.go_to(1 - at)
    assert not page.move_action.isEnabled()
    page.card.book_table.go_to(at)
    assert page.move_action.isEnabled()
    page.move_action.trigger()
    wait(qtbot, lambda: bool(page.findChildren(TransferSheet)))
    (sheet,) = page.findChildren(TransferSheet)
    assert "share" not in sheet.fields.values()
    ask(sheet, office, qtbot, codes[2])
    assert transfers(landlord_desk) == [(codes[0], codes[2], 60_00)]
    wait(qtbot, lambda: not office.tasks.busy)
    MoveWork(office, page, SharesWanted(invoice_id, budget_id=codes[0]))
    wait(qtbot, lambda: "JT00001 moves this already" in office.messages.text)
