"""A landlord's workbook as an officer would make it, plainly made up."""

from datetime import date
from pathlib import Path

from openpyxl import Workbook

HEADINGS = {
    "Properties": "property_ref uprn type address_1 address_2 town postcode bedrooms area rent_group linked_tenancy near_dwelling",
    "People": "person_ref title first_name last_name date_of_birth email mobile",
    "Tenancies": "tenancy_ref property_ref tenure start_date end_date payment_reference payment_method people",
    "Charges": "tenancy_ref code amount from_date",
    "Balances": "tenancy_ref account amount as_at",
}


def landlord(path: Path, *, bad_tenure: bool = False) -> Path:
    """Three dwellings let to three people, from 6 April 2026, owing 12.50, nothing, and in credit by 40.00."""
    begins, as_at = date(2024, 5, 13), date(2026, 11, 15)
    rows = {
        "Properties": [
            [f"P{n}", "", "dwelling", f"{n} Example Road", "", "Testford", "ZZ1 1AA", 2, "North", "General", "", ""]
            for n in (1, 2, 3)
        ],
        "People": [
            ["N1", "Ms", "Anna", "Sample", None, "", "07700 900001"],
            ["N2", "Mr", "Bilal", "Specimen", None, "", ""],
            ["N3", "Mx", "Casey", "Example", None, "casey@example.org", ""],
        ],
        "Tenancies": [
            [f"T{n}", f"P{n}", "secure", begins, None, f"00{n} 100 20{n}", "direct_debit", f"N{n}"] for n in (1, 2, 3)
        ],
        "Charges": [[f"T{n}", "rent", 100 + n, date(2026, 4, 6)] for n in (1, 2, 3)],
        "Balances": [["T1", "rent", 12.5, as_at], ["T2", "rent", 0, as_at], ["T3", "rent", "40.00 CR", as_at]],
    }
    if bad_tenure:
        rows["Tenancies"][1][2] = "freeholdish"
        rows["Charges"][2][2] = "lots"
    book = Workbook()
    book.remove(book.active)
    for sheet, headings in HEADINGS.items():
        made = book.create_sheet(sheet)
        for row in (headings.split(), *rows[sheet]):
            made.append(row)
    book.save(path)
    return path
