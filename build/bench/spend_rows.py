"""Rows about published spending: 100,000 lines read and totalled."""

from __future__ import annotations

import csv
import random
from pathlib import Path

from measuring import Figure, Row, in_turn, seconds

from app.services.purchase_orders.spending.reading import read

_MANY = 100_000
_HEADINGS = (
    "Body Name",
    "Service Area",
    "Expenses Type",
    "Expenses Code",
    "Payment Date",
    "Transaction Number",
    "Net Amount",
    "Supplier Name",
)


def spend(folder: Path) -> Figure:
    """Each round reads the file and totals it three ways; the bare round reads the same file by the csv module alone."""
    path = folder / "spending.csv"
    pence = _write(path)
    found = read([path])
    if (found.lines, found.total.pence, found.rejected) != (_MANY, pence, ()):
        raise AssertionError((found.lines, found.total, found.rejected[:3]))
    return in_turn(
        lambda _number: seconds(lambda: read([path])),
        lambda _number: seconds(lambda: _bare(path)),
    )


def _write(path: Path) -> int:
    """Every third amount with a pound sign and commas, every tenth a credit; returns what they come to."""
    chance = random.Random(5)
    total = 0
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADINGS)
        for number in range(_MANY):
            pence = chance.randrange(50_000, 9_000_000) * (1 if number % 10 else -1)
            shown = f"{'-' if pence < 0 else ''}{'£' if number % 3 == 0 else ''}{abs(pence) / 100:{',' if number % 3 == 0 else ''}.2f}"
            code = f"R{chance.randrange(1000, 1200)}"
            day = f"{chance.randrange(1, 29):02}/{chance.randrange(1, 13):02}/2026"
            supplier = f"Supplier {chance.randrange(2500)} Limited"
            writer.writerow(("Anytown Council", "Housing", "Repairs", code, day, 500_000 + number, shown, supplier))
            total += pence
    return total


def _bare(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        for _row in csv.reader(stream):
            pass


ROWS = (Row("spend", "100,000 lines of published spending read and totalled", "s", 5.0, spend),)
