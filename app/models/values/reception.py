"""The fixed words of the reception: how money is taken, and what becomes of money that nobody's account is known for."""

from __future__ import annotations

from enum import StrEnum


class TakenBy(StrEnum):
    """How a payment is taken at a desk or by telephone."""

    CASH = "cash"
    CHEQUE = "cheque"
    POSTAL_ORDER = "postal_order"
    TERMINAL = "terminal"
    """A card at the terminal in the office: its reference is typed from the slip."""
    CARD = "card"
    """A card by telephone, typed by the officer on the page of the council's card provider, never here."""


class MoneyReceiptState(StrEnum):
    """Whether a receipt stands."""

    TAKEN = "taken"
    VOID_ASKED = "void_asked"
    VOID = "void"
    RETURNED = "returned"
    """The cheque came back, or the card payment was charged back."""


class PayerKind(StrEnum):
    """Who pays: somebody of the account, who may be told of it, or somebody else, who is told nothing."""

    HOLDER = "holder"
    THIRD_PARTY = "third_party"


class SuspenseSource(StrEnum):
    """From where money came into suspense."""

    FILE = "file"
    BANK = "bank"
    DESK = "desk"
    CARD = "card"
    """A card payment that succeeded and couldn't be put on its accounts."""


class SuspenseState(StrEnum):
    """How far an item in suspense has come."""

    OPEN = "open"
    PROPOSED = "proposed"
    """An officer confirmed its accounts; another one approves."""
    CLEARED = "cleared"
    REFUND_ASKED = "refund_asked"
    REFUNDED = "refunded"


class ReceiptChannel(StrEnum):
    """How money came that a file from outside tells of."""

    AGENT = "agent"  # payment cards at shops
    POST_OFFICE = "post_office"
    BANK = "bank"
    STANDING_ORDER = "standing_order"
    CARDS = "cards"
    """Card payments on the council's website or its automatic telephone line."""
    CASH_OFFICE = "cash_office"
    CHEQUES = "cheques"
    UNIVERSAL_CREDIT = "universal_credit"
    THIRD_PARTY = "third_party"
    """Deductions from benefit that the DWP pays over."""
    HOUSING_BENEFIT = "housing_benefit"
    SALARY = "salary"


class ReceiptFileState(StrEnum):
    """What became of a file of receipts."""

    LOADED = "loaded"
    QUARANTINED = "quarantined"
    """It holds a card number: nothing of its content is kept."""
    REJECTED = "rejected"
    TAKEN_BACK = "taken_back"


class ReceiptLineState(StrEnum):
    """What became of a line of a file of receipts."""

    POSTED = "posted"
    SUSPENSE = "suspense"
    SUSPECT = "suspect"
    """The same account, amount and day are there from elsewhere: an officer decides."""
    KNOWN = "known"
    """An earlier file had the very same line: it isn't posted again unless an officer says that it is another payment."""
    LEFT_OUT = "left_out"
    TAKEN_BACK = "taken_back"


class LineMatch(StrEnum):
    """By what the account of a line was found."""

    REFERENCE = "reference"
    TENANCY = "tenancy"
    """The number of the tenancy."""
    PAY_CARD = "pay_card"
    FORMER = "former"
    """The reference of an account that has ended: it went to the former tenant's account."""
    RECEIPT = "receipt"
    """The receipt of a cheque that came back, or of a card payment that was charged back."""


class CardProvider(StrEnum):
    """Who takes a card payment."""

    GOVUK_PAY = "govuk_pay"
    TERMINAL = "terminal"
    """The terminal in the office: nobody is asked, its slip tells."""


class CardState(StrEnum):
    """How far a card payment by telephone has come; the provider's own words, with three of ours."""

    ASKED = "asked"
    """Kept here; the provider hasn't answered yet."""
    CREATED = "created"
    STARTED = "started"
    SUBMITTED = "submitted"
    SUCCESS = "success"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ERROR = "error"
    TIMED_OUT = "timed_out"
    LOST = "lost"
    """The provider never heard of it."""


