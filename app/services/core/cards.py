"""Card numbers, which no field may hold (PCI DSS 3.2): found so that they can be refused, never repeated."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from typing import Any, Final

_RUNS: Final = re.compile(r"(?<!\d)(?<!\d\.)\d(?:[ -]?\d){12,}(?!\.\d)")
_LENGTHS: Final = range(13, 20)
_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def card_numbers(text: str) -> Iterator[str]:
    """The digits of every number in the text that could be a payment card: a card range, its length, and a Luhn check.

    A number may be written in groups, and other figures may follow it, such as an expiry date.
    """
    for run in _RUNS.finditer(text):
        groups = re.split("[ -]", run.group())
        for first in range(len(groups)):
            digits = ""
            for group in groups[first : first + _LENGTHS.stop]:
                digits += group
                if len(digits) in _LENGTHS and in_card_range(digits) and luhn(digits):
                    yield digits


def holds_card_number(text: str) -> bool:
    """Whether the text holds a number that could be a payment card."""
    return next(card_numbers(text), None) is not None


CARD_FOUND: Final = "The cell holds what looks like a payment card number, which may not be kept. Remove it."


def card_cells(row: Iterable[Any], allowed: Container[str] = ()) -> Iterator[int]:
    """The positions in a row of the cells that hold a card number; payment references that look like one are allowed."""
    for place, value in enumerate(row):
        text = value if type(value) is str else str(value) if type(value) is int else ""
        if len(text) >= _LENGTHS.start and text not in allowed and holds_card_number(text):
            yield place


def luhn(digits: str) -> bool:
    """Whether the digits pass the Luhn check (ISO/IEC 7812-1 annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        total += _DOUBLED[int(digit)] if place % 2 else int(digit)
    return total % 10 == 0


def in_card_range(digits: str) -> bool:
    """Whether a card scheme issues numbers of this beginning and length (Visa, Mastercard, Amex, Maestro, Diners, Discover, JCB)."""
    size, two, four = len(digits), int(digits[:2]), int(digits[:4])
    if digits[0] == "4":
        return size in {13, 16, 19}
    if 51 <= two <= 55 or 2221 <= four <= 2720:
        return size == 16
    if two in {34, 37}:
        return size == 15
    if two in {36, 38, 39} or 300 <= int(digits[:3]) <= 305:
        return 14 <= size <= 19
    if 3528 <= four <= 3589:
        return 16 <= size <= 19
    return digits[0] in "56" and two in {50, 56, 57, 58, 60, 62, 63, 64, 65, 67} and 13 <= size <= 19
