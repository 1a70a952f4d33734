"""Bank details and the modulus check, as they cross layers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.models.values import DetailState, NameCheck, TableKind, Verdict
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True, repr=False)
class Destination:
    """An account at a bank or building society, unmasked. Only `rules.destination` makes one of what was typed.

    It has no readable form, so that no log or message shows it.

    Attributes:
        sort_code: six digits.
        account_number: eight digits.
        roll_number: of a building society that tells its customers apart by it, which Bacs carries as the reference.
    """

    sort_code: str
    account_number: str
    roll_number: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """Bank details as they are shown until somebody reveals them."""

    last_two: str
    has_roll_number: bool = False

    @property
    def sort_code(self) -> str:
        """The sort code, without its digits."""
        return "••-••-••"

    @property
    def account_number(self) -> str:
        """The account number, of which two digits are shown."""
        return f"••••••{self.last_two}"

    @property
    def words(self) -> str:
        """In a sentence: `account ending 34`."""
        return f"account ending {self.last_two}"


@dataclass(frozen=True, slots=True, repr=False)
class NewBankDetails:
    """Bank details as an officer types them: of a person, of an account whose payee isn't one of ours, or of both.

    Attributes:
        payee_name: the name as the bank has it, up to 70 characters; a Bacs file carries the first 18.
        sort_code, account_number, roll_number: as typed; spaces and hyphens don't matter.
        from_on: the first day that they count.
        name_check, checked_on, check_note: how the name was proved, the day, and the name that the bank gave instead.
    """

    payee_name: str
    sort_code: str
    account_number: str
    from_on: date
    person_id: int | None = None
    account_id: int | None = None
    roll_number: str = ""
    name_check: NameCheck = NameCheck.NONE
    checked_on: date | None = None
    check_note: str = ""


@dataclass(frozen=True, slots=True)
class NewNameCheck:
    """How the name on bank details was proved after they were kept, and `note`: the name that the bank gave instead."""

    detail_id: int
    version: int
    name_check: NameCheck
    checked_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the modulus check says.

    Attributes:
        verdict: `UNCHECKED` is never a reason to refuse.
        words: why, as a sentence for the screen.
        table: the name of the weight table that was used; empty if there was none.
        old: the table is older than the policy `bacs.table_old_months` allows, so that an invalid number is a warning.
    """

    verdict: Verdict
    words: str
    table: str = ""
    old: bool = False

    @property
    def refuses(self) -> bool:
        """Whether the details may not be kept: they are invalid by a table that isn't old."""
        return self.verdict is Verdict.INVALID and not self.old


@dataclass(frozen=True, slots=True)
class BankDetails:
    """Bank details as listed, masked.

    Attributes:
        to_on: the last day that they count; None while they go on.
        is_new: nothing was ever paid to this account at a bank, by whoever's name.
        elsewhere: how many other payees have the same account at a bank in force; 0 for most.
        superseded_by: the details that took the place of these.
        checked_by, made_by, approved_by: officers by name.
        reason: why they ended, or were refused.
    """

    detail_id: int
    version: int
    person_id: int | None
    account_id: int | None
    payee_name: str
    masked: Masked
    state: DetailState
    from_on: date
    to_on: date | None
    name_check: NameCheck
    checked_on: date | None
    checked_by: str
    check_note: str
    verdict: Verdict
    is_new: bool
    elsewhere: int
    made_by: str
    made_at: datetime
    approved_by: str = ""
    superseded_by: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a command that keeps bank details made of them."""

    detail_id: int
    checked: Checked
    changes: Changes


@dataclass(frozen=True, slots=True, repr=False)
class Revealed:
    """Bank details unmasked for the officer who asked, as written on a cheque book: `20-00-00`, `55779911`."""

    detail_id: int
    payee_name: str
    sort_code: str
    account_number: str
    roll_number: str


@dataclass(frozen=True, slots=True)
class NewTable:
    """A file of the modulus check to be loaded; `name` is its version as officers read it, such as `v7.90`."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class TableInfo:
    """A loaded file of the modulus check. `valid_from` is the day that Pay.UK put it in force; `in_force` says that it is used now."""

    table_id: int
    kind: TableKind
    name: str
    valid_from: date
    rows: int
    loaded_at: datetime
    loaded_by: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class TableInForce:
    """The weight table that accounts are checked against.

    Attributes:
        months: its age in whole months; of the shipped one, which bears no date, at least so many.
        old: older than the policy `bacs.table_old_months` allows: it warns, and refuses nothing.
        shipped: none is loaded, so it is the one that came with Rentbook.
    """

    name: str
    valid_from: date
    months: int
    old: bool
    shipped: bool = False

    @property
    def words(self) -> str:
        """Its version and age, as a sentence."""
        if self.shipped:
            return (
                f"Checked against the table that came with Rentbook ({self.name}), which is over {self.months // 12} years "
                "old. Load the current one: Admin, Weight tables."
            )
        age = f"{self.months} month{'' if self.months == 1 else 's'} old"
        since = f"Checked against {self.name}, in force from {self.valid_from.day} {self.valid_from:%b %Y}: {age}"
        return f"{since}, which is too old to refuse by. Load the current one." if self.old else f"{since}."
