"""Reasons of write-offs as they are listed, and as they are asked to be."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values import Money
from app.services.adjustments.write_offs.dto import ReasonRow


@dataclass(frozen=True, slots=True)
class ReasonListed:
    """A reason as the office sees it.

    Attributes:
        asks: what it asks for first, in words; empty where it asks for nothing.
        used: how many cases were ever built for it.
        waiting: the request to change it that waits, if one does.
    """

    reason: ReasonRow
    asks: str
    used: int
    waiting: int | None


@dataclass(frozen=True, slots=True)
class NewWriteOffReason:
    """A reason as the office wants it.

    Attributes:
        key: of the reason that it changes; empty of a new one.
        most: it is only for debts up to this; None: for any.
        least_letters, least_days: letters that went out, and days since the last of them.
        needs_evidence: what has to be seen; empty where nothing has to.
        discharges, unenforceable: what the law does to the debt; said when it is made, and never changed after.
        version: of the reason as it was read; 0 of a new one.
        reason: why, for the officer who decides; only what lets more through needs one.
    """

    key: str
    title: str
    explained: str = ""
    most: Money | None = None
    least_letters: int = 0
    least_days: int = 0
    needs_trace: bool = False
    needs_evidence: str = ""
    for_current: bool = False
    for_joint: bool = True
    discharges: bool = False
    unenforceable: bool = False
    active: bool = True
    version: int = 0
    reason: str = ""
