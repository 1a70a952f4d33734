"""Which transaction of the finance system is which document of ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

NEAR: Final = timedelta(days=31)
"""A document without a number in common is looked for so near: the finance system posts by its own periods."""
_LEAST: Final = 3
"""Shorter words of a description are numbers of nothing."""


Key = tuple[str, int, int]
"""The kind and number of a document, and the budget."""


@dataclass(frozen=True, slots=True)
class OurFacts:
    """A document of ours on a code; `names` are folded."""

    key: Key
    names: tuple[str, ...]
    budget_id: int
    on: date
    pence: int


@dataclass(frozen=True, slots=True)
class TheirFacts:
    """A transaction; `names` are what its reference and its description may call a document, folded."""

    line_id: int
    budget_id: int
    on: date
    pence: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A pair; `exact`: the amounts agree."""

    line_id: int
    key: Key
    exact: bool


def folded(text: str) -> str:
    """A number without its spaces, marks and leading zeros: `INV-0042` and `inv 42` are one."""
    letters = "".join(letter for letter in text.casefold() if letter.isalnum())
    head = letters.rstrip("0123456789")
    return head + (letters[len(head) :].lstrip("0") or letters[len(head) :][:1])


def pairs(ours: Sequence[OurFacts], theirs: Sequence[TheirFacts]) -> tuple[Found, ...]:
    """Each transaction with at most one document, and each document with one transaction.

    First those that share a number, a code and an amount; then those that share the number and the code only, which differ;
    last those of the same code and amount within `NEAR`, where there is no other such on either side.
    """
    free_ours = {each.key: each for each in ours}
    free_theirs = {each.line_id: each for each in theirs}
    named: defaultdict[tuple[int, str], list[OurFacts]] = defaultdict(list)
    for our in ours:
        for name in set(our.names) - {""}:
            named[our.budget_id, name].append(our)
    found: list[Found] = []

    def take(line_id: int, key: Key, *, exact: bool) -> None:
        found.append(Found(line_id, key, exact))
        del free_theirs[line_id], free_ours[key]

    for exact in (True, False):
        for their in list(free_theirs.values()):
            called = (our for name in their.names for our in named.get((their.budget_id, name), ()))
            fitting = (our for our in called if our.key in free_ours and (not exact or our.pence == their.pence))
            our_one = next(fitting, None)
            if our_one is not None:
                take(their.line_id, our_one.key, exact=exact)
    for line_id, key in list(_alone(free_ours, free_theirs)):
        take(line_id, key, exact=True)
    return tuple(found)


def names_in(reference: str, description: str) -> tuple[str, ...]:
    """What a transaction may call a document: its reference, and each word of its description and two that follow, folded."""
    words = description.split()
    parts = [*words, *(first + second for first, second in pairwise(words))]
    named = [folded(part) for part in parts]
    return (folded(reference), *(name for name in named if len(name) >= _LEAST and any(map(str.isdigit, name))))


def _alone(ours: Mapping[Key, OurFacts], theirs: Mapping[int, TheirFacts]) -> Iterator[tuple[int, Key]]:
    """Pairs of one code and amount where neither side has another that would do."""
    mine: defaultdict[tuple[int, int], list[OurFacts]] = defaultdict(list)
    for our in ours.values():
        mine[our.budget_id, our.pence].append(our)
    other: defaultdict[tuple[int, int], list[TheirFacts]] = defaultdict(list)
    for their in theirs.values():
        other[their.budget_id, their.pence].append(their)
    for at, candidates in other.items():
        if len(candidates) == len(mine.get(at, ())) == 1 and abs(candidates[0].on - mine[at][0].on) <= NEAR:
            yield candidates[0].line_id, mine[at][0].key
