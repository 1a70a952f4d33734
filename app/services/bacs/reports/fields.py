"""The fields of one item of a report. What can't be read is noted as a fault of the item and left empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from app.models.values import Money
from app.services.bacs import rules
from app.services.bacs.dto import Destination, ReportTotals
from app.services.bacs.reports.xml import name_of
from app.services.bacs.standard18.faults import Faults
from app.services.core.errors import UserError

_POUNDS: Final = re.compile(r"(?:[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.[0-9]{1,2})?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT: Final = re.compile(r"[0-9]{1,9}")
_YEARS: Final = range(2000, 2200)
_LONGEST: Final = 70
_CODE: Final = re.compile(r"[0-9A-Z]{1,10}")


class Fields:
    """What an item says, by names: its attributes, or the text of the elements in it."""

    def __init__(self, place: int, faults: Faults, of: Callable[[str], str]) -> None:
        self._place, self._faults, self._of = place, faults, of

    @classmethod
    def attributes(cls, place: int, faults: Faults, element: Element | None) -> Fields:
        """Of an element whose attributes hold the fields; of one that isn't there all are empty."""
        return cls(place, faults, lambda name: element.get(name, "") if element is not None else "")

    @classmethod
    def children(cls, place: int, faults: Faults, element: Element) -> Fields:
        """Of an element whose own elements hold the fields as text."""
        found = {name_of(each): each.text or "" for each in element}
        return cls(place, faults, lambda name: found.get(name, ""))

    def fault(self, message: str) -> None:
        """Note that something of this item can't be read."""
        self._faults.add(self._place, 0, message)

    def text(self, name: str, most: int = _LONGEST) -> str:
        """A text, its blanks brought together."""
        found = " ".join(self._of(name).split())
        if len(found) > most:
            self.fault(f"The field {name} has {len(found)} characters; {most} are kept.")
        return found[:most]

    def code(self, name: str, what: str) -> str:
        """A code of up to ten capitals and digits; a fault where there is none."""
        found = self._of(name).strip().upper()
        if _CODE.fullmatch(found):
            return found
        self.fault(f"The {what} is '{found[:10]}', which is no code." if found else f"The {what} is missing.")
        return ""

    def day(self, name: str) -> date | None:
        """A day written as 2026-11-24; None where there is none."""
        found = self._of(name).strip()
        if not found:
            return None
        day = read_day(found)
        if day is None:
            self.fault(f"'{found[:20]}' in the field {name} is no day.")
        return day

    def amount(self, name: str, currency: str = "") -> Money | None:
        """An amount in pounds, `currency` the field that says that it is in pounds; a fault where there is none."""
        found = self._of(name).strip()
        other = self._of(currency).strip() if currency else ""
        if other and other != "GBP":
            self.fault(f"The amount is in {other[:10]}, not in pounds.")
            return None
        if not _POUNDS.fullmatch(found):
            self.fault(f"'{found[:20]}' is no amount in pounds." if found else "The amount is missing.")
            return None
        return Money.parse(found)

    def count(self, name: str) -> int | None:
        """A whole number; None where there is none."""
        found = self._of(name).strip()
        if not found:
            return None
        if not _COUNT.fullmatch(found):
            self.fault(f"'{found[:20]}' in the field {name} is no number.")
            return None
        return int(found)

    def totals(self) -> ReportTotals:
        """`numberOf` and `valueOf`, as the reports of files have them."""
        return ReportTotals(self.count("numberOf") or 0, self.amount("valueOf", "currency") or Money(0))

    def account(self, sort_code: str, number: str, before: tuple[str, str] = ("", "")) -> Destination | None:
        """An account at a bank; None where there is none. A fault never shows its digits.

        `before` are the fields of the account that it takes the place of: of one that changed in part the rest is as it was.
        """
        parts = tuple(self._digits(name) for name in (sort_code, number))
        if not any(parts):
            return None
        old = tuple(self._digits(name) for name in before)
        try:
            return rules.destination(parts[0] or old[0], parts[1] or old[1])
        except UserError:
            self.fault(f"The fields {sort_code} and {number} are no sort code and account number.")
            return None

    def _digits(self, name: str) -> str:
        """What stands in a field of an account; nothing where it is blank or zeros."""
        found = self._of(name).strip() if name else ""
        return found if found.strip("0-") else ""


def read_day(text: str) -> date | None:
    """The day of `2026-11-24`; None where it is none, or none of these two centuries."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


def last_two(account: Destination | None) -> str:
    """What is kept of an account in the clear."""
    return account.account_number[-2:] if account else ""


def first(element: Element, *path: str) -> Element | None:
    """The first element along a path of names; None where it ends early."""
    found: Element | None = element
    for name in path:
        found = next((each for each in found if name_of(each) == name), None) if found is not None else None
    return found
