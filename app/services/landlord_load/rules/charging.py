"""What must be so of charges, and how a new amount follows the one before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.models.values import AccountKind, Money
from app.services.imports.dto import Problem, Table, row_number
from app.services.landlord_load.dto import AccountKey, Known, KnownCharge
from app.services.landlord_load.rules import sheet
from app.services.landlord_load.rules.sheet import Lettings, day, keys

_SUB_ACCOUNTS: Final = {
    **dict.fromkeys(("DGA", "DCP", "DPP"), AccountKind.GARAGE),
    **dict.fromkeys(("DRR", "DRP", "DKF"), AccountKind.RECHARGE),
    **dict.fromkeys(("DGR", "DSB", "DMC", "DMR", "DML"), AccountKind.LEASEHOLD),
    "DCC": AccountKind.COURT_COSTS,
}
"""The sub-account that a code is charged on where the tenancy has one."""
_LATEST: Final = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class NewCharge:
    """A charge element to write; `to_on` is the day before the next one begins."""

    account: AccountKey
    code: str
    amount_pence: int
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class EndedCharge:
    """A charge element of the database that a new one follows."""

    id: int
    to_on: date


def charge_faults(tables: Mapping[str, Table], known: Known, lettings: Lettings) -> Iterator[Problem]:
    """Tenancies that exist, amounts that their code allows, one amount a code and day, days within the tenancy."""
    table = tables.get("Charges")
    if table is None:
        return
    places = keys(table, "tenancy_ref")
    yield from sheet.unknown(table, "tenancy_ref", places, lettings.main.keys(), "tenancy", "Tenancies")
    first: dict[tuple[str, str, date], int] = {}
    latest = known.today + _LATEST
    rows = zip(table.rows, places, *(table.columns[name] for name in ("code", "amount", "from_date")), strict=True)
    for row, place, code, amount, start in rows:
        if amount is not None and amount < 0 and code is not None and not known.codes[code].allows_negative:
            message = (
                f"{known.codes[code].name} ({code}) may not be negative, and this is {Money(amount)}. "
                "Give the amount without a minus; a reduction has its own code, such as DWW."
            )
            yield Problem(table.name, row, "amount", message)
        if place is None or code is None or start is None:
            continue
        earlier = first.setdefault((place, code, start), row)
        if earlier != row:
            message = (
                f"{place} has {code} from {day(start)} in row {row_number(earlier)} already. "
                "Add the two together, or give one another code or date."
            )
            yield Problem(table.name, row, "code", message)
        end = lettings.ends.get(place)
        if end is not None and start > end:
            message = f"The charge begins on {day(start)} and the tenancy ended on {day(end)}. Correct or delete it."
            yield Problem(table.name, row, "from_date", message)
        elif start > latest:
            yield Problem(table.name, row, "from_date", f"{day(start)} is more than two years ahead. Check the year.")


def charge_warnings(tables: Mapping[str, Table], known: Known) -> Iterator[Problem]:
    """Charges that begin before weeks that have been charged: the difference is not posted by a load."""
    table = tables.get("Charges")
    if table is None or known.charged_to is None:
        return
    late = sum(1 for start in table.columns["from_date"] if start is not None and start <= known.charged_to)
    if late:
        message = (
            f"{late:,} charges begin on or before {day(known.charged_to)}, the last week charged. "
            "The weeks that have been charged stay as they are; adjust them if they should not."
        )
        yield Problem(table.name, 0, "from_date", message)


def clashes(table: Table, known: Known, lettings: Lettings) -> Iterator[Problem]:
    """New amounts for a code and day of which the database has another amount."""
    rows = zip(
        table.rows,
        keys(table, "tenancy_ref"),
        *(table.columns[name] for name in ("code", "amount", "from_date")),
        strict=True,
    )
    for row, place, code, amount, start in rows:
        if place is None or place not in known.tenancies or code is None:
            continue
        account = known.accounts.get((place, charged_kind(place, code, lettings, known.accounts)))
        for standing in known.charges.get((account.id, code), ()) if account else ():
            if standing.from_on == start and standing.amount_pence != amount:
                message = (
                    f"{place} has {code} of {Money(standing.amount_pence)} from {day(start)} already. "
                    "Give the new amount a later date."
                )
                yield Problem(table.name, row, "from_date", message)


def charged_kind(place: str, code: str, lettings: Lettings, accounts: Mapping[AccountKey, object]) -> AccountKind:
    """The kind of account that a tenancy's charge goes to: the sub-account for its code if there is one, else the main one."""
    kind = _SUB_ACCOUNTS.get(code)
    if kind is not None and (place, kind) in accounts:
        return kind
    return lettings.main[place]


def plan_charges(
    table: Table, known: Known, lettings: Lettings, accounts: Mapping[AccountKey, object]
) -> tuple[list[NewCharge], list[EndedCharge]]:
    """The elements to write, in date order so that each ends where the next begins, and those of the database to end.

    An element that the database has already, with the same amount from the same day, is not written again.
    """
    wanted: defaultdict[tuple[AccountKey, str], list[tuple[date, int]]] = defaultdict(list)
    columns = (table.columns[name] for name in ("code", "amount", "from_date"))
    for place, code, amount, start in zip(keys(table, "tenancy_ref"), *columns, strict=True):
        assert place is not None
        account = place, charged_kind(place, code, lettings, accounts)
        wanted[account, code].append((start, amount))
    new: list[NewCharge] = []
    ended: list[EndedCharge] = []
    for (account, code), amounts in wanted.items():
        held = known.accounts.get(account)
        standing = known.charges.get((held.id, code), []) if held else []
        _follow(account, code, sorted(amounts), standing, new, ended)
    return new, ended


def _follow(
    account: AccountKey,
    code: str,
    amounts: list[tuple[date, int]],
    standing: list[KnownCharge],
    new: list[NewCharge],
    ended: list[EndedCharge],
) -> None:
    if not standing:
        for i, (start, amount) in enumerate(amounts):
            following = amounts[i + 1][0] - timedelta(days=1) if i + 1 < len(amounts) else None
            new.append(NewCharge(account, code, amount, start, following))
        return
    there = {charge.from_on for charge in standing}
    amounts = [(start, amount) for start, amount in amounts if start not in there]
    starts = sorted(there | {start for start, _ in amounts})
    for start, amount in amounts:
        later = next((other for other in starts if other > start), None)
        new.append(NewCharge(account, code, amount, start, later - timedelta(days=1) if later else None))
    for charge in standing:
        later = next((start for start, _ in amounts if start > charge.from_on), None)
        if later and (charge.to_on is None or charge.to_on >= later):
            ended.append(EndedCharge(charge.id, later - timedelta(days=1)))
