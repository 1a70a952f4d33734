"""Adjustments as they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import AccountKind, AdjustmentOrigin, LineFix, Money, Side


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
class NewKind:
    """A kind of adjustment as the office wants it; what ships with a sheet of its own keeps its sheet, side and code.

    Attributes:
        key: of the kind that it changes; empty for a new one.
        version: of the kind as it was read; 0 for a new one.
        reason: why, for whoever approves a change that lets more through.
    """

    key: str
    title: str
    explained: str
    code: str
    side: Side
    account_kinds: frozenset[AccountKind]
    needs_evidence: bool = False
    needs_period: bool = False
    always_approved: bool = False
    tells_benefit: bool = False
    active: bool = True
    version: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NewReason:
    """A reason as the office wants it; `kinds` are the keys that it fits, none of them for every kind."""

    key: str
    title: str
    kinds: frozenset[str] = frozenset()
    active: bool = True
    version: int = 0
