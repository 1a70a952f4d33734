"""The fixed words of holds: why, what is stopped, and how a case ends."""

from __future__ import annotations

from enum import StrEnum


class Stop(StrEnum):
    """What must not happen to an account while a hold on it stops it.

    `RECOVERY` is action for what is owed: warnings, notices, court, agents. `ARREARS_COLLECTION` is money taken towards it
    by Direct Debit or instalments; the current charge is collected on.
    """

    STATEMENTS = "statements"
    LETTERS = "letters"
    RECOVERY = "recovery"
    ARREARS_COLLECTION = "arrears_collection"
    REFUNDS = "refunds"
    WRITE_OFF = "write_off"


class HoldKind(StrEnum):
    """Why an account is on hold."""

    BREATHING_SPACE = "breathing_space"
    BANKRUPTCY = "bankruptcy"
    DEBT_RELIEF_ORDER = "debt_relief_order"
    IVA = "iva"
    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    COURT = "court"
    DECEASED = "deceased"
    DO_NOT_CONTACT = "do_not_contact"
    STATEMENT_HOLD = "statement_hold"
    OTHER = "other"


class CaseEnd(StrEnum):
    """Why a breathing space or insolvency case ended."""

    RAN_OUT = "ran_out"
    CANCELLED = "cancelled"
    DEBT_SOLUTION = "debt_solution"
    DISCHARGED = "discharged"
    COMPLETED = "completed"
    FAILED = "failed"
    ANNULLED = "annulled"
    DIED = "died"
    MISTAKE = "mistake"
