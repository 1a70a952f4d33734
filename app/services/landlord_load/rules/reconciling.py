"""The file's side of the reconciliation, by rent group, account kind and tenure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.models.values import AccountKind, Money, Tenure
from app.services.imports.dto import Table
from app.services.imports.values import fold
from app.services.landlord_load.dto import AccountKey, GroupSum, Known, Reconciliation
from app.services.landlord_load.rules.accounts import UNGROUPED
from app.services.landlord_load.rules.sheet import Lettings, column, keys

GroupKey = tuple[str, AccountKind, Tenure]
Sums = dict[GroupKey, tuple[int, int]]
"""Number of accounts and their pence."""


class Groups:
    """Under which line of the reconciliation an account falls, going by the file and what it builds on."""

    def __init__(self, tables: Mapping[str, Table], known: Known, lettings: Lettings) -> None:
        names = {group.id: group.name for group in known.groups.values()}
        self._groups = {place: names[fact.rent_group_id] for place, fact in known.properties.items()}
        self._lettings = lettings
        table = tables.get("Properties")
        for place, written in zip(keys(table, "property_ref"), column(table, "rent_group"), strict=True):
            if place is not None:
                known_group = known.groups.get(fold(written or UNGROUPED))
                self._groups[place] = known_group.name if known_group else written or UNGROUPED

    def of(self, account: AccountKey) -> GroupKey:
        """Rent group, account kind and tenure."""
        place, kind = account
        group = self._groups.get(self._lettings.homes.get(place, ""), UNGROUPED)
        return group, kind, self._lettings.tenures.get(place, Tenure.OTHER)


def sums_by_group(groups: Groups, accounts: Iterable[AccountKey], pence: Mapping[AccountKey, int]) -> Sums:
    """Accounts and pence by line of the reconciliation."""
    sums: Sums = {}
    for account in accounts:
        group = groups.of(account)
        count, total = sums.get(group, (0, 0))
        sums[group] = count + 1, total + pence.get(account, 0)
    return sums


def reconcile(file: Sums, ledger: Sums) -> Reconciliation:
    """Both sides, line by line, in order of rent group."""
    groups = sorted(file.keys() | ledger.keys(), key=lambda group: (fold(group[0]), group[1], group[2]))
    return Reconciliation(
        tuple(
            GroupSum(
                group[0],
                group[1],
                group[2],
                file.get(group, (0, 0))[0],
                Money(file.get(group, (0, 0))[1]),
                ledger.get(group, (0, 0))[0],
                Money(ledger.get(group, (0, 0))[1]),
            )
            for group in groups
        )
    )
