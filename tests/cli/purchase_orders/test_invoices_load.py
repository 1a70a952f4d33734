"""`rentbook invoices load`: text amounts, brackets, signs, encodings and dates of another order; all of it or nothing, once."""

import pytest
from sqlalchemy import select

from app.models.purchase_orders.invoices import InvoiceLine, SupplierInvoice
from app.models.values import InvoiceKind
from app.services.purchase_orders.invoices.loading import commands
from app.services.purchase_orders.invoices.loading.dto import NewFileLoad
from app.services.purchase_orders.invoices.loading.reading import read
from tests.factories import purchasing
from tests.factories.purchasing import TODAY
from tests.prepared import prepared

HEAD = "Vendor,Invoice No,Invoice Date,Order Number,Details,Net Amount,VAT Amount,Total,Cost centre,Subjective\n"


@prepared
def known(desk):
    """Two suppliers and one code; the names of the suppliers' numbers."""

    def make(ctx):
        purchasing.budget(ctx)
        one = purchasing.supplier(ctx, "Café Sample Limited")
        purchasing.supplier(ctx, "Other Paints Limited", finance_reference="77001")
        purchasing.order(ctx, (10, 10, {1: 100_00}), supplier_id=one.id)

    desk.do(make)


def write(tmp_path, *rows, encoding="utf-8", name="bills.csv"):
    path = tmp_path / name
    path.write_bytes((HEAD + "\n".join(rows) + "\n").encode(encoding))
    return path


def logged(desk):
    rows = select(SupplierInvoice).order_by(SupplierInvoice.number)
    return desk.ask(
        lambda ctx: [
            (row.kind, row.supplier_number, row.invoice_on.isoformat(), row.net_pence, row.vat_pence, row.order_id)
            for row in ctx.session.scalars(rows)
        ]
    )


def test_a_file_with_signs_brackets_and_another_encoding_is_logged_once(desk, known, office, tmp_path):
    """£1,000.00 and £200.00 in two rows of one number; a credit note of (£60.00); one on an order, whose lines come later."""
    rows = (
        'Café Sample Ltd,A-1,13/11/2026,,Paint,"£600.00",£120.00,,HR100,4120',
        'Café Sample Ltd,A-1,13/11/2026,,Brushes,"£400.00",£80.00,,HR100,4120',
        '77001,CN 9,03/11/2026,,Taken back,"(£50.00)",(£10.00),(£60.00),HR100,4120',
        "S00001,A-2,12/11/2026,p.o. 00001,,100,20,120,,",
    )
    path = write(tmp_path, *rows, encoding="cp1252")
    would = office("invoices", "load", path, "--profile", "shop", "--dry-run", "--json").data
    assert (would["invoices"], would["credit_notes"], would["lines"], would["net_pence"]) == (2, 1, 4, 1_050_00)
    assert logged(desk) == []
    done = office("invoices", "load", path, "--profile", "shop", "--json").data
    assert (done["first"], done["last"], done["mistakes"]) == ("IN00001", "IN00003", [])
    assert logged(desk) == [
        (InvoiceKind.INVOICE, "A-1", "2026-11-13", 1_000_00, 200_00, None),
        (InvoiceKind.CREDIT_NOTE, "CN 9", "2026-11-03", 50_00, 10_00, None),
        (InvoiceKind.INVOICE, "A-2", "2026-11-12", 100_00, 20_00, 1),
    ]
    assert len(desk.ask(lambda ctx: ctx.session.scalars(select(InvoiceLine.id)).all())) == 3
    again = office("invoices", "load", path, "--profile", "shop")
    assert (again.code, "was loaded on 21 Nov 2026 already" in again.err) == (1, True)
    more = write(tmp_path, *rows, "77001,B-1,14/11/2026,,Late,5,1,6,HR100,4120", name="again.csv")
    assert office("invoices", "load", more, "--profile", "shop", "--json").data["known"] == 4
    assert len(logged(desk)) == 4