class CardRefundState(StrEnum):
    """How far a refund to a card has come."""

    WAITING = "waiting"
    APPROVED = "approved"
    SENDING = "sending"
    """It is being sent, or nobody knows whether it was."""
    SUBMITTED = "submitted"
    SUCCESS = "success"
    FAILED = "failed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CardGap(StrEnum):
    """How the provider's day of card payments differs from ours."""

    OURS_ONLY = "ours_only"
    THEIRS_ONLY = "theirs_only"
    AMOUNT = "amount"
    STATE = "state"


class PayCardState(StrEnum):
    """How far a pay point card has come."""

    ORDERED = "ordered"
    IN_FILE = "in_file"
    """In a file for the card supplier, who hasn't answered yet."""
    ISSUED = "issued"
    REFUSED = "refused"
    """By the supplier."""
    ENDED = "ended"
    """Cancelled, or replaced by another. What is still paid with it goes to its account."""


class PayCardReason(StrEnum):
    """Why a card is ordered."""

    FIRST = "first"
    LOST = "lost"
    STOLEN = "stolen"
    DAMAGED = "damaged"
    NAME = "name"
    """The holder's name changed."""


class VisitKind(StrEnum):
    """How somebody came to the reception."""

    VISIT = "visit"
    CALL = "call"


class VisitState(StrEnum):
    """How far a visit or a call has come."""

    WAITING = "waiting"
    SEEN = "seen"
    """An officer is with them."""
    DONE = "done"
    LEFT = "left"
    """They didn't wait."""


class TillState(StrEnum):
    """How far a session at a till has come."""

    OPEN = "open"
    COUNTED = "counted"
    """Cashed up by whoever held it; a second officer signs it."""
    CLOSED = "closed"


class TillCountKind(StrEnum):
    """Why the money in a till is counted."""

    FLOAT = "float"
    SPOT = "spot"
    HANDOVER = "handover"
    CASH_UP = "cash_up"


class BankingState(StrEnum):
    """How far money on its way to the bank has come."""

    MADE = "made"
    SEALED = "sealed"
    """A second officer saw it go into its bag."""
    BANKED = "banked"
    """It is on the bank statement."""
    CANCELLED = "cancelled"
    """Before it was sealed; its sessions wait again."""


class BankLineState(StrEnum):
    """Whether it is known what a line of a bank statement is."""

    OPEN = "open"
    MATCHED = "matched"


class BankPart(StrEnum):
    """What a bank line holds besides what was receipted before."""

    FEE = "fee"
    """Kept back by a card provider or an agent."""
    DIFFERENCE = "difference"
    """The bank counted more or less than was paid in."""
    ELSEWHERE = "elsewhere"
    """Of another service: it is not rents' money."""


class BoardState(StrEnum):
    """How far a day's board has come."""

    PREPARED = "prepared"
    SIGNED = "signed"


class SuspenseMoveKind(StrEnum):
    """Where some of an item in suspense goes."""

    ACCOUNT = "account"
    STREAM = "stream"
    """Other income of the council."""
    REFUND = "refund"
    """Back to whoever sent it."""


class SuspenseMoveState(StrEnum):
    """How far it has come."""

    WAITING = "waiting"
    POSTED = "posted"
    REFUSED = "refused"


class AppointmentState(StrEnum):
    """What became of an appointment."""

    BOOKED = "booked"
    CAME = "came"
    MISSED = "missed"
    CANCELLED = "cancelled"


class IncidentKind(StrEnum):
    """What happened at a desk that is recorded (RIDDOR and the council's own lone-working policy)."""

    ABUSE = "abuse"
    THREAT = "threat"
    VIOLENCE = "violence"
    DAMAGE = "damage"
    ILLNESS = "illness"
    OTHER = "other"


class Handed(StrEnum):
    """How somebody was told where to turn."""

    READ = "read"
    PRINTED = "printed"
    TEXTED = "texted"
