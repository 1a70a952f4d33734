"""Adjustments as they are shown, and what they do before they are submitted."""

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


@dataclass(frozen=True, slots=True)
class AdjustmentDetail:
    """An adjustment whole: who asked, on what evidence, who approved, what it did, what reversed it.

    Attributes:
        evidence: how many documents are with it.
        posted_in: a sentence where it was reported in a later period than it belongs to; else empty.
        reversed_by, reversal_reason: of one that was withdrawn before it was posted, by whom and why.
        decision: what the officer who approved or refused it said.
        reversal_request_id: the request to reverse it that waits.
        to_post: it is approved, and waits for whoever posts it.
        why_not_post: why the officer who looks may not post it, as a sentence; empty where they may.
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
    decision: str = ""
    reversal_request_id: int | None = None
    to_post: bool = False
    why_not_post: str = ""


@dataclass(frozen=True, slots=True)
class PendingRow:
    """An adjustment that is not posted yet: it waits for approval, or for whoever posts it."""

    adjustment_id: int
    number: int
    title: str
    state: AdjustmentState
    lines: int
    debit: Money
    credit: Money
    made_by: str
    made_at: datetime
    request_id: int | None
    why_not_post: str


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
    made_at: datetime


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
