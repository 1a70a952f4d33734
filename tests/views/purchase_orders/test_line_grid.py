"""Lines typed by keyboard: Enter goes on, VAT and code go on from the line before, a row without words splits the line."""

import pytest
from PySide6.QtCore import Qt

from app.models.values import Money, PurchaseVat
from app.services.purchase_orders.orders.dto import NewSplit
from app.views.purchase_orders.line_fields import LABOUR, NOT_BACK, MarksField, ShareField, VatField
from app.views.purchase_orders.line_grid import LineGrid
from tests.views.desktop import press, type_text, wait
from tests.views.purchase_orders.orders_made import form, line


@pytest.fixture
def grid(qtbot, theme):
    """The grid by itself, with the focus in its first cell."""
    made = LineGrid(form().codes)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    made.table.setFocus()
    wait(qtbot, lambda: made.table.state() is made.table.State.EditingState)
    return made


def enter(grid, *cells):
    for each in cells:
        if each:
            type_text(grid, each)
        press(grid, Qt.Key.Key_Return)


def test_two_lines_typed_straight_on_the_second_as_the_first(grid):
    enter(grid, "Paint", "3", "12.5", "4120", "", "", "tin", "")
    enter(grid, "Brushes", "1.5", "0.0125")
    first, second = grid.value()
    assert (first.description, first.quantity, first.price, first.unit) == ("Paint", 3_000, 1_250_000, "tin")
    assert (first.vat, first.splits) == (PurchaseVat.STANDARD, (NewSplit(1),))
    assert (second.quantity, second.price, second.vat, second.splits) == (
        1_500,
        1_250,
        PurchaseVat.STANDARD,
        (NewSplit(1),),
    )


def test_a_line_is_split_over_the_codes_of_the_rows_under_it(grid):
    grid.set_value(
        [
            {"description": "Boiler", "quantity": "1", "price": "900", "code": ["1", "HR100 4120", ""], "share": "40%"},
            {"code": ["2", "HR100 4150", ""]},
            {"description": "Pipe", "quantity": "2", "price": "10", "vat": "z", "share": "5.00"},
            {"code": ["2", "HR100 4150", ""], "share": "15.00"},
        ]
    )
    boiler, pipe = grid.value()
    assert boiler.splits == (NewSplit(1, percent=4_000), NewSplit(2, percent=6_000))
    assert pipe.splits == (NewSplit(1, amount=Money(500)), NewSplit(2, amount=Money(1_500)))
    assert pipe.vat is PurchaseVat.ZERO


def test_what_is_missing_or_negative_is_marked_in_its_cell(grid):
    grid.set_value([{"description": "Paint", "quantity": "-3", "price": "1"}])
    assert grid.problem() == "1 cell to put right, the first in row 1."
    assert "negative" in grid.error(0, "quantity")
    grid.set_value([{"description": "Paint", "price": "1"}])
    assert grid.problem() == "1 cell to fill in, the first in row 1."
    assert grid.error(0, "quantity") == "How much? Such as 3 or 1.5."
    grid.set_value([{"quantity": "2", "price": "1"}])
    assert grid.error(0, "description") == ""
    assert grid.problem()
    assert grid.error(0, "description") == "Say what is ordered."


def test_lines_that_stand_are_shown_with_their_codes_and_keep_who_they_are(grid):
    grid.codes.offer(form().codes)
    grid.show_lines((line(1, cancelled=1_000), line(2, description="Valves"), line(3, quantity=2_000, cancelled=2_000)))
    radiators, valves = grid.value()
    assert (radiators.line_id, radiators.quantity, radiators.splits) == (1, 2_000, (NewSplit(1),))
    assert valves.line_id == 2
    typed = grid.typed()
    typed[0]["description"] = "Radiators, white"
    grid.retype(typed)
    assert [each.line_id for each in grid.value()] == [1, 2]
    grid.retype(typed[1:])
    assert [each.line_id for each in grid.value()] == [2]


def test_what_a_service_refuses_is_marked_in_the_row_of_its_line(grid):
    grid.set_value(
        [
            {"description": "Boiler", "quantity": "1", "price": "900", "code": ["1", "HR100 4120", ""], "share": "40%"},
            {"code": ["2", "HR100 4150", ""], "share": "59.9%"},
            {"description": "Pipe", "quantity": "2", "price": "10"},
        ]
    )
    grid.show_faults({(1, "codes"): "come to 99.9%: 0.1% are missing", (2, "quantity"): "Too many"})
    assert grid.error(0, "code").startswith("come to 99.9%")
    assert grid.error(2, "quantity") == "Too many"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("s", "standard"), ("5", "reduced"), ("0%", "zero"), ("E", "exempt"), ("Outside", "outside")],
)
def test_vat_is_typed_by_a_letter_or_its_rate(qtbot, theme, typed, kind):
    assert VatField().read(typed).value == kind


def test_fields_of_a_line_refuse_what_they_cannot_read(qtbot, theme):
    with pytest.raises(ValueError, match="S for standard"):
        VatField().read("17.5")
    with pytest.raises(ValueError, match="A percentage ends with %"):
        ShareField().read("half")
    assert ShareField().read("33.33%") == 3_333
    assert MarksField().read("nl") == frozenset({LABOUR, NOT_BACK})
    assert MarksField().written(frozenset({LABOUR, NOT_BACK})) == "Labour, VAT not got back"
    with pytest.raises(ValueError, match="L for labour"):
        MarksField().read("x")
