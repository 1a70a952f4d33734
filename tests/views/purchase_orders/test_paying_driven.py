"""From the register of invoices to a payment run of those that are chosen, by keyboard."""

from dataclasses import replace

import pytest

from app.models.values import InvoiceState, Money
from app.views.purchase_orders.controller import PurchaseOrdersController
from tests.factories import purchasing
from tests.prepared import prepared
from tests.views.purchase_orders.hands import BOTH, CTRL, Hands, Key


@prepared
def landlord_desk(desk, colleague):
    """The office of the tests of services, with a second officer, in place of the small landlord."""
    return desk


@prepared
def owed(landlord_desk):
    """Invoices of £40.00 and £25.00 that are approved, and one of £9.00 that isn't; their ids."""

    def make(ctx):
        code, supplier = purchasing.budget(ctx), purchasing.supplier(ctx).id
        approved = {"supplier_id": supplier, "state": InvoiceState.APPROVED}
        rows = [purchasing.invoice(ctx, {code: pence}, **approved) for pence in (40_00, 25_00)]
        rows.append(purchasing.invoice(ctx, {code: 9_00}, supplier_id=supplier))
        return [row.id for row in rows]

    return landlord_desk.do(make)


@pytest.fixture
def tab(office, owed, qtbot):
    """The tab by itself; what is handed over goes to its own sections."""

    def hands_over(_area, wanted):
        shown.show_only(wanted)

    shown = PurchaseOrdersController(replace(office, show_only=hands_over))
    qtbot.addWidget(shown.page)
    shown.page.resize(1400, 860)
    shown.page.show()
    return shown


def test_what_is_chosen_in_the_register_is_paid_alone(tab, owed, office, qtbot):
    hands = Hands(office, tab.page, qtbot)
    tab.show_only("invoices")
    section = tab.section("invoices")
    section.refresh()
    hands.until(lambda: section.page.list.model.rowCount() == 3)
    section.open_record(None, owed[2])
    hands.until(lambda: section.page.detail is not None)
    assert not section.page.pay.isEnabled()
    section.page.list.table.setFocus()
    hands.press(Key.Key_A, CTRL)
    hands.until(section.page.pay.isEnabled)
    hands.press(Key.Key_N, BOTH)
    asking = tab.section("payments").page.asking
    hands.until(lambda: asking.isVisible() and asking.preview is not None)
    assert asking.preview.total == Money(65_00)
    assert hands.told().startswith("2 of 3 can be paid.")
