"""Mandates, as they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import (
    BacsCode,
    InstructionState,
    MandateEvent,
    MandateState,
    MandateWay,
    Money,
    ToldBy,
    Verdict,
)
from app.services.bacs.dto import Masked


class MandateView(StrEnum):
    """The lists that officers work through."""

    LIVE = "live"
    TO_LODGE = "to_lodge"
    SUSPENDED = "suspended"
    """Longer than policy allows without a step, or the day to look at it has come."""
    DORMANT_SOON = "dormant_soon"
    UNCONFIRMED = "unconfirmed"
    """The confirmation isn't sent."""
    NO_SCHEDULE = "no_schedule"
    """It could collect, and no schedule is in force."""


class MandateSort(StrEnum):
    """What the list can be sorted by."""

    REFERENCE = "reference"
    ACCOUNT = "account"
    PAYER = "payer"
    STATE = "state"
    STATE_ON = "state_on"
    WAY = "way"
    NEXT_ON = "next_on"
    NEXT_AMOUNT = "next_amount"
    LAST_BANK_ON = "last_bank_on"


class Act(StrEnum):
    """What can be done with a mandate as it stands."""

    AMEND = "amend"
    CHANGE = "change"
    SUSPEND = "suspend"
    RESUME = "resume"
    CANCEL = "cancel"
    UNDO_CANCEL = "undo_cancel"
    CONFIRM = "confirm"
    REVEAL = "reveal"


@dataclass(frozen=True, slots=True)
class MandateFilter:
    """What the list shows; an empty set or None doesn't matter.

    Attributes:
        text: words of the reference, the account, its name or the payer, any order.
        view: a list that officers work through.
        account_id: on this account, or paying it.
        day: of the month on which it is collected.
        from_on, to_on: the state has been so since a day in these.
    """

    text: str = ""
    view: MandateView | None = None
    states: frozenset[MandateState] = frozenset()
    ways: frozenset[MandateWay] = frozenset()
    account_id: int | None = None
    day: int | None = None
    from_on: date | None = None
    to_on: date | None = None


EVERYTHING: Final = MandateFilter()


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A line of the list.

    Attributes:
        account: the payment reference; `name` the tenants, or `Restricted`.
        bank: masked.
        next_on, next_amount: the next collection, if one is planned.
        resume_on: of a suspended one, the day by which somebody looks.
        last_bank_on: what the bank saw last.
        declared: why the officer may not work on it; empty if they may.
        shut: a restricted record that isn't theirs to open.
    """

    mandate_id: int
    reference: str
    account_id: int
    account: str
    name: str
    payer: str
    state: MandateState
    state_on: date
    state_why: str
    way: MandateWay
    bank: str
    next_on: date | None
    next_amount: Money | None
    resume_on: date | None
    last_bank_on: date | None
    confirmed_on: date | None
    received_on: date
    declared: bool = False
    shut: bool = False


@dataclass(frozen=True, slots=True)
class MandateTotals:
    """What the foot of the list says: how many, and the sum of their next collections."""

    count: int
    next_amount: Money


@dataclass(frozen=True, slots=True)
class PaidAccount:
    """An account that a mandate pays."""

    account_id: int
    reference: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class BankRow:
    """An account at a bank that a mandate is or was on, masked."""

    bank_id: int
    masked: Masked
    holder: str
    bank_name: str
    branch: str
    verdict: Verdict
    told_by: ToldBy
    held: bool
    from_on: date
    to_on: date | None
    made_by: str


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """What goes or went to the bank."""

    instruction_id: int
    code: BacsCode
    state: InstructionState
    bank: str
    why: str
    asked_by: str
    asked_at: datetime
    run_number: int | None
    processing_on: date | None
    settled_on: date | None


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the history; `run_number` and `report_item_id` say what brought it about."""

    step_id: int
    event: MandateEvent
    from_state: MandateState | None
    to_state: MandateState
    effective_on: date
    told_by: ToldBy
    words: str
    officer: str
    recorded_at: datetime
    run_number: int | None = None
    report_item_id: int | None = None


@dataclass(frozen=True, slots=True)
class MandateDetail:
    """A mandate on its card.

    Attributes:
        script: the ticks of the script, with whether they were made.
        banks: the one in force first.
        history: the latest step first.
        may: what can be done with it now; `why_not` says why nothing can.
        others: other mandates that pay one of its accounts and that nobody has said collect as well, as sentences.
    """

    row: MandateRow
    version: int
    person_id: int | None
    payer_address: str
    given_on: date
    form_number: str
    script: tuple[tuple[str, bool], ...]
    banks: tuple[BankRow, ...]
    accounts: tuple[PaidAccount, ...]
    instructions: tuple[InstructionRow, ...]
    history: tuple[StepRow, ...]
    lodged_on: date | None
    collect_from: date | None
    first_collected_on: date | None
    dormant_on: date | None
    note: str
    documents: int
    may: frozenset[Act]
    why_not: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payer:
    """Somebody who can be chosen as the payer."""

    person_id: int
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class BesideAccount:
    """Another account of the same people, which the mandate can pay too."""

    account_id: int
    reference: str
    name: str
    kind: str
    balance: Money


@dataclass(frozen=True, slots=True)
class SetUpForm:
    """What the form begins with.

    Attributes:
        account: its reference and name in one line.
        reference: the core reference that would be made.
        standing: the mandates that the account has already, as sentences.
        script: the words to say, by the tick that they belong to, in the order in which they are said.
        refused: why no mandate can be set up here; empty if one can.
    """

    account_id: int
    account: str
    reference: str
    payers: tuple[Payer, ...]
    beside: tuple[BesideAccount, ...]
    standing: tuple[str, ...]
    script: tuple[tuple[str, str], ...]
    refused: str = ""


@dataclass(frozen=True, slots=True)
class OfAccount:
    """A mandate that pays an account, for the account's page."""

    mandate_id: int
    reference: str
    state: MandateState
    state_on: date
    state_why: str
    bank: str
    payer: str
    main: bool


@dataclass(frozen=True, slots=True, repr=False)
class RevealedMandate:
    """The bank details of a mandate unmasked for the officer who asked: `20-00-00`, `55779911`."""

    mandate_id: int
    holder: str
    sort_code: str
    account_number: str
