"""Which accounts a file makes, what they are called, and which rent groups it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.models.values import AccountKind, Fund
from app.services.imports.dto import Problem, Table
from app.services.imports.values import fold
from app.services.landlord_load.dto import AccountKey, Known
from app.services.landlord_load.rules.sheet import Lettings, column, key, keys
from app.services.rent.rules import full_name, joined_names

UNGROUPED: Final = "Ungrouped"
"""The rent group of properties whose cell is blank."""
_SHEETS: Final = ("Balances", "Transactions", "Arrangements")
_GENERAL: Final = ("generalfund", "genfund")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to make. `reference` is the payment reference it came with; without one it gets a new one."""

    tenancy: str
    kind: AccountKind
    reference: str | None
    name: str
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A rent group to make."""

    code: str
    name: str
    fund: Fund


def plan_accounts(tables: Mapping[str, Table], known: Known, lettings: Lettings) -> dict[AccountKey, NewAccount]:
    """A main account for each new tenancy, and each sub-account that a balance, history or arrangement names."""
    names = tenancy_names(tables, known)
    planned: dict[AccountKey, NewAccount] = {}
    table = tables.get("Tenancies")
    facts = zip(*(column(table, name) for name in ("payment_reference", "start_date", "end_date")), strict=True)
    for place, (reference, start, end) in zip(keys(table, "tenancy_ref"), facts, strict=True):
        if place is not None and start is not None:
            kind = lettings.main[place]
            planned[place, kind] = NewAccount(place, kind, reference, names.get(place, place), start, end)
    for account in dict.fromkeys(_sub_accounts(tables, lettings)):
        place, kind = account
        if account not in planned and account not in known.accounts and place in lettings.starts:
            name, opened = names.get(place, place), lettings.starts[place]
            planned[account] = NewAccount(place, kind, None, name, opened, None)
    return planned


def tenancy_names(tables: Mapping[str, Table], known: Known) -> dict[str, str]:
    """The name of each new tenancy's accounts: its people, as a letter names them."""
    table = tables.get("People")
    people = {place: full_name(fact.title, fact.first_name, fact.last_name) for place, fact in known.people.items()}
    parts = zip(*(column(table, name) for name in ("title", "first_name", "last_name")), strict=True)
    for place, (title, first, last) in zip(keys(table, "person_ref"), parts, strict=True):
        if place is not None:
            people[place] = full_name(title or "", first or "", last or "")
    tenancies = tables.get("Tenancies")
    return {
        place: joined_names([people.get(key(person), "") for person in refs or ()]) or place
        for place, refs in zip(keys(tenancies, "tenancy_ref"), column(tenancies, "people"), strict=True)
        if place is not None
    }


def group_names(tables: Mapping[str, Table]) -> dict[str, str]:
    """The rent groups that new properties name: folded -> as first written."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(column(tables.get("Properties"), "rent_group")):
        found.setdefault(fold(name or UNGROUPED) or fold(UNGROUPED), name or UNGROUPED)
    return found


def plan_groups(tables: Mapping[str, Table], known: Known) -> dict[str, NewGroup]:
    """The rent groups to make, by folded name; their fund is the HRA unless the name says General Fund."""
    taken = {group.code for group in known.groups.values()}
    planned: dict[str, NewGroup] = {}
    for folded, name in group_names(tables).items():
        if folded in known.groups:
            continue
        code = _code(name, taken)
        taken.add(code)
        general = any(word in folded for word in _GENERAL) or folded.endswith("gf") or folded.startswith("gf")
        planned[folded] = NewGroup(code, name, Fund.GENERAL if general else Fund.HRA)
    return planned


def group_warnings(tables: Mapping[str, Table], known: Known) -> list[Problem]:
    """A line for each rent group that will be made, and one for properties without any."""
    warnings = [
        Problem(
            "Properties",
            0,
            "rent_group",
            f"The rent group '{group.name}' is new and will be made, with code {group.code} in the fund "
            f"{'Housing Revenue Account' if group.fund is Fund.HRA else 'General Fund'}.",
        )
        for group in plan_groups(tables, known).values()
    ]
    blank = sum(1 for name in column(tables.get("Properties"), "rent_group") if not name)
    if blank:
        message = f"{blank:,} properties have no rent group and go into '{UNGROUPED}'."
        warnings.append(Problem("Properties", 0, "rent_group", message))
    return warnings


def _sub_accounts(tables: Mapping[str, Table], lettings: Lettings) -> Iterable[AccountKey]:
    for name in _SHEETS:
        table = tables.get(name)
        for place, word in zip(keys(table, "tenancy_ref"), column(table, "account"), strict=True):
            if place is not None and word is not None:
                yield place, lettings.kind(place, word)


def _code(name: str, taken: set[str]) -> str:
    """A short code for a rent group, its name in capitals, told apart by a number where needed."""
    stem = "".join(letter for letter in name.upper() if letter.isalnum())[:16] or "GROUP"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}{number}"
    return code
