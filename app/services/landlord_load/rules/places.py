"""What must be so of properties, people and tenancies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from app.models.values import PropertyType
from app.services.imports.dto import Problem, Table
from app.services.landlord_load.dto import Known
from app.services.landlord_load.rules import sheet
from app.services.landlord_load.rules.sheet import Lettings, day, keys

_ONE_LETTING: Final = {PropertyType.DWELLING, PropertyType.GARAGE}
"""What is let once at a time."""
_OLDEST_PERSON: Final = 120


def property_faults(tables: Mapping[str, Table], known: Known, lettings: Lettings) -> Iterator[Problem]:
    """References used once, UPRNs of digits, garages linked to tenancies that exist."""
    table = tables.get("Properties")
    if table is None:
        return
    places = keys(table, "property_ref")
    yield from sheet.twice(table, "property_ref", places)
    yield from _already(table, "property_ref", places, known.properties)
    for row, uprn in zip(table.rows, table.columns["uprn"], strict=True):
        if uprn is not None and not uprn.isdecimal():
            yield Problem(table.name, row, "uprn", f"'{uprn}' is not a UPRN, which is a number of up to 12 digits.")
    linked = keys(table, "linked_tenancy")
    yield from sheet.unknown(table, "linked_tenancy", linked, lettings.main.keys(), "tenancy", "Tenancies")
    for row, place, link in zip(table.rows, places, linked, strict=True):
        if link is not None and lettings.types.get(place or "") is PropertyType.DWELLING:
            message = "A dwelling is not linked to a tenancy: only a garage or other letting is. Empty the cell."
            yield Problem(table.name, row, "linked_tenancy", message)


def garage_homes(tables: Mapping[str, Table], lettings: Lettings) -> Iterator[tuple[str, str, bool]]:
    """Which home the last letting of each garage goes with, by their keys, and whether the garage is near it."""
    for _, letting, home, near in _garages(tables, lettings):
        if letting is not None:
            yield letting, home, near


def garage_warnings(tables: Mapping[str, Table], lettings: Lettings) -> Iterator[Problem]:
    """Garages that nobody has rented yet: which home they go with is said with their letting."""
    for row, letting, _, _ in _garages(tables, lettings):
        if letting is None:
            message = "It isn't let, so that it goes with a tenancy is left out. It is asked for when it is let."
            yield Problem("Properties", row, "linked_tenancy", message)


def _garages(tables: Mapping[str, Table], lettings: Lettings) -> Iterator[tuple[int, str | None, str, bool]]:
    """Each row with a linked home: the row, the garage's last letting, the home's tenancy, whether it is near."""
    table = tables.get("Properties")
    if table is None:
        return
    places, homes = keys(table, "property_ref"), keys(table, "linked_tenancy")
    garages = {place for place, home in zip(places, homes, strict=True) if home is not None}
    last: dict[str | None, str] = {}
    for letting, let in lettings.homes.items():
        if let in garages and (let not in last or _began(lettings, last[let]) <= _began(lettings, letting)):
            last[let] = letting
    for row, place, home, near in zip(table.rows, places, homes, table.columns["near_dwelling"], strict=True):
        if home is not None:
            yield row, last.get(place), home, bool(near)


def _began(lettings: Lettings, tenancy: str) -> date:
    return lettings.starts.get(tenancy, date.min)


def person_faults(tables: Mapping[str, Table], known: Known) -> Iterator[Problem]:
    """References used once, dates of birth in the past."""
    table = tables.get("People")
    if table is None:
        return
    places = keys(table, "person_ref")
    yield from sheet.twice(table, "person_ref", places)
    yield from _already(table, "person_ref", places, known.people)
    for row, born in zip(table.rows, table.columns["date_of_birth"], strict=True):
        if born is not None and not known.today.year - _OLDEST_PERSON <= born.year <= known.today.year:
            yield Problem(table.name, row, "date_of_birth", f"{day(born)} can't be a date of birth. Check the year.")
        elif born is not None and born > known.today:
            yield Problem(table.name, row, "date_of_birth", f"{day(born)} is still to come. Check the date of birth.")


def person_warnings(tables: Mapping[str, Table]) -> Iterator[Problem]:
    """E-mail addresses that can't be: they are left out."""
    table = tables.get("People")
    if table is None:
        return
    for row, email in zip(table.rows, table.columns["email"], strict=True):
        if email is not None and not is_email(email):
            yield Problem(table.name, row, "email", f"'{email}' is not an e-mail address and is left out.")


