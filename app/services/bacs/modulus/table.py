"""The two files of the modulus check, read: weights by ranges of sort codes, and sort codes that stand for others.

A line of the weights is the first and last sort code of a range, MOD10, MOD11 or DBLAL, fourteen weights, and for some the
number of an exception, parted by spaces (bacs.md 3.1). A line of the substitutions is two sort codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from app.models.values import TableKind
from app.services.core.errors import UserError

_WEIGHTS: Final = 14
_EXCEPTIONS: Final = range(1, 15)
MOST_BYTES: Final = 2_000_000
"""The files that Pay.UK publishes have a twentieth of it."""
_SORT_CODE: Final = re.compile(r"[0-9]{6}")
_NUMBER: Final = re.compile(r"-?[0-9]{1,3}")


class Method(StrEnum):
    """How the weighted digits are added up."""

    MOD10 = "MOD10"
    MOD11 = "MOD11"
    DBLAL = "DBLAL"
    """The digits of each product, modulo 10."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the weights; `exception` is 0 for none."""

    first: str
    last: str
    method: Method
    weights: tuple[int, ...]
    exception: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Both files, ready to be asked."""

    by_start: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    """The lines by the first two digits of the sort codes they are for, in their order."""
    substitutes: Mapping[str, str] = field(default_factory=dict)

    def rules(self, sort_code: str) -> tuple[Rule, ...]:
        """The one or two lines for a sort code, in their order; none where the table says nothing of it."""
        near = self.by_start.get(sort_code[:2], ())
        return tuple(rule for rule in near if rule.first <= sort_code <= rule.last)


def read_table(weights: bytes, substitutions: bytes = b"") -> Table:
    """Both files read; they were checked when they were loaded.

    Raises:
        UserError: as `read_weights` and `read_substitutions`.
    """
    by_start: dict[str, list[Rule]] = {}
    for rule in read_weights(weights):
        for start in range(int(rule.first[:2]), int(rule.last[:2]) + 1):
            by_start.setdefault(f"{start:02}", []).append(rule)
    return Table({start: tuple(rules) for start, rules in by_start.items()}, read_substitutions(substitutions))


def kind_of(content: bytes) -> TableKind:
    """Which of the two files this is, by its first line.

    Raises:
        UserError: it is neither.
    """
    for line in _lines(content):
        fields = line.split()
        if len(fields) == 2 and all(_SORT_CODE.fullmatch(each) for each in fields):
            return TableKind.SUBSTITUTIONS
        if len(fields) > 2 and fields[2] in set(Method):
            return TableKind.WEIGHTS
        break
    raise UserError(
        "This is not a file of the modulus check.",
        "Pay.UK publishes two: valacdos.txt with the weights, scsubtab.txt with the sort codes that stand for others.",
    )


def read_weights(content: bytes) -> tuple[Rule, ...]:
    """The lines of the weights, in their order.

    Raises:
        UserError: a line isn't as the file has them, or one sort code has more than two; the line is named.
    """
    rules = tuple(_rule(line, number) for number, line in enumerate(_lines(content), 1) if line.strip())
    if not rules:
        raise UserError("The file of weights is empty.", "Load it as Pay.UK publishes it.")
    _refuse_three(rules)
    return rules


def read_substitutions(content: bytes) -> dict[str, str]:
    """The sort codes that stand for others, by those they replace.

    Raises:
        UserError: a line isn't two sort codes; it is named.
    """
    found: dict[str, str] = {}
    for number, line in enumerate(_lines(content), 1):
        fields = line.split()
        if not fields:
            continue
        if len(fields) != 2 or not all(_SORT_CODE.fullmatch(each) for each in fields):
            raise _spoilt(number, "is not two sort codes")
        found[fields[0]] = fields[1]
    return found


def _lines(content: bytes) -> list[str]:
    if len(content) > MOST_BYTES:
        raise UserError("The file is far too large for one of the modulus check.", "Load it as Pay.UK publishes it.")
    try:
        return content.decode("ascii").splitlines()
    except UnicodeDecodeError as error:
        raise UserError("The file holds characters that none of the modulus check has.") from error


def _rule(line: str, number: int) -> Rule:
    fields = line.split()
    if len(fields) not in {_WEIGHTS + 3, _WEIGHTS + 4}:
        raise _spoilt(number, f"has {len(fields)} fields; a range, a method and {_WEIGHTS} weights are at least 17")
    first, last, method, *rest = fields
    if not (_SORT_CODE.fullmatch(first) and _SORT_CODE.fullmatch(last) and first <= last):
        raise _spoilt(number, "doesn't begin with a range of sort codes")
    if method not in set(Method):
        raise _spoilt(number, f"names the method '{method[:10]}', which is none of MOD10, MOD11 and DBLAL")
    if not all(_NUMBER.fullmatch(each) for each in rest):
        raise _spoilt(number, "has a weight that is no number")
    numbers = [int(each) for each in rest]
    exception = numbers[_WEIGHTS] if len(numbers) > _WEIGHTS else 0
    if exception and exception not in _EXCEPTIONS:
        raise _spoilt(number, f"names the exception {exception}, which these rules don't know")
    if not any(numbers[:_WEIGHTS]):
        raise _spoilt(number, "weighs nothing")
    return Rule(first, last, Method(method), tuple(numbers[:_WEIGHTS]), exception)


def _refuse_three(rules: tuple[Rule, ...]) -> None:
    """Three lines for a sort code, or two whose ranges overlap in part, are no table that the rules were written for."""
    counts: dict[tuple[str, str], int] = {}
    for rule in rules:
        counts[rule.first, rule.last] = counts.get((rule.first, rule.last), 0) + 1
    before = ""
    for (first, last), count in sorted(counts.items()):
        if count > 2:
            raise UserError(f"The sort codes from {first} have {count} lines; there are at most two.")
        if first <= before:
            raise UserError(f"The ranges of sort codes overlap at {first}.", "Load the file as Pay.UK publishes it.")
        before = last


def _spoilt(number: int, what: str) -> UserError:
    return UserError(f"Line {number} {what}.", "Load the file as Pay.UK publishes it; nothing was loaded.")
