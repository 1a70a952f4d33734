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


class SuspenseState(StrEnum):
    """How far an item in suspense has come."""

    OPEN = "open"
    PROPOSED = "proposed"
    """An officer confirmed its accounts; another one approves."""
    CLEARED = "cleared"
    REFUND_ASKED = "refund_asked"
    REFUNDED = "refunded"
