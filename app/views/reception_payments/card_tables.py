"""The columns of card payments, of refunds to cards, of the provider's days, and of what differs on one."""

from __future__ import annotations

from typing import Final

from app.models.values import CardRefundState, Money
from app.services.reception_payments.cards.dto.asked import CardRow
from app.services.reception_payments.cards.dto.days import DayRow, DifferenceRow
from app.services.reception_payments.cards.dto.refunds import CardRefundRow
from app.services.reception_payments.cards.rules import OPEN, REFUND_STATES, STATES
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column
from app.views.reception_payments.card_waiting import TONES

_REFUND_TONES: Final = {
    CardRefundState.WAITING: "warning",
    CardRefundState.SENDING: "warning",
    CardRefundState.SUCCESS: "good",
    CardRefundState.FAILED: "bad",
    CardRefundState.REFUSED: "muted",
    CardRefundState.WITHDRAWN: "muted",
}


def _money(amount: Money | None) -> str:
    return "" if amount is None or not amount else amount.plain()


def _asked(row: CardRow | CardRefundRow) -> str:
    return formats.moment(row.asked_at)


PAYMENTS: Final[tuple[Column[CardRow], ...]] = (
    Column("asked_at", "Begun", lambda row: row.asked_at, 140, _asked, firm=True),
    Column("accounts", "For", lambda row: row.accounts, 170, floor=120),
    Column("amount", "Amount", lambda row: row.amount, 92, right=True, holds=Holds.POUNDS),
    Column("state", "State", lambda row: STATES[row.state], 150, tone=lambda row: TONES.get(row.state, ""), floor=140),
    Column("words", "What the provider says", lambda row: row.words, 320, least=2),
    Column("receipt", "Receipt", lambda row: row.receipt, 100, firm=True),
    Column(
        "refunded",
        "Back to the card",
        lambda row: row.refunded,
        110,
        lambda row: _money(row.refunded),
        right=True,
        least=3,
    ),
    Column("card", "Card", lambda row: f"ends {row.last_four}" if row.last_four else "", 90, firm=True, least=5),
    Column("payer", "Payer", lambda row: row.payer, 140, least=4, floor=90),
    Column("officer", "Officer", lambda row: row.officer, 130, least=1, floor=90),
    Column("reference", "Reference", lambda row: row.reference, 190, spare=True),
    Column("desk", "Desk", lambda row: row.desk, 120, spare=True),
)
REFUNDS: Final[tuple[Column[CardRefundRow], ...]] = (
    Column("asked_at", "Asked", lambda row: row.asked_at, 140, _asked, firm=True),
    Column("receipt", "Receipt", lambda row: row.receipt, 100, firm=True),
    Column("amount", "Amount", lambda row: row.amount, 92, right=True, holds=Holds.POUNDS),
    Column(
        "state",
        "State",
        lambda row: REFUND_STATES[row.state],
        160,
        tone=lambda row: _REFUND_TONES.get(row.state, ""),
        floor=140,
    ),
    Column("words", "What came of it", lambda row: row.words, 280, least=2),
    Column("why", "Why", lambda row: row.why, 200, least=1, floor=100),
    Column("asked_by", "Asked by", lambda row: row.asked_by, 130, floor=90),
    Column("approved_by", "Approved by", lambda row: row.approved_by, 130, least=3, floor=90),
    Column("card", "Card", lambda row: f"ends {row.last_four}" if row.last_four else "", 90, firm=True, least=4),
)
DAYS: Final[tuple[Column[DayRow], ...]] = (
    Column("day", "Day", lambda row: row.day, 110, firm=True),
    Column(
        "state",
        "State",
        lambda row: "Agrees" if row.agrees else formats.count(row.open, "difference"),
        120,
        tone=lambda row: "good" if row.agrees else "bad",
        floor=90,
    ),
    Column("theirs", "At the provider", lambda row: row.theirs, 120, right=True, holds=Holds.POUNDS),
    Column("ours", "Here", lambda row: row.ours, 110, right=True, holds=Holds.POUNDS),
    Column(
        "their_refunds", "Given back there", lambda row: row.their_refunds, 120, right=True, holds=Holds.POUNDS, least=2
    ),
    Column("our_refunds", "Given back here", lambda row: row.our_refunds, 120, right=True, holds=Holds.POUNDS, least=3),
    Column("fees", "Fees", lambda row: row.fees, 84, right=True, holds=Holds.POUNDS, least=1),
    Column("read_at", "Read", lambda row: row.read_at, 140, lambda row: formats.moment(row.read_at), least=4),
    Column("read_by", "By", lambda row: row.read_by, 120, least=5, floor=80),
)
DIFFERENCES: Final[tuple[Column[DifferenceRow], ...]] = (
    Column("reference", "Reference", lambda row: row.reference or row.provider_id, 170, floor=110),
    Column("words", "What differs", lambda row: row.words, 320, floor=260),
    Column("explained", "Settled", lambda row: row.explained, 200, least=1),
)


def is_open(row: CardRow) -> bool:
    """Whether something may come of a card payment still."""
    return row.state in OPEN
