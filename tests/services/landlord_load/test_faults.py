"""Everything that can be wrong in a landlord's file: a sentence with sheet, row and column, and nothing loaded."""

import pytest

from tests.factories import landlord_files as files

MONDAY = files.MONDAY
from tests.factories.landlord_faults import faults_of

CASES = {
    "a tenancy that ends before it starts": (
        lambda s: s["Tenancies"][3].__setitem__(4, "01/01/2001"),
        (
            "Tenancies",
            4,
            "end_date",
            "The tenancy ends on 1 Jan 2001, before it starts on 1 Apr 2002. Correct one of the dates.",
        ),
    ),
    "two live tenancies on one dwelling": (
        lambda s: s["Tenancies"][3].__setitem__(4, ""),
        (
            "Tenancies",
            4,
            "property_ref",
            (
                "Tenancy T2 on P2 is live as well, and a dwelling has one at a time. "
                "Give the earlier one its end date, or correct the property."
            ),
        ),
    ),
    "an unknown charge code": (
        lambda s: s["Charges"][1].__setitem__(1, "hetaing"),
        ("Charges", 2, "code", "'hetaing' is not known here. Did you mean heating (DHE)?"),
    ),
    "a negative rent": (
        lambda s: s["Charges"][1].__setitem__(2, -95.32),
        (
            "Charges",
            2,
            "amount",
            (
                "Rent (DBR) may not be negative, and this is -£95.32. "
                "Give the amount without a minus; a reduction has its own code, such as DWW."
            ),
        ),
    ),
    "the same property twice": (
        lambda s: s["Properties"].append(["p1", "", "dwelling", "1 Other Road", *[""] * 8]),
        (
            "Properties",
            5,
            "property_ref",
            "'P1' stands in row 2 already. A reference is used once: delete or correct one.",
        ),
    ),
    "the same tenancy twice": (
        lambda s: s["Tenancies"].append(["T1", "G1", "garage", "01/04/2002", "05/07/2026", "", "cash", "H2"]),
        (
            "Tenancies",
            6,
            "tenancy_ref",
            "'T1' stands in row 2 already. A reference is used once: delete or correct one.",
        ),
    ),
    "the same payment reference twice": (
        lambda s: s["Tenancies"][2].__setitem__(5, "01000 00017"),
        (
            "Tenancies",
            3,
            "payment_reference",
            "'0100000017' stands in row 2 already. A reference is used once: delete or correct one.",
        ),
    ),
    "an unknown property": (
        lambda s: s["Tenancies"][1].__setitem__(1, "P001"),
        (
            "Tenancies",
            2,
            "property_ref",
            "There is no property 'P001' in the sheet Properties or in the database. Is it 'P1'?",
        ),
    ),
    "an unknown person": (
        lambda s: s["Tenancies"][1].__setitem__(7, "H1; H8"),
        ("Tenancies", 2, "people", "There is no person 'H8' in the sheet People or in the database."),
    ),
    "an unknown tenancy in charges": (
        lambda s: s["Charges"][1].__setitem__(0, "T77"),
        ("Charges", 2, "tenancy_ref", "There is no tenancy 'T77' in the sheet Tenancies or in the database."),
    ),
    "a balance for an unknown tenancy": (
        lambda s: s["Balances"][1].__setitem__(0, "T77"),
        ("Balances", 2, "tenancy_ref", "There is no tenancy 'T77' in the sheet Tenancies or in the database."),
    ),
    "an unknown kind of account": (
        lambda s: s["Balances"][1].__setitem__(1, "savings"),
        (
            "Balances",
            2,
            "account",
            (
                "'savings' is not known here. It can be: rent, garage, recharge, court_costs, hb_overpayment, "
                "former_tenant, leasehold, sundry."
            ),
        ),
    ),
    "two balances for an account": (
        lambda s: s["Balances"].append(["T1", "main", 1, "15/11/2026"]),
        ("Balances", 7, "account", "The rent account of T1 has a balance in row 2 already. Delete one."),
    ),
    "a balance far ahead": (
        lambda s: s["Balances"][1].__setitem__(3, "15/11/2027"),
        (
            "Balances",
            2,
            "as_at",
            "15 Nov 2027 is too far ahead: a balance is as at a day that is over. Check the date.",
        ),
    ),
    "a date that can't be": (
        lambda s: s["Tenancies"][1].__setitem__(3, "31/04/2020"),
        ("Tenancies", 2, "start_date", "'31/04/2020' is not a date: April 2020 has 30 days."),
    ),
    "an Excel error in a cell": (
        lambda s: s["Balances"][1].__setitem__(2, "#N/A"),
        ("Balances", 2, "amount", "The cell holds Excel's error #N/A. Put the value itself there."),
    ),
    "a formula without a result": (
        lambda s: s["Balances"][1].__setitem__(2, "=400+12.86"),
        (
            "Balances",
            2,
            "amount",
            "The formula has no saved result. Open the workbook in Excel, save it, and load it again.",
        ),
    ),
    "a part of a penny": (
        lambda s: s["Charges"][1].__setitem__(2, 95.325),
        ("Charges", 2, "amount", "95.325 has a part of a penny. Round it to pounds and pence."),
    ),
    "an empty cell that must be filled": (
        lambda s: s["People"][1].__setitem__(3, ""),
        ("People", 2, "last_name", "last_name is empty. Every row needs one."),
    ),
    "a column that is missing": (
        lambda s: [row.pop(2) for row in s["Charges"]],
        (
            "Charges",
            1,
            "amount",
            "There is no column amount. The headings found are: tenancy_ref, code, from_date.",
        ),
    ),
    "the same charge twice": (
        lambda s: s["Charges"].append(["T1", "DBR", 1, "06/04/2026"]),
        (
            "Charges",
            6,
            "code",
            "T1 has DBR from 6 Apr 2026 in row 2 already. Add the two together, or give one another code or date.",
        ),
    ),
    "a charge after the tenancy": (
        lambda s: s["Charges"].append(["T0", "DBR", 1, "06/07/2026"]),
        (
            "Charges",
            6,
            "from_date",
            "The charge begins on 6 Jul 2026 and the tenancy ended on 5 Jul 2026. Correct or delete it.",
        ),
    ),
    "a UPRN of letters": (
        lambda s: s["Properties"][1].__setitem__(1, "unknown"),
        ("Properties", 2, "uprn", "'unknown' is not a UPRN, which is a number of up to 12 digits."),
    ),
    "a dwelling linked to a tenancy": (
        lambda s: s["Properties"][1].__setitem__(10, "T2"),
        (
            "Properties",
            2,
            "linked_tenancy",
            "A dwelling is not linked to a tenancy: only a garage or other letting is. Empty the cell.",
        ),
    ),
    "somebody born tomorrow": (
        lambda s: s["People"][1].__setitem__(4, "22/11/2026"),
        ("People", 2, "date_of_birth", "22 Nov 2026 is still to come. Check the date of birth."),
    ),
    "somebody born too long ago": (
        lambda s: s["People"][1].__setitem__(4, "02/01/1900"),
        ("People", 2, "date_of_birth", "2 Jan 1900 can't be a date of birth. Check the year."),
    ),
    "a card number": (
        lambda s: s["Properties"][1].__setitem__(4, "card 4111 1111 1111 1111"),
        (
            "Properties",
            2,
            "address_2",
            "The cell holds what looks like a payment card number, which may not be kept. Remove it.",
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_told_with_its_place_and_what_would_be_right(desk, tmp_path, case):
    change, fault = CASES[case]
    assert faults_of(desk, files.write(tmp_path / "bad.xlsx", files.changed(change))) == [fault]


def test_all_faults_are_found_in_one_dry_run(desk, tmp_path):
    def spoil(sheets):
        for case, (change, _) in CASES.items():
            if case in (
                "a tenancy that ends before it starts",
                "an unknown charge code",
                "a balance far ahead",
                "a UPRN of letters",
            ):
                change(sheets)

    found = faults_of(desk, files.write(tmp_path / "bad.xlsx", files.changed(spoil)))
    assert [fault[:3] for fault in found] == [
        ("Properties", 2, "uprn"),
        ("Tenancies", 4, "end_date"),
        ("Charges", 2, "code"),
        ("Balances", 2, "as_at"),
    ]
