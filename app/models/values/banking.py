"""The fixed words of bank details, Bacs files and what banks take back from cards."""

from __future__ import annotations

from enum import StrEnum


class NameCheck(StrEnum):
    """How the name on somebody's bank account was proved."""

    NONE = "none"
    MATCH = "match"
    """Confirmation of Payee: the bank has this name."""
    CLOSE_MATCH = "close_match"
    NO_MATCH = "no_match"
    STATEMENT = "statement"
    """A bank statement or other letter of the bank was seen."""


class DetailState(StrEnum):
    """How far somebody's bank details have come."""

    PROPOSED = "proposed"
    """They wait for a second officer; nothing is paid to them."""
    IN_FORCE = "in_force"
    ENDED = "ended"
    REFUSED = "refused"


class Verdict(StrEnum):
    """What the modulus check says of a sort code with an account number."""

    VALID = "valid"
    INVALID = "invalid"
    UNCHECKED = "unchecked"
    """The digits are of the right form; no rule says more of them."""


class TableKind(StrEnum):
    """The two files that Pay.UK publishes for the modulus check."""

    WEIGHTS = "weights"
    SUBSTITUTIONS = "substitutions"


class PaymentFileKind(StrEnum):
    """What a Bacs file carries."""

    CREDITS = "credits"
    COLLECTIONS = "collections"
    INSTRUCTIONS = "instructions"
    """New, cancelled and converted Direct Debit Instructions (AUDDIS)."""


class PaymentFileState(StrEnum):
    """How far a Bacs file has come."""

    MADE = "made"
    SENT = "sent"
    CANCELLED = "cancelled"
    """Before it was sent."""
    REFUSED = "refused"
    """By the bank, whole, after it was sent."""


class BacsCode(StrEnum):
    """Transaction codes that a service user submits (Standard 18, positions 16 and 17)."""

    FIRST = "01"
    REGULAR = "17"
    """A Direct Debit; and the contra that balances credits."""
    AGAIN = "18"
    FINAL = "19"
    CREDIT = "99"
    """A credit; and the contra that balances Direct Debits."""
    NEW = "0N"
    CANCEL = "0C"
    CONVERT = "0S"


class ReportKind(StrEnum):
    """The reports that Bacs sends back (bacs.md 2)."""

    ADDACS = "addacs"
    """Payers' banks tell of cancelled, amended and reinstated instructions."""
    AUDDIS_RETURNED = "auddis_returned"
    AUDDIS_ACCEPTED = "auddis_accepted"
    AUDDIS_REJECTED = "auddis_rejected"
    ARUDD = "arudd"
    """Collections that came back unpaid."""
    AWACS = "awacs"
    """Details that the bank put right."""
    DDICA = "ddica"
    """Claims under the Direct Debit Guarantee."""
    ARUCS = "arucs"
    """Credits that came back."""
    INPUT = "input"
    WITHDRAWAL = "withdrawal"


class DisputeState(StrEnum):
    """How far a payer's bank and the card provider are with a payment that the payer challenged."""

    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    LOST = "lost"
    WON = "won"
