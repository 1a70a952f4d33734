"""What came back, as it crosses layers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.models.values import MandateState, Money, ReportItemState, ReportKind, ReturnEffect
from app.services.core.changes import Changes
from app.services.core.effects import Effect

AREAS = frozenset({"direct_debits"})
"""What changes when a report is read or applied; what follows from it is added."""


@dataclass(frozen=True, slots=True, repr=False)
class NewReport:
    """A file that the bank sent. It has no readable form: it holds whole bank details."""

    content: bytes
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class ReportRead:
    """What became of a file that was read.

    Attributes:
        before: "read on ... by ..." of a report that was read earlier; nothing is done with it then.
        matched, unmatched: how many items found their mandate, and how many didn't.
        faults: what could not be read, each in a sentence; the rest was.
        item_ids: what may be applied now.
        told: a sentence for the message bar.
    """

    report_id: int
    kind: ReportKind
    file_name: str
    count: int
    amount: Money
    matched: int
    unmatched: int
    faults: tuple[str, ...]
    item_ids: tuple[int, ...]
    told: str
    before: str = ""
    changes: Changes = field(default_factory=lambda: Changes(AREAS))


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was handed in: what was read of it, or why it was refused."""

    name: str
    read: ReportRead | None
    refused: str = ""


class Shown(StrEnum):
    """The choices over the list of items."""

    TO_DO = "to_do"
    UNMATCHED = "unmatched"
    APPLIED = "applied"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items are listed: a choice, words of the reference, payer or reason, and only those of a report."""

    shown: Shown = Shown.TO_DO
    text: str = ""
    report_id: int | None = None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of a report as listed.

    Attributes:
        reference: as the bank has it.
        reason: the code with what it means.
        does: the proposed effect in a few words; `rule` says it in a sentence, `source` is the rule behind it.
        mandate: the reference of its mandate, empty where none is found; `account` the payment reference of its account.
        payer: masked where the record is restricted.
        outcome: what was done, why it was set aside, or why no mandate or collection was found.
        declared: the officer may not work on its account.
        journal: that took the payment off the accounts; of one that was taken back as well.
    """

    item_id: int
    version: int
    report_id: int
    kind: ReportKind
    place: int
    reference: str
    reason: str
    effect: ReturnEffect
    does: str
    rule: str
    source: str
    amount: Money | None
    effective_on: date | None
    original_on: date | None
    mandate_id: int | None
    mandate: str
    account_id: int | None
    account: str
    payer: str
    state: ReportItemState
    outcome: str
    read_on: date
    reason_code: str = ""
    last_two: str = ""
    new_last_two: str = ""
    declared: bool = False
    journal: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mandate that an unmatched item may be of, and why it is thought so."""

    mandate_id: int
    reference: str
    account: str
    payer: str
    state: MandateState
    why: str


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """An item with what applying it will do, and the mandates that an unmatched one may be of."""

    row: ItemRow
    effects: tuple[Effect, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report that was read. `words` says its totals beside ours, `run` the number of the run that it is of."""

    report_id: int
    kind: ReportKind
    title: str
    file_name: str
    generated_on: date | None
    read_at: datetime
    read_by: str
    count: int
    amount: Money
    to_do: int
    unmatched: int
    applied: int
    aside: int
    run: int | None
    words: str
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class NotApplied:
    """An item that was left as it is, and why."""

    item_id: int
    reference: str
    why: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What was applied: how many items, the sum of the payments that were reversed, and what was left as it is."""

    count: int
    reversed_: Money
    journals: tuple[int, ...]
    left: tuple[NotApplied, ...]
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Counted:
    """One kind of thing that applying would do, how often, and what it comes to where it is of money."""

    words: str
    count: int
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What applying items would do: how many would be applied, what is done in all, what would be left, and which are meant.

    Attributes:
        item_ids: those that are counted; applying what was rehearsed is applying these.
    """

    count: int
    lines: tuple[Counted, ...]
    left: tuple[NotApplied, ...]
    item_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """Items that nothing is to be done with, and why (up to 200 characters)."""

    item_ids: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """Items that were set aside and are to be done after all, and why (up to 200 characters)."""

    item_ids: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class MatchItem:
    """An unmatched item and the mandate that an officer found for it: by its id, else by its reference as typed."""

    item_id: int
    version: int
    mandate_id: int | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A return that was applied wrongly, and why (up to 200 characters)."""

    item_id: int
    why: str


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did, for the message bar."""

    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of the bank's reports waits: items to apply, items without a mandate, and the day of the oldest report."""

    count: int
    unmatched: int
    oldest_on: date | None


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The returns of a month: what the bank says, what was applied, and what the control account has.

    Attributes:
        reported, applied, waiting, aside: number and sum of the items of ARUDD reports of the month.
        posted: debits with the code RDN on the accounts, of journals of the month's items, less what was taken back.
        control: what those journals have on the control account of Direct Debit, the other way round.
        faults: what doesn't agree, each in a sentence.
    """

    month: date
    reported: tuple[int, Money]
    applied: tuple[int, Money]
    waiting: tuple[int, Money]
    aside: tuple[int, Money]
    posted: Money
    control: Money
    faults: tuple[str, ...]
