"""What can be wrong in history, arrangements and notes."""

import pytest

from tests.factories import landlord_files as files

MONDAY = files.MONDAY
from tests.factories.landlord_faults import faults_of


def history(*rows):
    return files.with_sheet("Transactions", *rows)


HISTORIES = {
    "history that does not add up": (
        history(["T1", "rent", "09/11/2026", "rent", 95.32, ""], ["T1", "rent", "16/11/2026", "rent", 95.32, ""]),
        (
            "Balances",
            2,
            "amount",
            (
                "The history of the rent account of T1 comes to £95.32 DR at 15 Nov 2026 and the balance is £412.86 DR: "
                "£317.54 DR is missing. Correct the balance or the lines; what stood before the first line is a line of its "
                "own, with code ROB."
            ),
        ),
    ),
    "a receipt that is a debit among others": (
        history(["T2", "", "09/11/2026", "dd", 5, ""], ["T2", "", "09/11/2026", "cash", -20, ""]),
        (
            "Transactions",
            2,
            "amount",
            "Direct Debit (RDD) is money in: write it with a minus or CR. One that came back has its own code, RDN or RRC.",
        ),
    ),
    "a charge that is a credit": (
        history(["T2", "", "09/11/2026", "rent", -15, ""]),
        (
            "Transactions",
            2,
            "amount",
            "Rent (DBR) is a charge and may not be negative. Take the minus off, or use ADJ for an adjustment.",
        ),
    ),
    "history far ahead": (
        history(["T2", "", "09/11/2026", "ADJ", -15, ""], ["T2", "", "09/11/2027", "rent", 15, ""]),
        ("Transactions", 3, "effective_on", "9 Nov 2027 is too far ahead. Check the date."),
    ),
    "an arrangement that ends before it begins": (
        files.with_sheet("Arrangements", ["T1", "", 5, "weekly", "09/11/2026", "01/11/2026", ""]),
        (
            "Arrangements",
            2,
            "end_date",
            "It ends on 1 Nov 2026, before it begins on 9 Nov 2026. Correct one of the dates.",
        ),
    ),
    "an instalment of nothing": (
        files.with_sheet("Arrangements", ["T1", "", 0, "weekly", "09/11/2026", "", ""]),
        ("Arrangements", 2, "amount", "An instalment is more than nothing. Give the amount without a minus."),
    ),
    "a note on an unknown tenancy": (
        files.with_sheet("Notes", ["T5", "09/11/2026", "x"]),
        ("Notes", 2, "tenancy_ref", "There is no tenancy 'T5' in the sheet Tenancies or in the database."),
    ),
}


@pytest.mark.parametrize("case", HISTORIES)
def test_each_fault_in_history_and_the_rest_is_told(desk, tmp_path, case):
    sheets, fault = HISTORIES[case]
    assert faults_of(desk, files.write(tmp_path / "bad.xlsx", sheets)) == [fault]
