"""Credits as they are listed, and refunds as they are asked for, checked and shown."""

from app.services.adjustments.refunds.dto.asked import ChangedRefund, NewBank, NewRefund, Offset, Saved, Waiver
from app.services.adjustments.refunds.dto.shown import (
    AgeBand,
    BankChoice,
    Check,
    CreditFilter,
    CreditRow,
    Credits,
    Gate,
    PersonChoice,
    RefundDetail,
    RefundForm,
    Shown,
)
from app.services.adjustments.refunds.dto.words import CAUSES, METHODS, OPEN, PAYEES, STATES, Cause

__all__ = [
    "CAUSES",
    "METHODS",
    "OPEN",
    "PAYEES",
    "STATES",
    "AgeBand",
    "BankChoice",
    "Cause",
    "ChangedRefund",
    "Check",
    "CreditFilter",
    "CreditRow",
    "Credits",
    "Gate",
    "NewBank",
    "NewRefund",
    "Offset",
    "PersonChoice",
    "RefundDetail",
    "RefundForm",
    "Saved",
    "Shown",
    "Waiver",
]
