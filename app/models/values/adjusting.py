"""The fixed words of adjustments, recharges, refunds and write-offs."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """Which way a kind of adjustment may go; a transfer debits one account and credits another."""

    DEBIT = "debit"
    CREDIT = "credit"
    EITHER = "either"
    TRANSFER = "transfer"


class AdjustmentSheet(StrEnum):
    """The sheet on which a kind of adjustment is entered."""

    ADJUSTMENT = "adjustment"
    TRANSFER = "transfer"
    RECALCULATION = "recalculation"
    RECHARGE = "recharge"
    COURT_COSTS = "court_costs"
    REFUND = "refund"
    WRITE_OFF = "write_off"


class AdjustmentOrigin(StrEnum):
    """Where an adjustment came from: one entry, a line of the ledger, a keyed batch, a file."""

    ENTRY = "entry"
    LEDGER_LINE = "ledger_line"
    BATCH = "batch"
    FILE = "file"


class AdjustmentState(StrEnum):
    """How far an adjustment has come; what is approved waits for whoever posts it, where policy wants a third officer."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    POSTED = "posted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


class LineFix(StrEnum):
    """What an adjustment does about a line that stands in the ledger."""

    MOVE = "move"
    REVERSE = "reverse"
    CORRECT = "correct"


class VatTreatment(StrEnum):
    """What VAT a recharge bears; of most repairs by a landlord none (rules.md 2.10, to be verified)."""

    OUTSIDE = "outside"
    EXEMPT = "exempt"
    STANDARD = "standard"


class RechargeKind(StrEnum):
    """What was invoiced to a tenant besides rent; a credit note takes an invoice back, wholly or in part."""

    REPAIR = "repair"
    COURT_COSTS = "court_costs"
    CREDIT_NOTE = "credit_note"


class RechargeState(StrEnum):
    """How far a recharge has come; what is approved waits for whoever raises it, where policy wants a third officer."""

    WAITING = "waiting"
    APPROVED = "approved"
    RAISED = "raised"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CREDITED = "credited"


class InvoiceBy(StrEnum):
    """How a tenant gets an invoice; the office keeps it whichever way."""

    LETTER = "letter"
    EMAIL = "email"
    NOTHING = "nothing"


class WorkTime(StrEnum):
    """When a rechargeable job was done: each line of the price list has a price for each."""

    NORMAL = "normal"
    EMERGENCY = "emergency"
    OUT_OF_HOURS = "out_of_hours"


class RefundMethod(StrEnum):
    """How a refund is paid."""

    FINANCE = "finance"
    BACS = "bacs"
    CHEQUE = "cheque"
    CARD = "card"


class Payee(StrEnum):
    """In what right somebody is paid a refund."""

    TENANT = "tenant"
    JOINT_TENANT = "joint_tenant"
    AGENT = "agent"
    EXECUTOR = "executor"
    OTHER = "other"


class RefundState(StrEnum):
    """How far a refund has come; returned is a payment that the bank sent back."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    SENT = "sent"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class AttemptWay(StrEnum):
    """How somebody tried to give a credit back; or why nothing could be tried."""

    LETTER = "letter"
    EMAIL = "email"
    TEXT = "text"
    TELEPHONE = "telephone"
    VISIT = "visit"
    NO_ADDRESS = "no_address"
    CAME_BACK = "came_back"


class AttemptOutcome(StrEnum):
    """What came of an attempt to give a credit back."""

    WAITING = "waiting"
    NO_ANSWER = "no_answer"
    RETURNED = "returned"
    NOT_THEIRS = "not_theirs"
    CLAIMED = "claimed"


class GateState(StrEnum):
    """What a check of the refund gate says; a stop is cleared by offsetting the debt, or waived with a reason."""

    CLEAR = "clear"
    STOP = "stop"
    WAIVED = "waived"
    OFFSET = "offset"


class WriteOffState(StrEnum):
    """How far a write-off case has come."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    POSTED = "posted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class WriteBackCause(StrEnum):
    """Why a written-off debt came back onto its account."""

    MONEY_IN = "money_in"
    TRACED = "traced"
    REHOUSED = "rehoused"
    OFFSET = "offset"
    ERROR = "error"
