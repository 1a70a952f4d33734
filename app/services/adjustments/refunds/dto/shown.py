"""Credits as they are listed; a refund, its gate and its sheet as they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.values import ZERO, AccountKind, GateState, Money, Payee, RefundMethod, RefundState


class Shown(StrEnum):
    """The choices over the list of credits."""

    ALL = "all"
    LONG = "long"
    BENEFIT = "benefit"
    FORMER = "former"
    REFUND = "refund"
    UNCLAIMED = "unclaimed"
    """Over six years old: nobody claimed it."""


@dataclass(frozen=True, slots=True)
class CreditFilter:
    """Which credits are listed: a choice, and words that are all in the name or the reference."""

    shown: Shown = Shown.ALL
    text: str = ""


@dataclass(frozen=True, slots=True)
class CreditRow:
    """An account in credit.

    Attributes:
        credit: what stands to its credit, without a sign.
        kept: the rent in advance that the policy keeps of it.
        since: the first day of an unbroken credit; `days` counts from it.
        cause: what most of it came from (`Cause` values).
        former: the tenancy has ended, or it is a former tenant's account.
        held: why refunds are stopped, or empty.
        refund_number, refund_state: of a refund that is on its way.
        unclaimed: what of it is over six years old, the most that may be written on; nothing while the tenancy goes on.
        attempts, tried: how often somebody tried to give it back, and the last time in words, or empty.
    """

    account_id: int
    reference: str
    name: str
    kind: AccountKind
    credit: Money
    kept: Money
    since: date
    days: int
    cause: str
    former: bool
    held: str
    refund_id: int | None = None
    refund_number: int | None = None
    refund_state: RefundState | None = None
    attempts: int = 0
    tried: str = ""
    unclaimed: Money = ZERO

    @property
    def refundable(self) -> Money:
        """What is left when the rent in advance is kept."""
        return max(self.credit - self.kept, ZERO)


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Credits of an age: how many, and what they come to."""

    title: str
    count: int
    total: Money


@dataclass(frozen=True, slots=True)
class Credits:
    """The credits of a choice, the largest first, and of all of them the bands of age and the counts by choice."""

    rows: tuple[CreditRow, ...]
    bands: tuple[AgeBand, ...]
    counts: Mapping[Shown, int]
    total: Money


@dataclass(frozen=True, slots=True)
class Check:
    """What one check of the gate found.

    Attributes:
        key: its name in the database; of a debt `debt:` and the account.
        words: what was found, with amounts and dates.
        todo: what to do about a stop, as a sentence.
        may_waive: an officer may pass it with a reason; otherwise what it names has to be put right.
        account_id: of a debt, the account that owes, which a transfer of the credit pays; None of a protected one.
        pence: of a debt, what is owed.
        cleared_by, cleared_why: of a stop that was waived.
        offset_adjustment_id: the transfer that paid the debt.
    """

    key: str
    title: str
    state: GateState
    words: str
    todo: str = ""
    may_waive: bool = False
    account_id: int | None = None
    pence: int | None = None
    cleared_by: str = ""
    cleared_why: str = ""
    offset_adjustment_id: int | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """All checks of a refund as things stand; it is green where none stops it.

    Attributes:
        credit: what stands to the account's credit, without a sign; nothing where it owes.
        kept: the rent in advance that the policy keeps of it.
        promised: what other refunds on their way take of it.
    """

    checks: tuple[Check, ...]
    credit: Money
    kept: Money
    promised: Money

    @property
    def green(self) -> bool:
        """Whether nothing stops it."""
        return not self.stops

    @property
    def stops(self) -> tuple[Check, ...]:
        """What stops it."""
        return tuple(check for check in self.checks if check.state is GateState.STOP)

    @property
    def most(self) -> Money:
        """The most that may be refunded without waiving anything."""
        return max(self.credit - self.kept - self.promised, ZERO)


@dataclass(frozen=True, slots=True)
class BankChoice:
    """Bank details that a refund may be paid to, masked, or that wait for a second officer."""

    detail_id: int
    person_id: int | None
    words: str
    waits: bool


@dataclass(frozen=True, slots=True)
class PersonChoice:
    """A tenant of the account, or somebody who acts for one."""

    person_id: int
    name: str
    payee: Payee


@dataclass(frozen=True, slots=True)
class RefundForm:
    """What the sheet of a refund begins with.

    Attributes:
        people: who may be paid, the first tenant first.
        banks: the bank details of these people and of the account.
        method: what the policy or the cause proposes.
        others: refunds of this account that are on their way, a sentence each.
    """

    account_id: int
    reference: str
    name: str
    kind: AccountKind
    balance: Money
    kept: Money
    promised: Money
    cause: str
    cause_words: str
    people: tuple[PersonChoice, ...]
    banks: tuple[BankChoice, ...]
    address: str
    method: RefundMethod
    today: date
    may_keep_bank_details: bool
    others: tuple[str, ...] = ()

    @property
    def credit(self) -> Money:
        """What stands to its credit, without a sign."""
        return max(-self.balance, ZERO)

    @property
    def most(self) -> Money:
        """The most that may be refunded without waiving anything."""
        return max(self.credit - self.kept - self.promised, ZERO)


@dataclass(frozen=True, slots=True)
class RefundDetail:
    """A refund whole: who asked, for whom, what its gate says, who approved, and how it was paid."""

    refund_id: int
    version: int
    number: int
    account_id: int
    reference: str
    account_name: str
    amount: Money
    state: RefundState
    method: RefundMethod
    payee: Payee
    person_id: int | None
    payee_name: str
    payee_address: str
    bank_detail_id: int | None
    bank: str
    cause: str
    reason: str
    asked_on: date
    made_by: str
    made_at: datetime
    request_id: int | None
    approved_by: str
    approved_at: datetime | None
    sent_by: str
    sent_on: date | None
    payment_id: int | None
    journal: int | None
    returned_on: date | None
    returned_why: str
    return_journal: int | None
    evidence: int
    gate: Gate
