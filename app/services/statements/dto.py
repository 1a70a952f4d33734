"""Statements, and runs of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.models.values import AccountKind, FormatNeed, Money
from app.services.core.changes import Changes
from app.services.exports.statement.dto import Line, Sender, Statement, Variant

__all__ = [
    "RUN_KINDS",
    "Begun",
    "Candidate",
    "Decision",
    "Drawn",
    "Group",
    "Issued",
    "ItemRow",
    "Line",
    "Placed",
    "Plan",
    "Rehearsal",
    "RunFile",
    "RunRequest",
    "RunResult",
    "RunRow",
    "RunState",
    "Sender",
    "Statement",
    "Variant",
    "Which",
]

RUN_KINDS: Final = frozenset({AccountKind.RENT, AccountKind.GARAGE, AccountKind.LEASEHOLD, AccountKind.FORMER_TENANT})


class Which(StrEnum):
    """Which accounts a run takes."""

    ALL = "all"
    ARREARS = "arrears"
    """Those that owe something on the last day."""


class RunState(StrEnum):
    """Where a run stands; one that is running or cancelled is carried on when it is asked for again."""

    RUNNING = "running"
    CANCELLED = "cancelled"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class RunRequest:
    """A run of statements that is asked for.

    Attributes:
        from_on, to_on: the days shown, both included.
        rent_groups: codes of the rent groups; none means all.
        areas: likewise.
        accounts: all accounts, or those in arrears.
        kinds: the kinds of account.
        former: also tenancies that had ended before the first day, whose arrears are pursued by letter.
        variant: the form for everybody; None gives each person the form that they need.
        out_dir: where the files go; without it they are only kept in the database.
        file_each: also a file for each account, in a folder beside the group's file.
        again: make a run that has been made before once more.
    """

    from_on: date
    to_on: date
    rent_groups: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    accounts: Which = Which.ALL
    kinds: frozenset[AccountKind] = RUN_KINDS
    former: bool = False
    variant: Variant | None = None
    out_dir: Path | None = None
    file_each: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that a run may send a statement to, with all that decides whether and how.

    Attributes:
        address: where it would be posted, the postcode last; empty if nobody knows.
        about: the property in one line.
        balance_pence: on the last day.
        moved: whether anything was posted in the period.
        hold: the reason of a hold on statements, empty if there is none.
        needs: the format needs of everybody in the tenancy, where not standard.
        languages: the languages that they need, where not English.
        printable: whether the font has every letter of the name and the address.
    """

    account_id: int
    reference: str
    kind: AccountKind
    name: str
    address: tuple[str, ...]
    about: str
    tenancy_id: int | None
    group_code: str
    group_name: str
    balance_pence: int = 0
    moved: bool = True
    hold: str = ""
    do_not_contact: bool = False
    needs: frozenset[FormatNeed] = frozenset()
    languages: frozenset[str] = frozenset()
    printable: bool = True


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a statement is sent, in which form, and what is out of the ordinary about it (empty: nothing)."""

    sent: bool
    variant: Variant
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts whose statements go in one file: a rent group and a form.

    Attributes:
        notes: by account, what is out of the ordinary about it.
    """

    name: str
    variant: Variant
    accounts: tuple[Candidate, ...]
    notes: dict[int, str]

    @property
    def title(self) -> str:
        """The group as a heading and a file name: `General needs, large print`."""
        return f"{self.name}, {self.variant.value.replace('_', ' ')}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run still has to do: accounts to leave out, and groups to draw."""

    sender: Sender
    left_out: tuple[tuple[Candidate, Decision], ...]
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """How many statements are to be drawn."""
        return sum(len(group.accounts) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement in its group's file: how many pages it has there (of plain text, 1) and its balances."""

    account_id: int
    reference: str
    pages: int
    brought_forward_pence: int
    carried_forward_pence: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A group's file, and the statements in it in order."""

    group: Group
    content: bytes
    placed: tuple[Placed, ...]

    @property
    def suffix(self) -> str:
        """The end of the file's name."""
        return ".txt" if self.group.variant is Variant.TEXT else ".pdf"

    @property
    def media_type(self) -> str:
        """What the file is."""
        return "text/plain" if self.group.variant is Variant.TEXT else "application/pdf"


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that may go on; `carried_on` says that it had stopped before."""

    run_id: int
    carried_on: bool


@dataclass(frozen=True, slots=True)
class Issued:
    """A statement of one account, kept as it was sent; `outgoing_id` is its line in the register of what goes out."""

    link_id: int
    file_name: str
    content: bytes
    changes: Changes
    outgoing_id: int | None = None


@dataclass(frozen=True, slots=True)
class RunFile:
    """A group's file of a run as it is kept."""

    sha256: str
    file_name: str
    variant: Variant
    size: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An account in a run: sent or left out, with what is out of the ordinary about it.

    Attributes:
        item_id, run_id: 0 where the run has not been made.
        first_page: its first page in the group's file; of plain text, its place.
    """

    item_id: int
    run_id: int
    account_id: int
    reference: str
    name: str
    group_name: str
    variant: Variant
    sent: bool
    exception: str
    first_page: int | None = None
    pages: int | None = None
    balance: Money | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a run would do: what is out of the ordinary first, then how many statements by group and form."""

    exceptions: tuple[ItemRow, ...]
    groups: tuple[tuple[str, Variant, int], ...]

    @property
    def sent(self) -> int:
        """How many statements would be made."""
        return sum(count for _, _, count in self.groups)


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as listed."""

    run_id: int
    from_on: date
    to_on: date
    state: RunState
    started_at: datetime
    ended_at: datetime | None
    officer: str
    sent: int
    left_out: int


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run made.

    Attributes:
        carried_on: it took up a run that had stopped.
        exceptions: every account that was left out or needs a look, the left out first.
        files: the group files in `out_dir`.
    """

    run_id: int
    sent: int
    left_out: int
    pages: int
    carried_on: bool
    exceptions: tuple[ItemRow, ...]
    files: tuple[Path, ...] = field(default=())
