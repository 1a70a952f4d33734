"""The fixed words of the office: records, limits, sign-in, approvals."""

from __future__ import annotations

from enum import StrEnum


class Subject(StrEnum):
    """A kind of record that documents, notes, tasks, requests for approval, drafts and presence may be about."""

    ACCOUNT = "account"
    TENANCY = "tenancy"
    PERSON = "person"
    PROPERTY = "property"
    LANDLORD = "landlord"
    LOAD = "load"
    STATEMENT_RUN = "statement_run"
    PERIOD = "period"
    TASK = "task"
    LETTER = "letter"
    LETTER_BATCH = "letter_batch"
    LETTER_TEMPLATE = "letter_template"
    APPROVAL = "approval"
    OFFICER = "officer"
    ROLE = "role"
    TEAM = "team"
    POLICY = "policy"
    DOCUMENT = "document"
    ENDING = "ending"
    HOLD_CASE = "hold_case"
    ARRANGEMENT = "arrangement"
    BENEFIT_CLAIM = "benefit_claim"
    CHARGE_CHANGE = "charge_change"
    DEBIT_CONTROL = "debit_control"
    POST_ITEM = "post_item"
    ADJUSTMENT = "adjustment"
    RECHARGE = "recharge"
    REFUND = "refund"
    WRITE_OFF = "write_off"
    WRITE_OFF_SCHEDULE = "write_off_schedule"
    MANDATE = "mandate"
    DIRECT_DEBIT_RUN = "direct_debit_run"
    DIRECT_DEBIT_CASE = "direct_debit_case"
    SUPPLIER = "supplier"
    PURCHASE_CATEGORY = "purchase_category"
    PURCHASE_ORDER = "purchase_order"
    GOODS_RECEIPT = "goods_receipt"
    SUPPLIER_INVOICE = "supplier_invoice"
    SUPPLIER_RUN = "supplier_run"
    BUDGET = "budget"
    BUDGET_MOVE = "budget_move"
    CODE_TRANSFER = "code_transfer"
    RECONCILIATION = "reconciliation"
    RECEIPT = "receipt"
    CARD_PAYMENT = "card_payment"
    TILL_SESSION = "till_session"
    BANKING = "banking"
    RECEIPT_FILE = "receipt_file"
    RECEIPT_PROFILE = "receipt_profile"
    BANK_STATEMENT = "bank_statement"
    SUSPENSE_ITEM = "suspense_item"
    PAY_CARD = "pay_card"
    BOARD_DAY = "board_day"
    VISIT = "visit"


class LimitKind(StrEnum):
    """What an officer's money limit is about; each has a limit for one line and one for a batch."""

    ADJUSTMENT_DEBIT = "adjustment_debit"
    ADJUSTMENT_CREDIT = "adjustment_credit"
    REFUND = "refund"
    WRITE_OFF = "write_off"
    ORDER = "order"


class SignInWord(StrEnum):
    """What a line of the sign-in log tells."""

    SIGNED_IN = "signed_in"
    BY_COMPUTER = "by_computer"
    SIGNED_OUT = "signed_out"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105  a word of the log
    UNKNOWN_NAME = "unknown_name"
    LEAVER = "leaver"
    LOCKED_OUT = "locked_out"
    UNLOCKED = "unlocked"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  a word of the log
    PASSWORD_RESET = "password_reset"  # noqa: S105  a word of the log
    DESK_UNLOCKED = "desk_unlocked"


class DeskEnding(StrEnum):
    """How an officer's time at a desk came to its end."""

    SIGNED_OUT = "signed_out"
    ASKED = "asked"
    MAINTENANCE = "maintenance"
    LOST = "lost"


class Relation(StrEnum):
    """Why an officer may not work on an account."""

    OWN = "own"
    RELATIVE = "relative"
    OTHER = "other"


class ReviewDecision(StrEnum):
    """What a reviewer decides about an officer's access."""

    KEEP = "keep"
    CHANGE = "change"
    REMOVE = "remove"


class ApprovalState(StrEnum):
    """How far a request for approval has come."""

    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
