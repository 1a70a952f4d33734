"""The fixed words of purchasing: suppliers, budgets, orders, receipts, invoices and what is paid."""

from __future__ import annotations

from enum import StrEnum


class SupplierState(StrEnum):
    """Whether a supplier may be used at all; what is blocked for a while is a `SupplierBlock`."""

    ACTIVE = "active"
    CLOSED = "closed"


class CisStatus(StrEnum):
    """How HMRC has a subcontractor under the Construction Industry Scheme; outside it nothing is deducted."""

    OUTSIDE = "outside"
    GROSS = "gross"
    REGISTERED = "registered"
    UNREGISTERED = "unregistered"


class BlockScope(StrEnum):
    """What a supplier is blocked for."""

    ORDERS = "orders"
    INVOICES = "invoices"
    PAYMENTS = "payments"


class BudgetKind(StrEnum):
    """What an entry of the budget book is: money given, or money bound, owed or spent."""

    ORIGINAL = "original"
    REVISED = "revised"
    COMMITMENT = "commitment"
    ACCRUAL = "accrual"
    ACTUAL = "actual"


class BudgetMoveKind(StrEnum):
    """Why a budget changes: a virement sums to nothing, a revision doesn't; an original one is given once its year is in use."""

    VIREMENT = "virement"
    REVISION = "revision"
    ORIGINAL = "original"


class BudgetMoveState(StrEnum):
    """How far a change of budgets has come."""

    WAITING = "waiting"
    POSTED = "posted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class OrderKind(StrEnum):
    """What an order is: one of its own, works on a property, an agreement to call off from, a call-off, or a template."""

    ORDINARY = "ordinary"
    WORKS = "works"
    AGREEMENT = "agreement"
    CALL_OFF = "call_off"
    TEMPLATE = "template"


class OrderState(StrEnum):
    """How far an order has come: a requisition until it is approved, then open until nothing of it is left."""

    DRAFT = "draft"
    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class OrderVersionState(StrEnum):
    """How far a version of an order has come; the latest approved one is what was ordered."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class OrderSent(StrEnum):
    """How an order went to the supplier."""

    EMAIL = "email"
    PRINTED = "printed"
    FINANCE = "finance"


class OrderEvent(StrEnum):
    """A step of an order's history."""

    DRAFTED = "drafted"
    CHANGED = "changed"
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SENT = "sent"
    AMENDED = "amended"
    RECEIVED = "received"
    RETURNED = "returned"
    COMPLETED = "completed"
    INVOICED = "invoiced"
    CANCELLED = "cancelled"
    ROLLED = "rolled"
    CLOSED = "closed"
    RECHARGED = "recharged"


class PurchaseVat(StrEnum):
    """The VAT of a line bought; its rate is a policy value of its tax point."""

    STANDARD = "standard"
    REDUCED = "reduced"
    ZERO = "zero"
    EXEMPT = "exempt"
    OUTSIDE = "outside"


class WaiverReason(StrEnum):
    """Why fewer quotations than the band wants were taken."""

    SOLE_SUPPLIER = "sole_supplier"
    EMERGENCY = "emergency"
    FRAMEWORK = "framework"
    CONTRACT = "contract"
    NO_RESPONSE = "no_response"
    OTHER = "other"


class ReceiptKind(StrEnum):
    """What a goods receipt tells: it came, it went back, or an earlier one was wrong."""

    RECEIVED = "received"
    RETURNED = "returned"
    CORRECTED = "corrected"


class InvoiceKind(StrEnum):
    """What a supplier sent."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    UTILITY = "utility"


class InvoiceState(StrEnum):
    """How far an invoice has come; a dispute stands beside it (`InvoiceDispute`)."""

    LOGGED = "logged"
    WAITING = "waiting"
    APPROVED = "approved"
    IN_RUN = "in_run"
    PAID = "paid"
    CANCELLED = "cancelled"


class MatchFault(StrEnum):
    """What the three-way match finds between an order, what was received, and the invoice."""

    NO_ORDER = "no_order"
    NOT_OPEN = "not_open"
    OTHER_SUPPLIER = "other_supplier"
    NOT_RECEIVED = "not_received"
    QUANTITY = "quantity"
    PRICE = "price"
    VAT = "vat"
    NOT_ORDERED = "not_ordered"
    TOTAL = "total"
    DUPLICATE = "duplicate"
    CODE = "code"


class DisputeReason(StrEnum):
    """Why an invoice is disputed."""

    NOT_RECEIVED = "not_received"
    DAMAGED = "damaged"
    PRICE = "price"
    QUANTITY = "quantity"
    VAT = "vat"
    NOT_OURS = "not_ours"
    DUPLICATE = "duplicate"
    OTHER = "other"


class UtilityKind(StrEnum):
    """What a meter counts."""

    ELECTRICITY = "electricity"
    GAS = "gas"
    WATER = "water"
    HEAT = "heat"


class SupplierRunState(StrEnum):
    """How far a run of payments to suppliers has come."""

    WAITING = "waiting"
    MADE = "made"
    SENT = "sent"
    PAID = "paid"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


class PaidBy(StrEnum):
    """How a run pays: by the finance system, from a file for it, or by a Bacs file of this office."""

    FINANCE = "finance"
    BACS = "bacs"


class PaidPart(StrEnum):
    """What a line of a payment pays; `CREDIT_PART`: of a credit note only some is taken off by it, the rest by others."""

    INVOICE = "invoice"
    CREDIT_PART = "credit_part"
    RETENTION = "retention"
    INTEREST = "interest"
    COMPENSATION = "compensation"


class NotPaid(StrEnum):
    """Why a run of payments leaves something out."""

    BLOCKED = "blocked"
    NO_BANK = "no_bank"
    BANK_NEW = "bank_new"
    DISPUTED = "disputed"
    NOT_APPROVED = "not_approved"
    NOTHING = "nothing"
    IN_RUN = "in_run"
    NO_RATE = "no_rate"
    """Interest whose base rate isn't known."""


class TransferState(StrEnum):
    """How far a transfer of what was spent from one code to another has come."""

    WAITING = "waiting"
    POSTED = "posted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class FinanceFileKind(StrEnum):
    """What goes to the council's finance system, or comes from it."""

    SUPPLIERS = "suppliers"
    REQUISITIONS = "requisitions"
    RECEIPTS = "receipts"
    TRANSFERS = "transfers"
    """Of what was spent, from code to code."""
    PAYMENTS = "payments"
    REPLIES = "replies"
    TRANSACTIONS = "transactions"


class FinanceLineState(StrEnum):
    """What a transaction of the finance system is to ours."""

    OPEN = "open"
    MATCHED = "matched"
    DIFFERS = "differs"
    EXPLAINED = "explained"


class ReconciliationState(StrEnum):
    """How far the reconciliation of a period has come."""

    PREPARED = "prepared"
    SIGNED = "signed"
