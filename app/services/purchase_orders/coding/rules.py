"""When a line of an invoice seems to be on a wrong code: by a rule of the office, else by what is usual for the supplier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

USUAL_LINES: Final = 5
"""So many lines of a supplier in a category make a custom."""
USUAL_PERCENT: Final = 80
"""And so many in a hundred of them on one code."""

Code = tuple[str, str]
"""A cost centre and a subjective code."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; what it doesn't name fits everything, and a half of the code that it leaves empty stays as it is."""

    supplier_id: int | None
    category_id: int | None
    words: str
    cost_centre: str
    subjective: str
    reason: str

    @property
    def names(self) -> int:
        """How much it names: the rule that names most goes first."""
        return (self.supplier_id is not None) + (self.category_id is not None) + bool(self.words)


@dataclass(frozen=True, slots=True)
class Line:
    """A share of a line of an invoice, on a code."""

    supplier_id: int
    category_id: int
    text: str
    code: Code


@dataclass(frozen=True, slots=True)
class Usual:
    """The code that lines of a supplier in a category are usually on: `lines` of `of`."""

    code: Code
    lines: int
    of: int


def wrong(rules: Iterable[Rule], usual: Mapping[tuple[int, int], Usual], line: Line) -> tuple[Code, str] | None:
    """The code that a line belongs on, and why: by the rule that names most, else by custom; None where it is there already.

    Where a rule fits, what is usual for the supplier says nothing against it.
    """
    fitting = [rule for rule in rules if _fits(rule, line)]
    if not fitting:
        return by_custom(usual, line)
    rule = max(fitting, key=lambda each: each.names)
    code = (rule.cost_centre or line.code[0], rule.subjective or line.code[1])
    return None if code == line.code else (code, f"A rule: {rule.reason or 'it belongs on this code'}.")


def by_custom(usual: Mapping[tuple[int, int], Usual], line: Line) -> tuple[Code, str] | None:
    """The code that the supplier's lines of this category are usually on, and how usual; None where this is it."""
    found = usual.get((line.supplier_id, line.category_id))
    if found is None or found.code == line.code:
        return None
    return found.code, f"{found.lines} of {found.of} lines of this supplier and category in a year are on this code."


def usual_of(counted: Iterable[tuple[int, int, Code, int]]) -> dict[tuple[int, int], Usual]:
    """What is usual, from how many lines stand on each code by supplier and category."""
    sums: dict[tuple[int, int], int] = {}
    most: dict[tuple[int, int], tuple[int, Code]] = {}
    for supplier_id, category_id, code, lines in counted:
        key = (supplier_id, category_id)
        sums[key] = sums.get(key, 0) + lines
        most[key] = max(most.get(key, (0, ("", ""))), (lines, code))
    return {
        key: Usual(code, lines, sums[key])
        for key, (lines, code) in most.items()
        if sums[key] >= USUAL_LINES and lines * 100 >= sums[key] * USUAL_PERCENT
    }


def _fits(rule: Rule, line: Line) -> bool:
    return (
        rule.supplier_id in {None, line.supplier_id}
        and rule.category_id in {None, line.category_id}
        and rule.words.casefold() in line.text.casefold()
    )
