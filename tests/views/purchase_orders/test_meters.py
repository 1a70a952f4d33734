"""Meters on screen: registered by the sheet, billed, their consumption against the year before, and faults in words."""

from dataclasses import replace
from datetime import date

import pytest

from app.models.values import InvoiceKind, Money, PurchaseVat
from app.services.purchase_orders.invoices import commands
from app.services.purchase_orders.invoices.dto import MeterRow, MonthUse, NewInvoice, NewReading, ReadingRow
from app.services.purchase_orders.invoices.meters import queries
from app.views.common.fields_pickers import Picked
from app.views.purchase_orders.controller.meters import MetersController
from app.views.purchase_orders.meter_sheets import MeterSheet
from app.views.purchase_orders.meters import MetersPage, MeterView, shown_in
from tests.factories import purchasing
from tests.views.desktop import wait


@pytest.fixture
def landlord_desk(desk):
    """The office of the tests of services, in place of the small landlord."""
    return desk


def meter(**other):
    made = MeterRow(
        1, 1, 5, "Sample Power", "A-1", "1200", "Electricity", "House", None, "HR100 4120", None, True,
        date(2026, 10, 31), False, 15_000, Money(4_000),
    )  # fmt: skip
    return replace(made, **other)


def test_a_view_has_what_its_name_says():
    rows = (meter(), meter(estimated=True), meter(last_on=None), meter(active=False))
    shown = {view: [shown_in(each, view) for each in rows] for view in MeterView}
    assert shown == {
        MeterView.ACTIVE: [True, True, True, False],
        MeterView.ESTIMATED: [False, True, False, False],
        MeterView.NEVER: [False, False, True, False],
        MeterView.OUT: [False, False, False, True],
    }


def test_a_year_stands_against_the_year_before_and_faults_are_said_in_words(qtbot):
    """Eleven months of 100 and one of 220 are 1,320; twelve of 100 before are 1,200: 10 % more."""
    page = MetersPage(logs=True)
    qtbot.addWidget(page)
    months = [
        MonthUse(date(2025 + (at + 10) // 12, (at + 10) % 12 + 1, 1), 100_000, 100_000, estimated=False)
        for at in range(12)
    ]
    months[-1] = replace(months[-1], used=220_000, estimated=True)
    odd = ReadingRow(
        1, 1, "1200", "House", date(2026, 10, 1), date(2026, 10, 31), None, None, 220_000, True, Money(50_00),
        ("More than twice as much as last October.",),
    )  # fmt: skip
    page.show_meter(meter(), months, [odd])
    assert page.chart._figure.text() == "1,320 kWh in a year, 10 % more than before"
    assert page.faults.text() == "More than twice as much as last October."
    assert page.chart.model.rows[-1].estimated
    page.show_meter(None, (), ())
    assert not page.faults.text()


def pick(field, text):
    field.setText(text)
    field._typing(text)
    field._look()
    field._take(field._offered[0])


def test_a_meter_is_registered_by_the_sheet_and_its_bill_is_shown(desk, office, qtbot):
    """A bill of 1 to 31 October 2026 of 310 kWh: ten a day, all in October."""
    supplier_id = desk.do(lambda ctx: purchasing.supplier(ctx, "Sample Power").id)
    desk.do(purchasing.budget)
    controller = MetersController(office)
    qtbot.addWidget(controller.page)
    controller.page.show()
    office.bus.changed.connect(lambda _changes: controller.refresh())
    controller.page.add_wanted.emit()
    wait(qtbot, lambda: bool(controller.page.findChildren(MeterSheet)))
    sheet = controller.page.findChildren(MeterSheet)[-1]
    pick(sheet.fields.field("centre"), "HR100")
    pick(sheet.fields.field("code"), "4120")
    sheet.fields.fill(
        {"supplier": Picked(supplier_id, "Sample Power"), "account": "A-1", "meter": "1200", "site": "House"}
    )
    sheet.confirm_action.trigger()
    wait(qtbot, lambda: bool(controller.page.model.rows) and not office.tasks.busy)
    (row,) = controller.page.model.rows
    assert (row.meter, row.code, row.last_on) == ("1200", "HR100 4120", None)

    reading = NewReading(row.meter_id, date(2026, 10, 1), date(2026, 10, 31), None, None, 310_000, Money(93_00))
    bill = NewInvoice(
        "bill", supplier_id, "B-1", date(2026, 11, 2), date(2026, 11, 3), Money(93_00), Money(18_60),
        kind=InvoiceKind.UTILITY, category_id=desk.do(purchasing.category), readings=(reading,),
    )  # fmt: skip
    (line,) = desk.ask(lambda ctx: queries.bill_lines(ctx, bill))
    assert (line.description, line.net, line.vat, line.vat_kind) == (
        "Electricity, House, 1200",
        Money(93_00),
        Money(18_60),
        PurchaseVat.STANDARD,
    )
    assert [each.amount for each in line.splits] == [Money(93_00)]
    desk.do(commands.log, replace(bill, lines=(line,)))
    controller.refresh()
    wait(qtbot, lambda: not office.tasks.busy and bool(controller.page.readings.rows))
    (shown,) = controller.page.readings.rows
    assert (shown.used, shown.invoice_number) == (310_000, "IN00001")
    assert controller.page.chart.model.rows[-1].used == 310_000
