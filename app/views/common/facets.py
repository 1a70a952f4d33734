"""What a table can be filtered by, as data: each facet is a field of the filter with the choices it offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.views.common import formats

SPANS: Final = (("4 weeks", 28), ("13 weeks", 91), ("26 weeks", 182), ("52 weeks", 364))
"""The spans that reports are offered for and registers are filtered by, in days up to today."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet in words; `quick` gives it a button of its own."""

    value: Any
    words: str
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A field of a filter.

    Attributes:
        key: its name in the filter.
        title: what it is about; with a value it reads `Tenure: Secure`.
        choices: what it offers; an amount offers a few and any other that is typed.
        many: several may be chosen, and any of them fits; the field is then a frozenset.
        amount: the field is Money; the words are `Balance of at least £50.00`.
        day: the field is a date that is typed; the words are `Posted from 1 Oct 2026`.
        plain: the words of a choice say it all, without the title: `In arrears`.
    """

    key: str
    title: str
    choices: tuple[Choice, ...] = ()
    many: bool = False
    amount: bool = False
    day: bool = False
    plain: bool = False

    def words(self, value: Any) -> str:
        """A value as it is read."""
        found = next((choice.words for choice in self.choices if choice.value == value), None)
        if found is not None and self.plain:
            return found
        shown = found or (formats.day(value) if isinstance(value, date) else str(value))
        return f"{self.title} {shown}" if self.amount or self.day else f"{self.title}: {shown}"

    def values(self, wanted: Any) -> tuple[Any, ...]:
        """The values that a filter has for it, those that it offers first and in their order."""
        held = getattr(wanted, self.key)
        if not self.many:
            return () if held is None else (held,)
        offered = [choice.value for choice in self.choices if choice.value in held]
        return (*offered, *sorted(held - set(offered), key=str))

    def put(self, wanted: Any, value: Any, *, on: bool) -> Any:
        """The filter with this value chosen, or not."""
        if not self.many:
            return replace(wanted, **{self.key: value if on else None})
        held = getattr(wanted, self.key)
        return replace(wanted, **{self.key: held | {value} if on else held - {value}})

    def all_in_words(self, wanted: Any) -> str:
        """What a filter says of it: `Kind: Dwellings or Garages`; nothing where it doesn't matter."""
        values = self.values(wanted)
        if not values:
            return ""
        if len(values) == 1:
            return self.words(values[0])
        words = [self.words(value).removeprefix(f"{self.title}: ") for value in values]
        return f"{self.title}: {', '.join(words[:-1])} or {words[-1]}"


IN_THE_LAST: Final = Facet(
    "days",
    "In the last",
    tuple(Choice(days, f"In the last {words}") for words, days in (("7 days", 7), *SPANS)),
    plain=True,
)
"""Days up to today, as a field of a register's filter; Reports lists what is behind its figures by it."""


def in_words(facets: Sequence[Facet], wanted: Any) -> tuple[str, ...]:
    """A filter in words, a sentence for each thing it asks for; nothing where it asks for nothing."""
    text = getattr(wanted, "text", "")
    found = [f"Found by '{text}'"] if text else []
    return tuple(each for each in (*found, *(facet.all_in_words(wanted) for facet in facets)) if each)
