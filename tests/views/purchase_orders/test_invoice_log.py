"""The sheet that logs an invoice: what is typed, what is said beside it, and what may be the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.models.values import ZERO, InvoiceKind, InvoiceState, Money, PurchaseVat
from app.services.core.errors import UserError
from app.services.purchase_orders.invoices.dto import OrderChoice, Suspect
from app.services.purchase_orders.orders.dto import LineRow
from app.views.common.fields_pickers import Picked
from app.views.purchase_orders.invoice_entry import Choices, lines_words, vat_words
from app.views.purchase_orders.invoice_log import LogSheet

TODAY = date(2026, 11, 21)
ORDER = OrderChoice(7, "PO00007", "Boiler parts", 3, "Sample Heating", "open", 1, Money(160_00), Money(32_00))
VALVES = LineRow(
    11, 1, "Valves", 10_000, "each", 20_00_000, PurchaseVat.STANDARD, True, False, Money(200_00), Money(40_00), 8_000, 0,
    ZERO, 0, (),
)  # fmt: skip


def nothing(_text, then):
    then([])


@pytest.fixture
def sheet(qtbot):
    choices = Choices(lambda: TODAY, nothing, nothing, nothing, [("Materials", 1)])
    made = LogSheet(None, choices, "Log an invoice", kind=InvoiceKind.INVOICE)
    qtbot.addWidget(made)
    made.rates_wanted.connect(lambda on: made.show_rates(on, {PurchaseVat.STANDARD: Decimal(20)}))
    return made


def typed(sheet, **other):
    known = {
        "supplier": Picked(3, "Sample Heating"),
        "supplier_number": "SH-4471",
        "invoice_on": date(2026, 11, 18),
        "net": Money(160_00),
        "vat": Money(32_00),
    }
    sheet.fields.fill(known | other)
    sheet._follow()


def test_the_order_quoted_is_asked_for_once_and_its_lines_are_taken_over_as_they_came(sheet):
    """Of ten valves eight came and none is charged: eight at £20.00 are £160.00, and £32.00 VAT."""
    asked = []
    sheet.order_typed.connect(lambda text, supplier: asked.append((text, supplier)))
    typed(sheet, order_quoted="PO 7")
    sheet._follow()
    assert asked[-1] == ("PO 7", 3)
    assert asked.count(("PO 7", 3)) == 1
    sheet.show_order(ORDER, [VALVES])
    assert "£192.00 with VAT is left to be charged" in sheet._said_of_order.text()
    sheet.take_over()
    assert sheet._said_of_vat.text() == "The lines come to £160.00 and £32.00 VAT: as the invoice says"
    new = sheet.command()
    assert (new.order_id, new.received_on, new.supplier_number) == (7, TODAY, "SH-4471")
    (line,) = new.lines
    assert (line.order_line_id, line.quantity, line.price, line.vat) == (11, 8_000, 20_00_000, Money(32_00))


def test_vat_that_cannot_be_got_back_by_the_order_cannot_by_the_invoice(sheet):
    typed(sheet, order_quoted="PO 7")
    sheet.show_order(ORDER, [replace(VALVES, vat_recovered=False)])
    sheet.take_over()
    assert [each.vat_recovered for each in sheet.command().lines] == [False]


def test_a_line_that_the_order_has_not_is_said(sheet):
    typed(sheet)
    sheet.show_order(ORDER, [VALVES])
    row = {"order_line": "4", "description": "x", "quantity": "1", "price": "1", "kind": "Standard", "vat": ""}
    sheet.fields.fill({"lines": [row]})
    with pytest.raises(UserError, match="the order has no line 4"):
        sheet.command()


def test_those_that_may_be_the_same_stand_over_it_and_a_reason_is_asked_for_unless_one_is_it_for_certain(sheet, qtbot):
    sheet.show()
    near = Suspect(9, "IN00009", "SH4471", TODAY, Money(192_00), InvoiceState.PAID, "The same but for a sign", False)
    sheet.show_suspects([near])
    assert sheet._suspected.isVisibleTo(sheet)
    assert sheet.fields.field("duplicates_why").isVisibleTo(sheet)
    exact = Suspect(9, "IN00009", "SH-4471", TODAY, Money(192_00), InvoiceState.PAID, "The same", True)
    sheet.show_suspects([exact])
    assert "can't be logged twice" in sheet._suspected_words.text()
    assert not sheet.fields.field("duplicates_why").isVisibleTo(sheet)


def test_a_utility_bill_has_meters_and_works_out_what_was_used(sheet):
    """1,200.5 less 1,000 is 200.5."""
    typed(sheet, kind=InvoiceKind.UTILITY)
    row = {
        "meter": ["5", "1200", "House"],
        "from_on": "1/10/2026",
        "to_on": "31/10/2026",
        "opening": "1000",
        "closing": "1200.5",
        "used": "",
        "estimated": "Estimated",
        "net": "160.00",
    }
    sheet.fields.fill({"readings": [row]})
    (reading,) = sheet.command().readings
    assert (reading.meter_id, reading.used, reading.estimated) == (5, 200_500, True)
    assert (reading.from_on, reading.to_on) == (date(2026, 10, 1), date(2026, 10, 31))
    sheet.fields.fill({"readings": [row | {"opening": "0", "closing": "12", "used": "0"}]})
    (fresh,) = sheet.command().readings
    assert (fresh.opening, fresh.used) == (0, 0)
    sheet.fields.fill({"readings": [row | {"closing": ""}]})
    with pytest.raises(UserError, match="both readings"):
        sheet.command()


def test_vat_is_worked_out_and_the_difference_said():
    """20 % of £400.00 is £80.00; £80.01 is a penny more."""
    assert vat_words(Money(400_00), Money(80_01), Decimal(20)).endswith("it is £80.00: £0.01 more is charged")
    assert vat_words(Money(400_00), None, Decimal("20.00")).endswith("rate of 20 % it is £80.00")
    assert lines_words((Money(380_00), Money(76_00)), Money(400_00), Money(80_00)).endswith("asks for £24.00 more")
