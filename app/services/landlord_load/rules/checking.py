"""Every rule on a landlord's file, in the order in which an officer reads the faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.services.imports.dto import Problem, Table
from app.services.landlord_load.dto import Known
from app.services.landlord_load.rules import accounts, charging, places, postings, sheet
from app.services.landlord_load.rules.sheet import Lettings, day, keys

_EXTRAS: Final = {"Arrangements": ("start_date", "end_date"), "Flags": ("from_date", "to_date"), "Notes": ()}


def faults(tables: Mapping[str, Table], known: Known, lettings: Lettings) -> Iterator[Problem]:
    """Everything that stops the load, beyond the cells that couldn't be read."""
    yield from places.property_faults(tables, known, lettings)
    yield from places.person_faults(tables, known)
    yield from places.tenancy_faults(tables, known, lettings)
    yield from places.live_together(tables, known, lettings)
    yield from charging.charge_faults(tables, known, lettings)
    if "Charges" in tables:
        yield from charging.clashes(tables["Charges"], known, lettings)
    yield from postings.balance_faults(tables, known, lettings)
    yield from postings.transaction_faults(tables, known, lettings)
    for name, dates in _EXTRAS.items():
        if name in tables:
            yield from _extra_faults(tables[name], dates, lettings)
    if "Arrangements" in tables:
        yield from _instalment_faults(tables["Arrangements"])


def warnings(tables: Mapping[str, Table], known: Known, lettings: Lettings) -> Iterator[Problem]:
    """What doesn't stop the load and should be known."""
    yield from accounts.group_warnings(tables, known)
    yield from places.garage_warnings(tables, lettings)
    yield from places.person_warnings(tables)
    yield from postings.balance_warnings(tables, known)
    yield from charging.charge_warnings(tables, known)
    yield from _made_references(tables)


def _extra_faults(table: Table, dates: tuple[str, ...], lettings: Lettings) -> Iterator[Problem]:
    tenancies = keys(table, "tenancy_ref")
    yield from sheet.unknown(table, "tenancy_ref", tenancies, lettings.main.keys(), "tenancy", "Tenancies")
    if not dates:
        return
    first, last = dates
    for row, begin, end in zip(table.rows, table.columns[first], table.columns[last], strict=True):
        if begin is not None and end is not None and end < begin:
            message = f"It ends on {day(end)}, before it begins on {day(begin)}. Correct one of the dates."
            yield Problem(table.name, row, last, message)


def _instalment_faults(table: Table) -> Iterator[Problem]:
    for row, amount in zip(table.rows, table.columns["amount"], strict=True):
        if amount is not None and amount <= 0:
            yield Problem(
                table.name, row, "amount", "An instalment is more than nothing. Give the amount without a minus."
            )


def _made_references(tables: Mapping[str, Table]) -> Iterator[Problem]:
    table = tables.get("Tenancies")
    blank = sum(1 for reference in table.columns["payment_reference"] if reference is None) if table else 0
    if blank:
        message = f"{blank:,} tenancies have no payment reference; each gets a new one."
        yield Problem("Tenancies", 0, "payment_reference", message)
