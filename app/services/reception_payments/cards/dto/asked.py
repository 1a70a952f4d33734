"""Card payments as they are begun, followed and listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.models.values import CardProvider, CardState, Money
from app.services.core.changes import Changes
from app.services.reception_payments.receipts.dto.new import NewReceipt


@dataclass(frozen=True, slots=True)
class NewCardPayment:
    """A card payment by telephone that is to be begun.

    Attributes:
        entry_key: the caller's own: the same click never begins a second one.
        receipt: what it pays if it succeeds; its slip is the provider's number, known only then.
    """

    entry_key: str
    receipt: NewReceipt


@dataclass(frozen=True, slots=True)
class CardSettings:
    """How the office takes cards by telephone, the key left out.

    Attributes:
        provider: who takes them; None where nobody does.
        return_url: the page that the officer's browser shows when a payment is done.
        has_key: a key is kept.
    """

    provider: CardProvider | None = None
    return_url: str = ""
    has_key: bool = False


@dataclass(frozen=True, slots=True)
class CardBegun:
    """A card payment that is kept; nobody has been asked for it yet."""

    payment_id: int
    reference: str
    provider: CardProvider
    changes: Changes


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a card payment is, for the sheet that waits for it.

    Attributes:
        words: what the officer reads, and may tell the caller.
        page: the provider's page for the card; empty where nothing can be typed, or nobody has asked for it just now.
        receipt: the number of its receipt, empty until it is posted; `receipt_id` is the receipt.
        held: it went through and is in suspense: what it was for couldn't be posted.
        trouble: why the provider couldn't be asked just now; empty where it could.
    """

    payment_id: int
    state: CardState
    words: str
    amount: Money
    provider: CardProvider
    reference: str
    finished: bool
    receipt: str = ""
    receipt_id: int | None = None
    held: bool = False
    left: bool = False
    last_four: str = ""
    page: str = ""
    trouble: str = ""
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the sheet that waits for a card payment begins with: how far it is, and what the officer is reminded of."""

    standing: Standing
    reminder: str


@dataclass(frozen=True, slots=True)
class CardFilter:
    """Which card payments are listed; nothing named means any.

    Attributes:
        states: in one of these states.
        days: asked for in so many days up to now; what is open is listed whenever it was asked for.
    """

    states: frozenset[CardState] | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class CardMoved:
    """A card payment after a step."""

    payment_id: int
    state: CardState
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card payment as listed; `asked_at` is UTC.

    Attributes:
        shut: one of its accounts is of a restricted record; nothing of it is shown.
        refunded: what went back to the card, or is on its way.
    """

    payment_id: int
    asked_at: datetime
    reference: str
    accounts: str
    payer: str
    amount: Money
    state: CardState
    words: str
    officer: str
    desk: str
    receipt: str
    receipt_id: int | None
    refunded: Money
    last_four: str
    account_ids: tuple[int, ...]
    left: bool
    held: bool
    shut: bool
    taken_on: date

    @property
    def account_id(self) -> int | None:
        """The account that it pays first; None of other income, or where it may not be opened."""
        return None if self.shut or not self.account_ids else self.account_ids[0]


@dataclass(frozen=True, slots=True)
class PollResult:
    """What came of asking the provider about what is open.

    Attributes:
        looked: payments and refunds that were asked about.
        paid: payments that went through; ended: that came to nothing.
        sent: refunds that were handed over; back: that were given back; failed: that failed.
        left: payments that are open still.
        stopped: why it ended early; empty where it didn't.
    """

    looked: int = 0
    paid: int = 0
    ended: int = 0
    sent: int = 0
    back: int = 0
    failed: int = 0
    left: int = 0
    stopped: str = ""
    changes: Changes | None = None
