"""Values that every layer may use: money and the fixed words of the field. Standard library only."""

from app.models.values.housing import (
    AccountKind,
    Basis,
    CodeKind,
    ExplainGroup,
    FormatNeed,
    Fund,
    HoldKind,
    JournalKind,
    PaymentMethod,
    PeriodState,
    PreferredContact,
    PropertyType,
    Tenure,
)
from app.models.values.money import ZERO, Money, MoneyError, divide_half_up
from app.models.values.office import ApprovalState, LimitKind, Relation, ReviewDecision, SignInWord, Subject

__all__ = [
    "ZERO",
    "AccountKind",
    "ApprovalState",
    "Basis",
    "CodeKind",
    "ExplainGroup",
    "FormatNeed",
    "Fund",
    "HoldKind",
    "JournalKind",
    "LimitKind",
    "Money",
    "MoneyError",
    "PaymentMethod",
    "PeriodState",
    "PreferredContact",
    "PropertyType",
    "Relation",
    "ReviewDecision",
    "SignInWord",
    "Subject",
    "Tenure",
    "divide_half_up",
]
