"""Whether an invoice may be a copy of another: numbers that read alike, the same amount near the same day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import InvoiceKind, InvoiceState, Money
from app.services.purchase_orders.suppliers.rules import spelt

LONGEST_KEY: Final = 40
_YEAR: Final = 366
_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class Known:
    """An invoice as far as it may be a copy of another, or another of it."""

    invoice_id: int
    number: str
    kind: InvoiceKind
    state: InvoiceState
    supplier_id: int
    supplier: str
    supplier_number: str
    invoice_on: date
    gross: Money


def plain(number: str) -> str:
    """A supplier's number without case, spaces and signs."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def number_key(number: str) -> str:
    """The same with what is mistyped read alike: O as 0, I and l as 1, and no zeros before a group of digits."""
    folded = plain(number).translate(_ALIKE)
    return re.sub(r"(?<!\d)0+(?=\d)", "", folded)[:LONGEST_KEY]


def near(one: str, other: str) -> bool:
    """Whether two keys of at least four signs differ by one sign, or by two neighbours that changed places."""
    if one == other or min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer[at + 1 :] == shorter[at:]
    if one[at + 1 :] == other[at + 1 :]:
        return True
    swapped = one[:at] + one[at : at + 2][::-1] + one[at + 2 :]
    return swapped == other


def exact(new: Known, old: Known) -> bool:
    """Whether it is the same invoice again: the supplier's own number, within a year, or read alike with amount or date."""
    if (new.supplier_id, new.kind) != (old.supplier_id, old.kind):
        return False
    if _together(new.supplier_number) == _together(old.supplier_number):
        return abs((new.invoice_on - old.invoice_on).days) <= _YEAR
    alike = number_key(new.supplier_number) == number_key(old.supplier_number)
    return alike and (new.gross == old.gross or new.invoice_on == old.invoice_on)


def why_suspected(new: Known, old: Known, days: int) -> str:
    """Why one may be a copy of the other; empty: nothing says so. `days` is how near a like amount has to be."""
    if new.kind != old.kind and InvoiceKind.CREDIT_NOTE in {new.kind, old.kind}:
        return ""
    one, other = number_key(new.supplier_number), number_key(old.supplier_number)
    apart = abs((new.invoice_on - old.invoice_on).days)
    if new.supplier_id != old.supplier_id:
        if one == other and new.gross == old.gross:
            return f"the same number and amount, logged for {old.supplier}"
        return ""
    if one == other:
        return "the same number" if new.gross == old.gross else "the same number with another amount"
    if near(one, other) and new.gross == old.gross:
        return "the same amount, and a number one sign or two changed places away"
    if new.gross == old.gross and apart <= days:
        return "the same amount on the same day" if not apart else f"the same amount, {apart} days apart"
    return ""


def _together(number: str) -> str:
    """A number without case and spaces: `1/12` and `11/2` are two."""
    return "".join(number.upper().split())


def suspected_words(number: str, theirs: str, gross: Money, invoice_on: date, why: str) -> str:
    """A suspicion as a sentence."""
    return f"Like {number} ({theirs}, {gross} of {spelt(invoice_on)}): {why}."