def test_the_order_of_dates_is_asked_for_and_remembered_by_the_profile(desk, known, office, tmp_path):
    path = write(tmp_path, "77001,B-1,05/11/2026,,Paint,5,1,6,HR100,4120")
    asked = office("invoices", "load", path, "--profile", "abroad")
    assert asked.code == 1
    assert "'05/11/2026' can be read with the day first or the month: which is it?" in asked.out
    assert "--dates dmy" in asked.out
    assert office("invoices", "load", path, "--profile", "abroad", "--dates", "mdy").code == 0
    second = write(tmp_path, "77001,B-2,06/11/2026,,Paint,7,1.40,8.40,HR100,4120", name="second.csv")
    assert office("invoices", "load", second, "--profile", "abroad").code == 0
    assert [row[2] for row in logged(desk)] == ["2026-05-11", "2026-06-11"]


def test_every_fault_has_its_row_and_nothing_is_kept(desk, known, office, tmp_path):
    path = write(
        tmp_path,
        "Nobody Ltd,C-1,13/11/2026,,Paint,5,1,6,HR100,4120",
        "77001,,13/11/2026,,Paint,5,1,6,HR100,4120",
        "77001,C-3,31/02/2026,,Paint,5,1,6,HR100,4120",
        "77001,C-4,13/11/2026,,Paint,5,1,6.01,HR100,4120",
        "77001,C-5,13/11/2026,,Paint,five,1,6,HR100,4120",
        "77001,C-6,13/11/2026,,Paint,5,1,6,HR999,4120",
        "77001,C-7,13/11/2026,,Card 4111 1111 1111 1111,5,1,6,HR100,4120",
        "77001,C-8,13/11/2026,,Paint,5,1,6,HR100,4120",
        "77001,C-9,13/11/2026,,Paint,9,1.80,10.80,HR100,4120",
        "77001,c 8,13/11/2026,,Paint,5,1,6,HR100,4120",
    )
    refused = office("invoices", "load", path, "--profile", "shop", "--json")
    assert refused.code == 1
    found = {each["row"]: each["message"] for each in refused.data["mistakes"]}
    assert sorted(found) == [2, 3, 4, 5, 6, 7, 8, 11]
    assert found[2] == "There is no supplier 'Nobody Ltd': add them first, or give the number."
    assert found[5] == "£5.00 and VAT of £1.00 don't make £6.01."
    assert found[7] == "There is no budget HR999 4120 in 2026/27."
    assert found[11] == "c 8 is in row 9 already."
    assert logged(desk) == []


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"Name,Colour\nPaint,red\n"])
def test_what_is_no_file_of_invoices_is_refused_in_words(known, office, tmp_path, content):
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    refused = office("invoices", "load", path, "--profile", "shop")
    assert refused.code == 1
    assert "odd.csv" in refused.err


def test_a_row_that_is_there_twice_is_said_and_one_of_vat_alone_costs_nothing(desk, known, office, tmp_path):
    """£5.00 once, and VAT of £1.00 in a row of its own; the same row again isn't another £5.00."""
    row = "77001,B-1,13/11/2026,,Paint,5,0,5,HR100,4120"
    twice = office("invoices", "load", write(tmp_path, row, row), "--profile", "shop", "--json")
    assert [(each["row"], each["message"]) for each in twice.data["mistakes"]] == [(3, "It says the same as row 2.")]
    path = write(tmp_path, row, "77001,B-1,13/11/2026,,VAT,0,1,1,,", name="vat.csv")
    assert office("invoices", "load", path, "--profile", "shop").code == 0
    assert logged(desk) == [(InvoiceKind.INVOICE, "B-1", "2026-11-13", 5_00, 1_00, None)]
    assert desk.ask(lambda ctx: ctx.session.scalars(select(InvoiceLine.net_pence)).all()) == [5_00, 0]


def test_a_file_takes_as_many_statements_however_long_it_is(desk, known, tmp_path, query_log):
    """Every other row quotes an order; the audit and the rows themselves are written together."""

    def statements(count, name):
        rows = [
            f"S00001,{name}-{at},13/11/2026,{'PO00001' if at % 2 else ''},Paint,{at + 1},0,{at + 1},HR100,4120"
            for at in range(count)
        ]
        path = write(tmp_path, *rows, name=f"{name}.csv")
        query_log.clear()
        done = desk.do(commands.load, NewFileLoad(read(path), "shop", TODAY))
        assert done.looked.count == count
        return len(query_log)

    few = statements(4, "few")
    assert statements(60, "many") == few
    assert {row[5] for row in logged(desk)} == {None, 1}
