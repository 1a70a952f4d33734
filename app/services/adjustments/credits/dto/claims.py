"""Credits that were written on, and are claimed later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values import AdjustmentState, Money, RefundState
from app.services.adjustments.refunds.dto import OPEN


@dataclass(frozen=True, slots=True)
class WrittenOnRow:
    """A credit that was written on.

    Attributes:
        adjustment_id, number: of the write-on.
        amount: what was written on, without a sign.
        back: how far the adjustment has come that puts it back on the account; None where nothing does.
        refund_id, refund_number, refund_state: of a refund that was begun because it was claimed.
    """

    adjustment_id: int
    number: int
    account_id: int
    reference: str
    name: str
    amount: Money
    posted_on: date
    back: AdjustmentState | None = None
    refund_id: int | None = None
    refund_number: int | None = None
    refund_state: RefundState | None = None

    @property
    def begun(self) -> bool:
        """A refund of it is on its way."""
        return self.refund_state in OPEN

    @property
    def claimable(self) -> bool:
        """Nothing puts it back, and no refund of it is on its way: whoever asks for it may have it."""
        return self.back is None and not self.begun

    @property
    def waiting(self) -> bool:
        """It goes back on the account once a second officer has approved that."""
        return self.back is not None and self.back is not AdjustmentState.POSTED


@dataclass(frozen=True, slots=True)
class Claimed:
    """A written-on credit that somebody asks for.

    Attributes:
        entry_key: the caller's own name for it: the same key never begins two refunds.
        adjustment_id: of the write-on.
        account_id: the account whose credit it was: of a write-on of many accounts only its own lines are put right.
        asked_on: the day on which they asked.
        reason: who asks and how (at most 400 characters); whoever approves it reads this.
    """

    entry_key: str
    adjustment_id: int
    account_id: int
    asked_on: date
    reason: str
