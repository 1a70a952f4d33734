"""What a load is told, what it finds and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from app.models.values import ZERO, AccountKind, CodeKind, Fund, Money, PropertyType, Tenure
from app.services.core.changes import Changes
from app.services.imports.dto import PART, Names, Problem, Table
from app.services.imports.values import fold


@dataclass(frozen=True, slots=True)
class CodeFact:
    """What a load needs to know of a transaction code."""

    code: str
    name: str
    kind: CodeKind
    allows_negative: bool
    active: bool


@dataclass(frozen=True, slots=True)
class LandlordFile:
    """A landlord's file as it was read: a table for each of our sheets that it has, and what was wrong in single cells.

    It is read once; rehearsing and loading both work from it.

    Attributes:
        files: what is kept of it: itself, the files of a folder, the file that a workbook of bad rows came from.
        sheets: our sheet name -> the names in the file of the sheets that are it.
    """

    path: Path
    sha256: str
    files: tuple[Path, ...]
    sheets: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Table]
    names: Names
    codes: tuple[CodeFact, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    def named(self, problem: Problem) -> Problem:
        """The problem under the sheet's name in the file, where that is another than ours, and its row there."""
        part, row = divmod(problem.row, PART)
        sources = self.sheets.get(problem.sheet, ())
        name = problem.sheet
        if len(sources) > 1 or (sources and fold(sources[0]) != fold(name)):
            name = sources[part]
        return Problem(name, row, problem.column, problem.message)


@dataclass(frozen=True, slots=True)
class KnownProperty:
    """A property that the database has."""

    id: int
    type: PropertyType
    rent_group_id: int


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person that the database has."""

    id: int
    title: str
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class KnownTenancy:
    """A tenancy that the database has."""

    id: int
    property_key: str
    tenure: Tenure
    start_on: date
    end_on: date | None


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account that the database has, and its balance before this load."""

    id: int
    balance_pence: int
    posted: bool = False
    """It has ledger lines: a balance that comes now is compared, not posted."""
    opened_by: date | None = None
    """The day of the opening balance that was loaded for it."""


@dataclass(frozen=True, slots=True)
class KnownCharge:
    """A charge element that the database has."""

    id: int
    amount_pence: int
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A rent group that the database has."""

    id: int
    code: str
    name: str
    fund: Fund


AccountKey = tuple[str, AccountKind]
"""Tenancy key and kind: a tenancy has at most one account of a kind."""


@dataclass(slots=True)
class Known:
    """What the database holds that a file may refer to. Keys are references in capitals without spaces (`rules.key`).

    Attributes:
        references: payment reference key -> the reference of the tenancy that has it.
        groups: folded code or name -> rent group.
        charges: by account id and code, in date order; of the accounts that the file charges.
        ledger_pence: by account id and day: balances that the file's balances are compared with.
        holders: tenancy key -> keys of its people; of the tenancies whose history comes.
        charged_to: the Monday of the last week charged.
        closed_to: the last day of the last closed period.
    """

    today: date
    codes: dict[str, CodeFact]
    properties: dict[str, KnownProperty] = field(default_factory=dict)
    people: dict[str, KnownPerson] = field(default_factory=dict)
    tenancies: dict[str, KnownTenancy] = field(default_factory=dict)
    accounts: dict[AccountKey, KnownAccount] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    groups: dict[str, KnownGroup] = field(default_factory=dict)
    charges: dict[tuple[int, str], list[KnownCharge]] = field(default_factory=dict)
    ledger_pence: dict[tuple[int, date], int] = field(default_factory=dict)
    holders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    charged_to: date | None = None
    closed_to: date | None = None


@dataclass(frozen=True, slots=True)
class SheetCount:
    """A sheet's rows: those that are new, and those recognised from an earlier load, which are left out."""

    sheet: str
    rows: int
    new: int
    recognised: int


@dataclass(frozen=True, slots=True)
class GroupSum:
    """One line of the reconciliation: the accounts of a rent group, kind and tenure, in the file and in the ledger.

    Before loading, the ledger's side is what stands there now.
    """

    rent_group: str
    kind: AccountKind
    tenure: Tenure
    file_accounts: int = 0
    file_total: Money = ZERO
    ledger_accounts: int = 0
    ledger_total: Money = ZERO

    @property
    def agrees(self) -> bool:
        """Whether both sides have the same number of accounts and the same sum."""
        return self.file_accounts == self.ledger_accounts and self.file_total == self.ledger_total


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The file against the ledger, to be signed."""

    groups: tuple[GroupSum, ...] = ()

    @property
    def file_total(self) -> Money:
        """The sum of the file's side."""
        return sum((group.file_total for group in self.groups), ZERO)

    @property
    def ledger_total(self) -> Money:
        """The sum of the ledger's side."""
        return sum((group.ledger_total for group in self.groups), ZERO)

    @property
    def file_accounts(self) -> int:
        """The number of accounts on the file's side."""
        return sum(group.file_accounts for group in self.groups)

    @property
    def ledger_accounts(self) -> int:
        """The number of accounts on the ledger's side."""
        return sum(group.ledger_accounts for group in self.groups)

    @property
    def agrees(self) -> bool:
        """Whether every line agrees."""
        return all(group.agrees for group in self.groups)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a load would do: nothing has been changed. With errors it would do nothing.

    `file` goes to `commands.load`, which then needn't read the file again.
    """

    file: LandlordFile
    sheets: tuple[SheetCount, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    reconciliation: Reconciliation
    new_rent_groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: rows loaded and rows recognised by sheet. With errors nothing was loaded.

    `load_id` is the load to sign; None where there was nothing to load.
    """

    file: LandlordFile
    load_id: int | None
    loaded: Mapping[str, int]
    recognised: Mapping[str, int]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    reconciliation: Reconciliation
    new_rent_groups: tuple[str, ...]
    journals: tuple[int, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A load as listed, the latest first."""

    id: int
    file_name: str
    loaded_at: datetime
    loaded_by: str
    rows: int
    agrees: bool
    signed_at: datetime | None
    signed_by: str
