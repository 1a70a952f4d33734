"""Three homes, and batches on them."""

from dataclasses import replace
from datetime import date

from app.models.values import Money
from app.services.adjustments.batches.dto import BatchRow, NewBatch, Usual
from tests.factories import landlord_files, lettings
from tests.prepared import prepared

ON = date(2026, 11, 16)
USUAL = Usual("credit", "other", ON, narrative="Loss of heating")


@prepared
def homes(home, other, desk):
    """The accounts of three homes, 70 0001 to 70 0003."""
    third = desk.do(lettings.letting, reference="70 0003", who=("Jo", "Third"))
    return home.account, other.account, third.account


def keyed(number, account, pence, **rest):
    """A row as it is keyed."""
    return BatchRow(number, None if pence is None else Money(pence), None if account is None else account.id, **rest)


def batch(*rows, count=None, declared=None, **rest):
    """A keyed batch, declared as it is unless it says otherwise."""
    total = -sum(row.amount.pence for row in rows if row.amount is not None)
    made = NewBatch(
        "one",
        "Heating failed at Sample House",
        len(rows) if count is None else count,
        Money(total if declared is None else declared),
        tuple(rows),
        usual=USUAL,
    )
    return replace(made, **rest)


def book(folder, *rows, name="credits.xlsx"):
    """A workbook of these rows, the headings first."""
    return landlord_files.write(folder / name, {"Credits": rows})
