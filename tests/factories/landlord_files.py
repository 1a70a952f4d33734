"""Makers of a landlord's files, plainly made up: a small whole one to change, and several hundred tenancies in another hand."""

import copy
import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Sheets = dict[str, list[list[Any]]]
MONDAY = date(2026, 4, 6)
AS_AT = date(2026, 11, 15)

HEADINGS = {
    "Properties": "property_ref uprn type address_1 address_2 town postcode bedrooms area rent_group linked_tenancy near_dwelling",
    "People": "person_ref title first_name last_name date_of_birth email mobile",
    "Tenancies": "tenancy_ref property_ref tenure start_date end_date payment_reference payment_method people",
    "Charges": "tenancy_ref code amount from_date",
    "Balances": "tenancy_ref account amount as_at",
    "Transactions": "tenancy_ref account effective_on code amount narrative",
    "Arrangements": "tenancy_ref account amount frequency start_date end_date note",
    "Flags": "tenancy_ref flag from_date to_date note",
    "Notes": "tenancy_ref date text",
}


SMALL: Sheets = {
    "Properties": [
        [
            "P1",
            "100000000001",
            "dwelling",
            "1 Example Road",
            "",
            "Exampleton",
            "ZZ1 1AA",
            2,
            "North",
            "Housing",
            "",
            "",
        ],
        [
            "P2",
            "100000000002",
            "dwelling",
            "2 Example Road",
            "",
            "Exampleton",
            "ZZ1 1AB",
            3,
            "North",
            "Housing",
            "",
            "",
        ],
        [
            "G1",
            "",
            "garage",
            "Garage 7, Example Court",
            "",
            "Exampleton",
            "ZZ1 1AC",
            "",
            "North",
            "Garages",
            "T1",
            "yes",
        ],
    ],
    "People": [
        ["H1", "Ms", "Ann", "Example", "01/04/1962", "ann@example.org", "07700 900001"],
        ["H2", "Mr", "Bob", "Sample", "", "", ""],
        ["H3", "", "", "Example Lettings", "", "", ""],
    ],
    "Tenancies": [
        ["T1", "P1", "secure", "06/04/2020", "", "0100000017", "direct_debit", "H1;H2"],
        ["T2", "P2", "introductory", "07/09/2026", "", "0100000025", "cash", "H3"],
        ["T0", "P2", "secure", "01/04/2002", "05/07/2026", "0100000033", "other", "H2"],
        ["T3", "G1", "garage", "06/04/2020", "", "0100000041", "direct_debit", "H1"],
    ],
    "Charges": [
        ["T1", "rent", 95.32, "06/04/2026"],
        ["T1", "water", 7.10, "06/04/2026"],
        ["T2", "DBR", "88.00", "07/09/2026"],
        ["T3", "garage", 12.50, "06/04/2026"],
    ],
    "Balances": [
        ["T1", "rent", 412.86, "15/11/2026"],
        ["T1", "recharge", 60, "15/11/2026"],
        ["T2", "rent", "15.00 CR", "15/11/2026"],
        ["T0", "former_tenant", "230.10", "15/11/2026"],
        ["T3", "garage", 0, "15/11/2026"],
    ],
}


def small() -> Sheets:
    """Two dwellings, one let twice over the years, and a garage; the live tenants owe 412.86 and are 15.00 in credit."""
    return {name: [HEADINGS[name].split(), *copy.deepcopy(found)] for name, found in SMALL.items()}


def changed(change: Callable[[Sheets], Any]) -> Sheets:
    """The small landlord with something changed."""
    sheets = copy.deepcopy(small())
    change(sheets)
    return sheets


def with_sheet(name: str, *rows: Sequence[Any], sheets: Sheets | None = None) -> Sheets:
    """The small landlord with another sheet."""
    return {**(small() if sheets is None else sheets), name: [HEADINGS[name].split(), *map(list, rows)]}


def write(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """The sheets as a workbook."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path


def write_csv(folder: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], **options: Any) -> Path:
    """The sheets as a folder of text files."""
    folder.mkdir(exist_ok=True)
    encoding = options.pop("encoding", "utf-8")
    for name, rows in sheets.items():
        with (folder / f"{name.lower()}.csv").open("w", newline="", encoding=encoding) as stream:
            csv.writer(stream, **options).writerows(rows)
    return folder


def another_hand(path: Path, tenancies: int = 300) -> int:
    """A workbook by somebody who never saw the template; returns the pence that its balances come to.

    A title above the headings, other headings in another order, real date cells, references as numbers under a format of
    zeros, words of their own, a blank row here and there, and a note at the side.
    """
    book = _another_book()
    total = 0
    for n in range(1, tenancies + 1):
        _another_letting(book, n, tenancies)
        pence = (n * 1013) % 90_000 - 20_000
        total += pence
        owing = f"{abs(pence) / 100:,.2f}{' CR' if pence < 0 else ''}"
        book["Arrears at 15 Nov"].append([f"0{n:04}", owing, AS_AT])
    book.save(path)
    return total


def _another_book() -> Workbook:
    book = Workbook()
    homes, people, lets, charged, owing = (
        book.active,
        *(book.create_sheet(name) for name in ("Customers", "2. Tenancy", "Rent & Charges", "Arrears at 15 Nov")),
    )
    homes.title = "Stock"
    homes.append(["Stock list of the Borough of Exampleton"])
    homes.merge_cells("A1:F1")
    homes.append([])
    homes.append("Post Code|Address Line 1|Town|Beds|Prop Ref|UPRN|Property type|Rent group|Estate|?".split("|"))
    people.append(["Surname", "Forename", "Title", "DOB", "Customer Ref", "E-mail", "Mobile phone"])
    lets.append(["All figures as at November", None, None])
    heads = "Tenants|Rent account no|Prop ref|Payment Ref|Tenancy type|Commenced|Terminated|How paid|Pay method"
    lets.append(heads.split("|"))
    charged.append(["Rent account no", "Charge type", "Weekly amount (£)", "Effective date"])
    owing.append(["Tenancy no.", "Balance (£)", "As at date"])
    return book


def _another_letting(book: Workbook, n: int, tenancies: int) -> None:
    homes, people, lets, charged = book.worksheets[:4]
    homes.append(
        [f"zz{n % 9 + 1} {n % 10}ab", f"{n} Made Up Street", "Exampleton", f"{n % 4} bed", n, 200000000000 + n]
    )
    homes.cell(homes.max_row, 5).number_format = "00000"
    for column, value in ((7, "Flat" if n % 3 else "House"), (8, "HRA 50" if n % 2 else "HRA 52"), (9, "East")):
        homes.cell(homes.max_row, column, value)
    people.append(
        [f"Madeup{n}", "Al", "Mx", date(1950 + n % 50, n % 12 + 1, n % 28 + 1), f"C{n}", "", f"07700 9{n:05}"]
    )
    if n % 40 == 0:
        people.append([None] * 7)
    lets.append(
        [f"C{n}, C{n % tenancies + 1}" if n % 5 == 0 else f"C{n}", f"0{n:04}", n, 7_000_000 + n, "Secure Tenancy"]
    )
    lets.cell(lets.max_row, 3).number_format = "00000"
    lets.cell(lets.max_row, 6, date(2010 + n % 15, 4, 5)).number_format = "d mmm yy"
    lets.cell(lets.max_row, 9, ("DD", "Cash", "UC", "swipe card")[n % 4])
    charged.append([f"0{n:04}", "Rent", 80 + n % 50 + 0.35, "6.4.26"])
    charged.append([f"0{n:04}", "Service charge", f"£{n % 7 + 1}.05", "06/04/2026"])
