"""Which account a line may go to, and which receipt it takes back: no session, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from app.models.values import AccountKind, Money
from app.services.imports.dto import Mistake
from app.services.ledger.rules import CodeRule, fault_in_code
from app.services.reception_payments.files.dto_read import ReadLine
from app.services.rent.rules import KIND_WORDS

BENEFITS: Final = frozenset({"RHB", "RHA", "RUC", "RDT", "RDP"})
"""Codes of benefit, which pays for rent and nothing else (rules.md 2.5)."""
_OF_RENT: Final = frozenset({AccountKind.RENT, AccountKind.FORMER_TENANT})


def refused_by(code: str, kind: AccountKind) -> str:
    """Why money of a code may not go to an account of a kind, as a sentence; empty where it may."""
    if code in BENEFITS and kind not in _OF_RENT:
        return f"Benefit goes to rent only, and this is: {KIND_WORDS[kind].lower()}."
    return ""


def faults(
    lines: Iterable[ReadLine], codes: dict[str, CodeRule], receipts: Iterable[str], today: date
) -> Iterator[Mistake]:
    """What keeps lines from being posted: a code that isn't one of receipts or can't go back, a day that is still to come."""
    money_in = set(receipts)
    looked: dict[tuple[str, bool], str] = {}
    for line in lines:
        if line.paid_on > today:
            words = f"It is dated {spelt(line.paid_on)}, which is still to come."
            yield Mistake(
                line.place, "date", words, "Load the file on that day, or look at how the profile reads days."
            )
        key = (line.code, line.pence > 0)
        if key not in looked:
            looked[key] = _fault_in_code(line, codes, money_in)
        if looked[key]:
            yield Mistake(line.place, "kind", looked[key], "Change the code in the profile.")


def spelt(on: date) -> str:
    """A day as the office writes it."""
    return f"{on.day} {on:%b %Y}"


def count_of(count: int, one: str, many: str = "") -> str:
    """`1 line`, `2,000 lines`."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def in_all(pences: Iterable[int]) -> Money:
    """What some amounts come to."""
    return Money(sum(pences))


def _fault_in_code(line: ReadLine, codes: dict[str, CodeRule], money_in: set[str]) -> str:
    if line.code not in money_in:
        return f"The code {line.code} isn't one of receipts."
    return fault_in_code(line.code, codes.get(line.code), credit=line.pence > 0)