def is_email(text: str) -> bool:
    """Whether text could be an e-mail address."""
    return "@" in text[1:-1] and " " not in text


def tenancy_faults(tables: Mapping[str, Table], known: Known, lettings: Lettings) -> Iterator[Problem]:
    """References and payment references used once, places and people that exist, ends after starts."""
    table = tables.get("Tenancies")
    if table is None:
        return
    places = keys(table, "tenancy_ref")
    yield from sheet.twice(table, "tenancy_ref", places)
    yield from _already(table, "tenancy_ref", places, known.tenancies)
    homes = keys(table, "property_ref")
    yield from sheet.unknown(table, "property_ref", homes, lettings.types.keys(), "property", "Properties")
    yield from _reference_faults(table, known)
    yield from _people_faults(table, tables, known)
    for row, start, end in zip(table.rows, table.columns["start_date"], table.columns["end_date"], strict=True):
        if start is not None and end is not None and end < start:
            message = f"The tenancy ends on {day(end)}, before it starts on {day(start)}. Correct one of the dates."
            yield Problem(table.name, row, "end_date", message)


def live_together(tables: Mapping[str, Table], known: Known, lettings: Lettings) -> Iterator[Problem]:
    """Two tenancies that are live on one dwelling or garage."""
    table = tables.get("Tenancies")
    if table is None:
        return
    live: defaultdict[str, list[str]] = defaultdict(list)
    for standing, fact in known.tenancies.items():
        if _is_live(fact.end_on, known.today):
            live[fact.property_key].append(standing)
    homes, places = keys(table, "property_ref"), keys(table, "tenancy_ref")
    for row, home, place, end in zip(table.rows, homes, places, table.columns["end_date"], strict=True):
        if home is None or place is None or not _is_live(end, known.today) or place in live[home]:
            continue
        other = next((other for other in live[home] if _meet(lettings, place, other)), None)
        live[home].append(place)
        if other is not None and lettings.types.get(home) in _ONE_LETTING:
            message = (
                f"Tenancy {other} on {home} is live as well, and a {lettings.types[home]} has one at a time. "
                "Give the earlier one its end date, or correct the property."
            )
            yield Problem(table.name, row, "property_ref", message)


def _meet(lettings: Lettings, one: str, other: str) -> bool:
    """Whether two tenancies share a day; the next may be entered before the last has ended."""
    first, second = _began(lettings, one), _began(lettings, other)
    return first <= (lettings.ends.get(other) or date.max) and second <= (lettings.ends.get(one) or date.max)


def _is_live(end: date | None, today: date) -> bool:
    return end is None or end >= today


def _already(table: Table, column: str, places: list[str | None], known: Mapping[str, object]) -> Iterator[Problem]:
    if not known:
        return
    for row, place in zip(table.rows, places, strict=True):
        if place is not None and place in known:
            message = (
                f"'{place}' was loaded before, with other details. A load adds and doesn't change: "
                "delete the row here, and make the change on the Accounts page."
            )
            yield Problem(table.name, row, column, message)


def _reference_faults(table: Table, known: Known) -> Iterator[Problem]:
    references = keys(table, "payment_reference")
    yield from sheet.twice(table, "payment_reference", references)
    if not known.references:
        return
    for row, reference, place in zip(table.rows, references, keys(table, "tenancy_ref"), strict=True):
        owner = known.references.get(reference or "")
        if owner is not None and owner != place:
            message = f"The payment reference '{reference}' belongs to {owner or 'another account'}. Each account has its own."
            yield Problem(table.name, row, "payment_reference", message)


def _people_faults(table: Table, tables: Mapping[str, Table], known: Known) -> Iterator[Problem]:
    there = {place for place in keys(tables.get("People"), "person_ref") if place is not None} | known.people.keys()
    finder = sheet.Finder(there)
    for row, people in zip(table.rows, table.columns["people"], strict=True):
        for person in people or ():
            if sheet.key(person) not in there:
                message = f"There is no person '{person}' in the sheet People or in the database.{finder.near(person)}"
                yield Problem(table.name, row, "people", message)
