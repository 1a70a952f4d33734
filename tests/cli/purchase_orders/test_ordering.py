"""`rentbook orders load` and `list`: all of a file or nothing, once, with each fault's row."""

import csv

import pytest
from openpyxl import load_workbook

from app.services.purchase_orders.budgets import reconciling
from app.services.purchase_orders.orders.importing.reading import LAYOUT
from tests.factories import purchasing

HEAD = ("order", "supplier", "description", "quantity", "price", "cost_centre", "subjective", "received", "invoiced")
LINES = (
    ("4501", "Sample Paints Ltd", "Emulsion", "10", "12.50", "HR100", "4120", "4", "1"),
    ("4501", "Sample Paints Ltd", "Brushes", "2", "£5", "HR100", "4120", "", ""),
    ("4502", "S00001", "Ladder", "1", "1,200.00", "HR100", "4120", "1", "0"),
)


@pytest.fixture
def book(office, desk):
    """The command line of an office with a supplier and a code."""
    desk.do(purchasing.supplier)
    desk.do(purchasing.budget)
    desk.do(purchasing.order_limit, 2_000_00)
    return office


@pytest.fixture
def write(tmp_path):
    """Write a .csv file of lines."""

    def written(*lines, head=HEAD):
        path = tmp_path / "orders.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows((head, *lines))
        return path

    return written


def test_open_orders_are_loaded_once_with_what_is_bound_and_owed(book, desk, write):
    """Order 4501: 10 at £12.50 and 2 at £5.00, £135.00; 6 x £12.50 + £10.00 = £85.00 to come, 3 x £12.50 = £37.50 owed.

    Order 4502: £1,200.00, all of it came and is owed.
    """
    path = write(*LINES)
    tried = book("orders", "load", path, "--dry-run")
    assert tried.out.splitlines()[-2:] == [
        "2 orders of 3 lines in 2026/27: £1,335.00 before VAT, £85.00 of it to come.",
        "Nothing was kept.",
    ]
    assert book("orders", "load", path).out.strip() == "2 orders are loaded."
    assert desk.ask(purchasing.stands, 1) == (85_00, 1_237_50, 0)
    assert desk.ask(lambda ctx: tuple(reconciling.check(ctx))) == ()
    assert book("orders", "load", path).out.strip() == "Nothing of it is new. 2 were loaded before."
    found = book("orders", "list", "--json").data["orders"]
    assert [(row["number"], row["finance_number"], row["to_come_pence"], row["to_invoice_pence"]) for row in found] == [
        ("PO00001", "4501", 85_00, 37_50),
        ("PO00002", "4502", 0, 1_200_00),
    ]


def test_each_fault_is_told_with_its_row_and_nothing_is_kept(book, write):
    path = write(
        ("1", "Nobody Ltd", "Paint", "1", "1.00", "HR100", "4120", "", ""),
        ("2", "S00001", "Paint", "0", "1.00", "HR100", "4120", "", ""),
        ("3", "S00001", "Paint", "-2", "1.00", "HR100", "4120", "", ""),
        ("4", "S00001", "Paint", "1", "(1.00)", "HR100", "4120", "", ""),
        ("5", "S00001", "Paint", "1", "1.00", "HR100", "9999", "", ""),
        ("6", "S00001", "Paint", "1", "1.00", "HR100", "4120", "2", ""),
        ("7", "S00001", "Paint", "1", "1.00", "HR100", "4120", "", ""),
    )
    done = book("--json", "orders", "load", path)
    assert done.code == 1
    assert [(each["row"], each["field"]) for each in done.data["mistakes"]] == [
        (2, "supplier"),
        (3, "quantity"),
        (4, "quantity"),
        (5, "price"),
        (6, "subjective"),
        (7, "received"),
    ]
    assert book("orders", "list").out.strip().endswith("0 orders.")


def test_an_order_that_is_here_with_other_lines_is_refused(book, write):
    book("orders", "load", write(*LINES))
    done = book("orders", "load", write(LINES[0], ("4501", *LINES[1][1:3], "3", *LINES[1][4:])))
    assert "Order 4501 is here already, and not with these lines." in done.out
    assert done.code == 1


def test_who_is_meant_is_told_apart_by_number_reference_and_name(book, desk, write):
    """Two whose names are much the same, a reference that is another one's trading name, and one that is blocked."""
    desk.do(lambda ctx: purchasing.supplier(ctx, "Smith Limited").id)
    desk.do(lambda ctx: purchasing.supplier(ctx, "The Smith Co").id)
    desk.do(lambda ctx: purchasing.supplier(ctx, "Third Paints", finance_reference="Corner").id)
    desk.do(lambda ctx: purchasing.supplier(ctx, "Fourth Paints", trading_as="Corner").id)
    blocked = desk.do(lambda ctx: purchasing.supplier(ctx, "Fifth Paints").id)
    desk.do(purchasing.block, blocked)
    names = ("smith limited", "The Smith Co", "Corner", "s00003", "Smith", "Fifth Paints")
    lines = [(str(at), name, "Paint", "1", "1.00", "HR100", "4120", "", "") for at, name in enumerate(names, 1)]
    done = book("--json", "orders", "load", write(*lines))
    assert [(each["row"], each["message"]) for each in done.data["mistakes"]] == [
        (6, "Smith may be one of 2 suppliers."),
        (7, "Fifth Paints is blocked for orders since 2 Nov 2026: Insurance lapsed"),
    ]
    book("orders", "load", write(*lines[:4]))
    found = book("orders", "list", "--json").data["orders"]
    assert [row["supplier"] for row in found] == ["Smith Limited", "The Smith Co", "Third Paints", "The Smith Co"]


def test_an_order_above_the_limit_of_whoever_loads_it_is_refused(book, write):
    """Two lines of £1,000.01 of one order, however its number is written: £2,000.02, and £2,000.00 is the limit."""
    line = ("Sample Paints Ltd", "Paint", "1", "1000.01", "HR100", "4120", "", "")
    done = book("orders", "load", write(("a1", *line), ("A1", *line)))
    assert done.code == 1
    assert "Order a1 comes to £2,000.02, above your limit of £2,000.00 for orders." in done.out
    assert book("orders", "load", write(("a1", *line))).out.strip() == "1 order is loaded."
    assert "Order A1 is here already" in book("orders", "load", write(("A1", *line[:3], "9.00", *line[4:]))).out


def test_their_headings_are_named_and_the_list_is_narrowed(book, write):
    head = ("PO", "Creditor no", *HEAD[2:])
    book("orders", "load", write(*LINES, head=head), "--column", "Creditor no=supplier")
    assert book("orders", "list", "--state", "closed").out.strip().endswith("0 orders.")
    assert "Sample Paints Limited" in book("orders", "list", "--supplier", "paints", "--year", "2026").out
    assert book("orders", "list", "--supplier", "emulsion").out.strip().endswith("0 orders.")


def test_an_empty_workbook_is_written(book, tmp_path):
    path = tmp_path / "empty.xlsx"
    book("orders", "load", "--template", path)
    assert [cell.value for cell in load_workbook(path).active[1]] == [each.name for each in LAYOUT.columns]
