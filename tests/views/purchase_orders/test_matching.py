"""The match on screen: each figure as ordered, received and charged, what differs in words, and all of it by keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.models.values import InvoiceState, MatchFault, Money
from app.services.core.errors import UserError
from app.services.purchase_orders.invoices.dto import Act, Difference, NewSplit
from app.shots import purchase_invoices as made
from app.views.common.fields_pickers import Picked
from app.views.purchase_orders.invoice_sheets import CodesSheet, as_new
from app.views.purchase_orders.match_sheet import MatchSheet
from app.views.purchase_orders.match_table import first_open, rows_of


@pytest.fixture
def sheet(qtbot):
    made_sheet = MatchSheet(None, made.detail())
    qtbot.addWidget(made_sheet)
    made_sheet.show()
    return made_sheet


def test_each_figure_stands_as_ordered_received_and_charged_with_what_differs_in_words():
    """Of ten valves eight came; pumps of £42.50 are charged at £45.00; delivery isn't charged; £20.00 and £4.00 are missing."""
    shown = [(each.line, each.figure, each.ordered, each.received, each.charged) for each in rows_of(made.match())]
    assert ("1  Radiator valves", "Quantity", "10 each", "8", "10 each") in shown
    assert ("", "Price", "£42.50", "", "£45.00") in shown
    assert ("", "VAT", "£36.00 due", "", "£36.00") in shown
    rows = rows_of(made.match())
    assert [each.said for each in rows if each.open] == [made.QUANTITY.words, made.PRICE.words]
    assert next(each.said for each in rows if each.line.startswith("Order line 3")) == (
        "not charged by this invoice; 1 left to be charged"
    )
    assert [each.said for each in rows[-3:]] == [
        "The invoice says £400.00",
        "The invoice says £80.00",
        "The invoice asks for £480.00",
    ]


def test_only_differences_name_their_line_and_an_accepted_one_says_who_and_why():
    taken = replace(made.PRICE, accepted_why="New price list", accepted_by="Test Leader")
    whole = Difference(MatchFault.NOT_OPEN, 0, "The order is closed.", acceptable=False)
    rows = rows_of(made.match(whole, taken), only_differences=True)
    assert (rows[0].line, rows[0].figure, rows[0].said) == ("Whole invoice", "Order not open", "The order is closed.")
    assert (rows[1].line, rows[1].open) == ("2  Circulation pumps", False)
    assert rows[1].said.endswith("Accepted by Test Leader: New price list")
    assert first_open(rows, 0) == 0


def test_the_officer_stands_on_the_first_difference_and_goes_on_by_f3(sheet, qtbot):
    assert sheet.chosen.fault == made.QUANTITY
    qtbot.keyClick(sheet, Qt.Key.Key_F3)
    assert sheet.chosen.fault == made.PRICE
    with qtbot.waitSignal(sheet.act_wanted) as wanted:
        sheet.acts[Act.ACCEPT].trigger()
    assert wanted.args == [Act.ACCEPT, made.PRICE]
    qtbot.keyClick(sheet, Qt.Key.Key_F3)
    assert sheet.chosen.fault == made.QUANTITY


def test_approval_waits_until_nothing_stands_in_the_way_and_says_what_does(sheet):
    assert not sheet.confirm_action.isEnabled()
    sheet.table.go_to(1)
    assert not sheet.acts[Act.ACCEPT].isEnabled()
    assert sheet.words.text() == made.detail().why_not
    clean = made.detail(match=made.match(replace(made.PRICE, accepted_why="Agreed", accepted_by="Test")), why_not="")
    sheet.show_invoice(replace(clean, acts=clean.acts | {Act.ASK}))
    assert sheet.confirm_action.isEnabled()
    stuck = Difference(MatchFault.OTHER_SUPPLIER, 0, "The order is of another supplier.", acceptable=False)
    sheet.show_invoice(made.detail(match=made.match(stuck)))
    assert "has to be put right" in sheet.words.text()
    assert not sheet.acts[Act.ACCEPT].isEnabled()


def test_the_clock_stands_beside_it_and_says_what_holds_it(sheet):
    told = made.dispute(holds=True, holds_why="It holds the time to pay since 6 Nov 2026.")
    held = made.clock(held=True, words=("Received 3 Nov 2026.", "Held since 6 Nov 2026 by a dispute."))
    sheet.show_invoice(made.detail(row=made.row(disputed=True, disputed_told=True), clock=held, disputes=(told,)))
    assert (sheet.state.text(), sheet.left.text()) == ("Disputed", "Held by a dispute")
    assert "Held since 6 Nov 2026" in sheet.time.text()
    assert "It holds the time to pay" in sheet.notes.text()
    late = made.row(left_days=-2, left="2 days late")
    sheet.show_invoice(made.detail(row=late, clock=made.clock(left_days=-2)))
    assert (sheet.left.text(), sheet.left.property("tone")) == ("2 days late", "bad")
    paid = made.row(state=InvoiceState.PAID, left_days=None, left="")
    sheet.show_invoice(made.detail(row=paid, acts=frozenset()))
    assert sheet.left.isHidden()


def test_a_line_is_shared_over_codes_and_the_last_bears_the_rest(qtbot):
    """£200.00: £150.00 on one code leaves £50.00; £150.00 and £60.00 are £10.00 too much."""
    codes = [Picked(1, "HR100 4120", "Responsive"), Picked(2, "HR100 4130", "Planned")]
    found = made.detail()
    sheet = CodesSheet(None, found, found.match.lines[0], codes)
    qtbot.addWidget(sheet)
    first, second = ({"code": [str(each.id), each.words, each.detail]} for each in codes)
    sheet.fields.fill({"codes": [first | {"amount": "150.00"}, second | {"amount": ""}]})
    lines = sheet.command().new.lines
    assert lines[0].splits == (NewSplit(1, Money(150_00)), NewSplit(2, Money(50_00)))
    assert lines[1].splits == as_new(found).lines[1].splits
    sheet.fields.fill({"codes": [first | {"amount": "150.00"}, second | {"amount": "60.00"}]})
    with pytest.raises(UserError, match=r"£10\.00 more than the £200\.00"):
        sheet.command()


def test_labour_of_the_orders_lines_is_left_to_them_by_a_change(qtbot):
    """The first line, £200.00, is labour: only another sum is one that somebody typed."""
    found = made.detail()
    first = replace(found.match.lines[0], labour=True)
    found = replace(found, match=replace(found.match, lines=(first, *found.match.lines[1:])))
    assert as_new(replace(found, labour=first.net)).labour is None
    assert as_new(replace(found, labour=Money(60_00))).labour == Money(60_00)
