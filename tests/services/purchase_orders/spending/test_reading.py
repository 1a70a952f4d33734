from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from app.models.values import Money
from app.services.core.errors import UserError
from app.services.purchase_orders.spending import profiles
from app.services.purchase_orders.spending.dto import DayOrder, MixedDates, Part, Profile, Rejected, UnknownHeadings
from app.services.purchase_orders.spending.reading import read

HEAD = "Payment Date,Supplier Name,Net Amount,Expense Code\n"


@pytest.fixture
def file(tmp_path):
    def make(text: str, name: str = "spend.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return make


def test_payments_are_totalled_by_supplier_code_and_month(file):
    """100.00 + 250.50 of Alpha in April, 80.00 of Beta in May less a credit of 30.00: 400.50 in all."""
    found = read(
        [
            file(
                HEAD + "01/04/2026,Alpha Plumbing Ltd,100.00,R100\n"
                "30/04/2026,ALPHA  PLUMBING LTD,250.50,R200\n"
                "01/05/2026,Beta Roofing,80.00,R100\n"
                "02/05/2026,Beta Roofing,(30.00),R100\n"
            )
        ]
    )
    assert (found.lines, found.total) == (4, Money(40_050))
    assert found.by_supplier == {"Alpha Plumbing Ltd": Money(35_050), "Beta Roofing": Money(5_000)}
    assert found.by_code == {"R200": Money(25_050), "R100": Money(15_000)}
    assert list(found.by_month.items()) == [("2026-04", Money(35_050)), ("2026-05", Money(5_000))]
    assert found.rejected == ()


def test_a_line_that_cannot_be_read_is_named_with_its_reason_and_in_no_total(file):
    found = read(
        [
            file(
                "Anytown Council spending over £500\n\n" + HEAD + "01/04/2026,Alpha,100.00,R1\n"
                "31/02/2026,Beta,50.00,R1\n"
                ",,\n"
                "02/04/2026,Gamma,about ten,R1\n"
                "02/04/2026,Delta\n"
                ",Total,150.00,\n" + HEAD + "03/04/2026,,7.00,R1\n"
            )
        ]
    )
    assert (found.lines, found.total) == (2, Money(10_700))
    assert found.by_supplier == {"Alpha": Money(10_000), "Not named": Money(700)}
    assert found.rejected == (
        Rejected("spend.csv", 5, "'31/02/2026' is no date with the day first."),
        Rejected("spend.csv", 7, "'about ten' is not an amount."),
        Rejected("spend.csv", 8, "It has no amount."),
        Rejected("spend.csv", 9, "It has no date and says total: a total, not a payment."),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_same_file_in_any_encoding(file, encoding):
    found = read([file(HEAD + "01/04/2026,Café Supplies,£100.00,R1\n", encoding=encoding)])
    assert found.by_supplier == {"Café Supplies": Money(10_000)}


def test_other_delimiters_and_quoted_thousands(file):
    found = read([file('Date;Beneficiary;Purpose;Amount\n01/04/2026;"Alpha; Sons";Repairs;"1,234.50"\n')])
    assert found.by_supplier == {"Alpha; Sons": Money(123_450)}


def test_dates_with_the_month_first_throughout_are_read_so(file):
    found = read([file(HEAD + "04/03/2026,Alpha,1.00,R1\n04/25/2026,Alpha,2.00,R1\n")])
    assert found.by_month == {"2026-04": Money(300)}
    assert found.files[0].dates is DayOrder.MONTH_FIRST


def test_mixed_orders_of_dates_are_asked_about_and_never_guessed(file):
    path = file(HEAD + "25/03/2026,Alpha,1.00,R1\n04/03/2026,Alpha,2.00,R1\n04/25/2026,Alpha,4.00,R1\n")
    with pytest.raises(MixedDates) as asked:
        read([path])
    assert "line 2 has 25/03/2026" in asked.value.message
    assert "line 4 has 04/25/2026" in asked.value.message
    found = read([path], dates=DayOrder.DAY_FIRST)
    assert found.by_month == {"2026-03": Money(300)}
    assert [each.line for each in found.rejected] == [4]


def test_a_workbook_is_read_from_the_sheet_that_has_the_headings(tmp_path):
    path = tmp_path / "spend.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["About this file"])
    sheet = book.create_sheet("Data")
    sheet.append(["Date", "Supplier", "Value £"])
    sheet.append(["15-Jan-2024", "Alpha", 505.9])
    book.save(path)
    found = read([path])
    assert (found.by_supplier, found.by_month) == ({"Alpha": Money(50_590)}, {"2024-01": Money(50_590)})


def test_every_sheet_with_headings_is_added_up_whichever_way_its_dates_are(tmp_path):
    """£79.50 in one sheet and £900.00 in the next; dates with the month first are told by the second alone."""
    path = tmp_path / "year.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Notes"])
    for title, day, amount in (("April", "04/03/2026", 79.5), ("May", "05/25/2026", 900)):
        sheet = book.create_sheet(title)
        sheet.append(["Date", "Supplier", "Net amount"])
        sheet.append([day, "Alpha", amount])
    book.save(path)
    found = read([path])
    assert (found.lines, found.by_month) == (2, {"2026-04": Money(7_950), "2026-05": Money(90_000)})


def test_headings_that_are_known_go_before_a_profile_that_was_not_named(file):
    path = file("Date,Supplier,Net amount,Gross\n01/04/2026,Alpha,100.00,120.00\n")
    kept = Profile("Anytown", {Part.DATE: "Date", Part.SUPPLIER: "Supplier", Part.AMOUNT: "Gross"})
    assert read([path], [kept]).total == Money(10_000)
    assert read([path], [replace(kept, named=True)]).total == Money(12_000)


def test_several_files_of_several_councils_are_one_total(file):
    one = file(HEAD + "01/04/2026,Alpha,100.00,R1\n", "one.csv")
    other = file("BENEFICIARY,DATE,AMOUNT\nALPHA,02/04/2026,£50.00\n", "other.csv")
    found = read([one, other])
    assert found.by_supplier == {"Alpha": Money(15_000)}
    assert [(each.name, each.lines) for each in found.files] == [("one.csv", 1), ("other.csv", 1)]


def test_unknown_headings_are_asked_for_once_and_then_known(file, tmp_path):
    path = file("When,To whom,How much\n01/04/2026,Alpha,100.00\n")
    with pytest.raises(UnknownHeadings) as asked:
        read([path])
    assert asked.value.rows[0] == ("When", "To whom", "How much")
    said = Profile("Anytown", {Part.DATE: "When", Part.SUPPLIER: "to whom", Part.AMOUNT: "How much"})
    place = tmp_path / "settings" / "profiles.json"
    profiles.keep(said, place)
    found = read([path], profiles.kept(place).values())
    assert (found.total, found.files[0].profile) == (Money(10_000), "Anytown")


def test_a_profile_that_says_too_little_is_refused(tmp_path):
    with pytest.raises(UserError, match="which column is the amount"):
        profiles.keep(Profile("Anytown", {Part.DATE: "When", Part.SUPPLIER: "To whom"}), tmp_path / "profiles.json")


def test_profiles_that_somebody_spoilt_say_where_they_are(tmp_path):
    path = tmp_path / "profiles.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match=r"profiles\.json can't be read"):
        profiles.kept(path)


@pytest.mark.parametrize(("content", "said"), [(b"", "empty"), (b"\x00\x01\x02\x03" * 50, "not a text file")])
def test_a_file_that_is_none_is_refused(tmp_path, content, said):
    path = tmp_path / "spend.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=said):
        read([path])
