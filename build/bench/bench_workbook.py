"""The workbook of a landlord with 60,000 tenancies, as one would be loaded."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import dataset
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from app.services.demonstration import people
from app.services.demonstration.rules.dice import Dice
from app.services.rent.references import new_reference

SHEETS = {
    "Properties": "property_ref uprn type address_1 address_2 town postcode bedrooms area rent_group",
    "People": "person_ref title first_name last_name date_of_birth email mobile",
    "Tenancies": "tenancy_ref property_ref tenure start_date end_date payment_reference payment_method people",
    "Charges": "tenancy_ref code amount from_date",
    "Balances": "tenancy_ref account amount as_at",
}
STARTED = date(2019, 4, 1)
AS_AT = date(2026, 11, 15)


def write(path: Path, tenancies: int = dataset.ACCOUNTS) -> None:
    """Write so many tenancies, each of one home and one person, with two charges and a balance."""
    book = Workbook(write_only=True)
    sheets = {name: book.create_sheet(name) for name in SHEETS}
    for name, sheet in sheets.items():
        sheet.append(SHEETS[name].split())
    for number in range(1, tenancies + 1):
        for name, rows in _rows(number, tenancies).items():
            for row in rows:
                sheets[name].append([_cell(sheets[name], value) for value in row])
    book.save(path)


def _rows(number: int, tenancies: int) -> dict[str, list[list[Any]]]:
    place = people.street((number - 1) // 24, tenancies // 24 + 1)
    person = people.person(number, Dice("workbook", number), today=dataset.TODAY)
    home, letting = f"D{number:06}", f"T{number:06}"
    address = f"{(number - 1) % 24 + 1} {place.name}"
    start = STARTED + timedelta(weeks=number % 300)
    who = [person[name] for name in ("ref", "title", "first_name", "last_name", "date_of_birth", "email", "mobile")]
    reference = new_reference("mod11", number, ())
    return {
        "Properties": [[home, None, "dwelling", address, None, people.TOWN, place.postcode, 2, place.area, "GEN"]],
        "People": [who],
        "Tenancies": [[letting, home, "secure", start, None, reference, "bank_transfer", person["ref"]]],
        "Charges": [
            [letting, "DBR", 104.2 + number % 40 / 100, start],
            [letting, "DSC", 6.35, start],
        ],
        "Balances": [[letting, "rent", (number * 37 % 90_000 - 30_000) / 100, AS_AT]],
    }


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, date):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = "dd/mm/yyyy"
    return cell
