"""Small things that the rules on every sheet share."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from app.models.values import AccountKind, Money, PropertyType, Tenure
from app.services.imports.dto import Problem, Table, row_number
from app.services.landlord_load.dto import Known
from app.services.rent.rules import main_kind

_DIGITS: Final = re.compile(r"0*(\d+)")
NONE: Final[Sequence[Any]] = ()


def key(reference: str) -> str:
    """A reference as it is looked up: without spaces, in capitals."""
    return reference.replace(" ", "").upper()


def keys(table: Table | None, column: str) -> list[str | None]:
    """The keys of a column of references; None where the cell is blank or couldn't be read."""
    if table is None:
        return []
    return [value and value.replace(" ", "").upper() for value in table.columns[column]]


def column(table: Table | None, name: str) -> Sequence[Any]:
    """A column of a sheet that may not be there."""
    return NONE if table is None else table.columns[name]


def day(on: date) -> str:
    """A date as an officer reads it: 6 Apr 2026."""
    return f"{on.day} {on:%b %Y}"


def owed(pence: int) -> str:
    """A balance in words: £12.00 DR."""
    return Money(pence).dr_cr()


class Finder:
    """Suggests the reference that was probably meant: the same but for leading zeros, case, spaces and marks."""

    def __init__(self, references: Collection[str]) -> None:
        self._references = references
        self._plain: Mapping[str, str] | None = None

    def near(self, reference: str) -> str:
        """A sentence that suggests one, or nothing."""
        if self._plain is None:
            self._plain = {_plain(known): known for known in self._references}
        found = self._plain.get(_plain(reference))
        return f" Is it '{found}'?" if found else ""


def twice(table: Table, column_name: str, places: Sequence[str | None]) -> Iterator[Problem]:
    """Each row whose reference stood in an earlier row."""
    if len(set(places)) == len(places):
        return
    first: dict[str, int] = {}
    for row, place in zip(table.rows, places, strict=True):
        if place is None:
            continue
        if place in first:
            message = f"'{place}' stands in row {row_number(first[place])} already. A reference is used once: delete or correct one."
            yield Problem(table.name, row, column_name, message)
        else:
            first[place] = row


def unknown(
    table: Table, column_name: str, places: Sequence[str | None], known: Collection[str], what: str, sheet: str
) -> Iterator[Problem]:
    """Each row that names something which is neither in its sheet nor in the database."""
    missing = {place for place in places if place is not None and place not in known}
    if not missing:
        return
    finder = Finder(known)
    for row, place, written in zip(table.rows, places, table.columns[column_name], strict=True):
        if place in missing:
            message = f"There is no {what} '{written}' in the sheet {sheet} or in the database.{finder.near(place)}"
            yield Problem(table.name, row, column_name, message)


class Lettings:
    """The tenancies that the file and the database have together, by key, with the kind of their main account."""

    def __init__(self, tables: Mapping[str, Table], known: Known) -> None:
        types = {place: fact.type for place, fact in known.properties.items()}
        properties = tables.get("Properties")
        for place, kind in zip(keys(properties, "property_ref"), column(properties, "type"), strict=True):
            if place is not None:
                types[place] = PropertyType(kind or PropertyType.DWELLING)
        self.main: dict[str, AccountKind] = {
            place: main_kind(types.get(fact.property_key, PropertyType.DWELLING), fact.tenure)
            for place, fact in known.tenancies.items()
        }
        self.starts: dict[str, date] = {place: fact.start_on for place, fact in known.tenancies.items()}
        self.ends: dict[str, date | None] = {place: fact.end_on for place, fact in known.tenancies.items()}
        self.homes: dict[str, str] = {place: fact.property_key for place, fact in known.tenancies.items()}
        self.tenures: dict[str, Tenure] = {place: fact.tenure for place, fact in known.tenancies.items()}
        self.types = types
        self._add(tables.get("Tenancies"))

    def _add(self, table: Table | None) -> None:
        names = ("tenure", "start_date", "end_date")
        facts = zip(*(column(table, name) for name in names), strict=True)
        places = zip(keys(table, "tenancy_ref"), keys(table, "property_ref"), strict=True)
        for (place, dwelling), (tenure, start, end) in zip(places, facts, strict=True):
            if place is None:
                continue
            kind = self.types.get(dwelling or "", PropertyType.DWELLING)
            self.tenures[place] = Tenure(tenure or Tenure.OTHER)
            self.homes[place] = dwelling or ""
            self.main[place] = main_kind(kind, self.tenures[place])
            if start is not None:
                self.starts[place] = start
            self.ends[place] = end

    def kind(self, tenancy: str, word: str | None) -> AccountKind:
        """The kind of account that the word of an `account` column means; blank and `rent` mean the main one."""
        if word is None or word == AccountKind.RENT:
            return self.main.get(tenancy, AccountKind.RENT)
        return AccountKind(word)


def _plain(reference: str) -> str:
    return _DIGITS.sub(r"\1", "".join(letter for letter in reference.upper() if letter.isalnum()))
