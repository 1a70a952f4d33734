"""Adjustments as they are asked for, shown and posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.models.values import (
    ZERO,
    AccountKind,
    AdjustmentOrigin,
    AdjustmentSheet,
    AdjustmentState,
    LineFix,
    Money,
    Side,
)
from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class NewLine:
    """One line that is asked for; a positive amount is a debit.

    Attributes:
        other_account_id: of a transfer, the account that takes the other side.
        kind, reason: the keys of an `AdjustmentKind` and an `AdjustmentReason`.
        effective_on: the day it belongs to, also in a closed period.
        from_on, to_on: the days that it puts right, both included.
        narrative: as the statement shows it (at most 200 characters); never a person's name.
        code: what it posts by, where that isn't the code of its kind (a recalculation posts by the code of the charge).
        working: how the amount was worked out, a step on each line (at most 4,000 characters).
        fix, fixed_journal, fixed_line: the line of the ledger that it moves, reverses or corrects.
        like_id, like_reason: an earlier line that it looks like, and why it isn't the same again.
    """

    account_id: int
    kind: str
    amount: Money
    effective_on: date
    reason: str
    narrative: str
    other_account_id: int | None = None
    rent_week: date | None = None
    from_on: date | None = None
    to_on: date | None = None
    code: str = ""
    working: str = ""
    fix: LineFix | None = None
    fixed_journal: int | None = None
    fixed_line: int | None = None
    like_id: int | None = None
    like_reason: str = ""


@dataclass(frozen=True, slots=True)
class NewAdjustment:
    """Lines that are asked for together.

    Attributes:
        entry_key: the caller's own name for it: the same key never makes two.
        title: what it is, in a line (at most 200 characters).
        note: in the officer's own words, also for whoever approves it (at most 4,000 characters).
        declared_count, declared: what the officer said that the lines are: their number and their signed sum.
        evidence: ids of document links, each linked to the adjustment.
        file_sha256: of the file that it was loaded from.
    """

    entry_key: str
    title: str
    lines: tuple[NewLine, ...]
    note: str = ""
    origin: AdjustmentOrigin = AdjustmentOrigin.ENTRY
    declared_count: int | None = None
    declared: Money | None = None
    evidence: tuple[int, ...] = ()
    file_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of adjustment as officers choose it."""

    key: str
    title: str
    explained: str
    sheet: AdjustmentSheet
    code: str
    side: Side
    account_kinds: frozenset[AccountKind]
    needs_evidence: bool
    needs_period: bool
    always_approved: bool
    tells_benefit: bool
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A reason as officers choose it; `kinds` are the keys that it fits, none of them for every kind."""

    key: str
    title: str
    kinds: frozenset[str]
    active: bool
    version: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of an adjustment.

    Attributes:
        request_id: the request that waits for a second officer, if one does.
        journal: what was posted, if it was.
        told: a sentence for the message bar.
    """

    adjustment_id: int
    number: int
    state: AdjustmentState
    request_id: int | None
    journal: int | None
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of an adjustment as it is shown."""

    line_id: int
    place: int
    account_id: int
    reference: str
    account_name: str
    other_account_id: int | None
    other_reference: str
    kind: str
    kind_title: str
    code: str
    amount: Money
    effective_on: date
    rent_week: date | None
    from_on: date | None
    to_on: date | None
    reason_title: str
    narrative: str
    working: str
    fix: LineFix | None
    fixed_journal: int | None
    fixed_line: int | None
    like_id: int | None
    like_reason: str
    entry_line: int | None


@dataclass(frozen=True, slots=True)
class AdjustmentDetail:
    """An adjustment whole: who asked, on what evidence, who approved, what it did, what reversed it.

    Attributes:
        evidence: how many documents are with it.
        posted_in: a sentence where it was reported in a later period than it belongs to; else empty.
    """

    adjustment_id: int
    number: int
    title: str
    note: str
    origin: AdjustmentOrigin
    state: AdjustmentState
    lines: tuple[LineRow, ...]
    debit: Money
    credit: Money
    made_by: str
    made_at: datetime
    request_id: int | None
    approved_by: str
    approved_at: datetime | None
    posted_by: str
    posted_at: datetime | None
    journal: int | None
    accounting_on: date | None
    posted_in: str
    reversed_by: str
    reversal_journal: int | None
    reversal_reason: str
    evidence: int
    version: int


@dataclass(frozen=True, slots=True)
class Effect:
    """What an adjustment does to one account.

    Attributes:
        linked: it is not adjusted itself, but belongs to the same tenancy or people.
    """

    account_id: int
    reference: str
    name: str
    kind: AccountKind
    before: Money
    after: Money
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier line that a new one looks like: the same account, kind and amount within some days."""

    line_id: int
    adjustment_id: int
    number: int
    account_id: int
    kind_title: str
    amount: Money
    effective_on: date
    state: AdjustmentState
    made_by: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an adjustment would do, before it is submitted.

    Attributes:
        alike: earlier lines that its lines look like, by the place of the line.
        needs: a sentence on who has to approve it, or empty where the officer posts it alone.
        warnings: what the officer should know, a sentence each (a closed period, a hold, a former tenant).
    """

    effects: tuple[Effect, ...]
    alike: Mapping[int, tuple[Alike, ...]] = field(default_factory=dict)
    needs: str = ""
    warnings: tuple[str, ...] = ()
    debit: Money = ZERO
    credit: Money = ZERO
