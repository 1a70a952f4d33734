"""A spreadsheet of charges: read, resolved to accounts, refused row by row."""

import csv
from datetime import date

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from app.models.charges import Charge
from app.models.documents import DocumentLink
from app.models.values import Money
from app.services.charges.bulk import queries
from app.services.charges.bulk.commands import apply, rehearse
from app.services.charges.bulk.dto import Apply, NewChange, SheetLine
from app.services.charges.bulk.reading import read
from app.services.core.errors import UserError
from tests.factories import landlord_files

APRIL = date(2027, 4, 5)
HEADINGS = ["Payment reference", "Charge", "New amount"]


def sheet(desk, tmp_path, rows, headings=HEADINGS, title="New charges"):
    path = tmp_path / "charges.xlsx"
    book = Workbook(write_only=True)
    page = book.create_sheet(title)
    for row in [headings, *rows]:
        page.append(row)
    book.save(path)
    return read(path, desk.ask(queries.codes))


def test_rows_are_read_with_their_own_headings(desk, tmp_path):
    found = sheet(desk, tmp_path, [["70 0001", "Rent", 104.8], ["70 0002", "DSC", None]])
    assert found.problems == ()
    assert found.lines == (SheetLine(2, "70 0001", "DBR", Money(104_80)), SheetLine(3, "70 0002", "DSC", None))


def test_a_csv_is_read_too(desk, tmp_path):
    path = tmp_path / "charges.csv"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([["reference", "code", "weekly"], ["70 0001", "DBR", "104.80"]])
    assert read(path, desk.ask(queries.codes)).lines == (SheetLine(2, "70 0001", "DBR", Money(104_80)),)


def test_a_spreadsheet_is_rehearsed_and_applied(desk, homes, alone, tmp_path):
    garage = homes["garage"].property.ref
    rows = [
        ["700001", "DBR", "104.80"],  # the reference without its space
        ["70 0002", "DBR", "120.00"],  # as it is: not a line
        ["70 0002", "DSC", None],  # it ends
        [garage, "DGA", "18.20"],  # by the property
        ["70 0003", "DGM", "1.35"],  # a new charge
    ]
    change = desk.do(rehearse, NewChange("By sheet", APRIL, sheet=sheet(desk, tmp_path, rows)))
    assert [(each.code, each.before, each.after) for each in desk.ask(queries.lines, change)] == [
        ("DBR", Money(100_00), Money(104_80)),
        ("DGM", None, Money(1_35)),
        ("DGA", Money(17_80), Money(18_20)),
        ("DSC", Money(4_50), None),
    ]
    (kept,) = desk.ask(lambda ctx: ctx.session.scalars(select(DocumentLink)).all())
    assert (kept.subject, kept.subject_id, kept.file_name) == ("charge_change", change, "charges.xlsx")
    desk.do(apply, Apply(change, excuse="Agreed with each of them"))

    def read_back(ctx):
        rows = ctx.session.execute(
            select(Charge.code, Charge.amount_pence, Charge.from_on, Charge.to_on)
            .where(Charge.account_id == homes["sheltered"].account.id)
            .order_by(Charge.code)
        )
        return [(row.code, row.amount_pence, row.from_on) for row in rows]

    assert ("DGM", 1_35, APRIL) in desk.ask(read_back)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["70 9999", "DBR", "1.00"]], "Row 2: There is no tenancy of 70 9999"),
        ([["70 0001", "DBR", "-1.00"]], "Row 2: Rent .DBR. can't be a credit"),
        ([["70 0001", "XXX", "1.00"]], "Row 2:"),
        ([["70 0001", "DBR", "1.2.3"]], "Row 2: '1.2.3' is not an amount"),
        ([["70 0001", "DBR", "1.00"], ["70 0001", "DBR", "2.00"]], "Row 3: 70 0001 DBR stands in row 2 already"),
        ([["70 0001", "DBR", "1.00"], ["T00001", "DBR", "2.00"]], "Row 3: T00001 DBR is set by another row already"),
        ([[None, "DBR", "1.00"]], "Row 2: reference is empty"),
    ],
)
def test_every_fault_is_said_with_its_row_and_nothing_is_kept(desk, homes, tmp_path, rows, words):
    with pytest.raises(UserError, match=words):
        desk.do(rehearse, NewChange("By sheet", APRIL, sheet=sheet(desk, tmp_path, rows)))
    assert desk.ask(queries.changes) == ()


def test_a_card_number_on_another_sheet_is_a_fault_too_since_the_file_is_kept_whole(desk, homes, tmp_path):
    sheets = {"New charges": (HEADINGS, ("70 0001", "Rent", 104.8)), "Notes": (("Paid by", 4111111111111111),)}
    path = landlord_files.write(tmp_path / "charges.xlsx", sheets)
    found = read(path, desk.ask(queries.codes))
    with pytest.raises(UserError, match="Sheet Notes, B1: The cell holds what looks like a payment card number"):
        desk.do(rehearse, NewChange("By sheet", APRIL, sheet=found))
    assert desk.ask(queries.changes) == ()


def test_a_file_without_charges_is_refused(desk, tmp_path):
    with pytest.raises(UserError, match="has no sheet of charges"):
        sheet(desk, tmp_path, [["a", "b"]], ["One", "Two"], "Names")
    assert "No row of headings" in sheet(desk, tmp_path, [["a", "b"]], ["One", "Two"]).problems[0].message
    (tmp_path / "text.xlsx").write_text("no workbook")
    with pytest.raises(UserError):
        read(tmp_path / "text.xlsx", desk.ask(queries.codes))
