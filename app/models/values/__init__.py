"""Values that every layer may use: money and the fixed words of the field. Standard library only.

The words of some areas are read when the first of them is asked for: a window that starts needs none.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from app.models.values.housing import (
    AccountKind,
    Basis,
    CodeKind,
    ExplainGroup,
    FormatNeed,
    Fund,
    JournalKind,
    PaymentMethod,
    PeriodState,
    PreferredContact,
    PropertyType,
    Tenure,
)
from app.models.values.money import ZERO, Money, MoneyError, divide_half_up
from app.models.values.office import ApprovalState, DeskEnding, LimitKind, Relation, ReviewDecision, SignInWord, Subject
from app.models.values.tenancies import (
    AddressKind,
    ArrangementState,
    Authority,
    BenefitKind,
    ChargeChangeState,
    ClaimState,
    DebitMove,
    EndingState,
    EndReason,
    Frequency,
    LifeEvent,
    PersonFlagKind,
    TenancyChange,
    VoidReason,
)

if TYPE_CHECKING:
    from app.models.values.adjusting import *  # noqa: F403
    from app.models.values.backups import *  # noqa: F403
    from app.models.values.banking import *  # noqa: F403
    from app.models.values.debiting import *  # noqa: F403
    from app.models.values.holds import *  # noqa: F403
    from app.models.values.jobs import *  # noqa: F403
    from app.models.values.post import *  # noqa: F403
    from app.models.values.purchasing import *  # noqa: F403
    from app.models.values.reception import *  # noqa: F403

__all__ = [
    "ZERO",
    "AccountKind",
    "AddressKind",
    "ApprovalState",
    "ArrangementState",
    "Authority",
    "Basis",
    "BenefitKind",
    "ChargeChangeState",
    "ClaimState",
    "CodeKind",
    "DebitMove",
    "DeskEnding",
    "EndReason",
    "EndingState",
    "ExplainGroup",
    "FormatNeed",
    "Frequency",
    "Fund",
    "JournalKind",
    "LifeEvent",
    "LimitKind",
    "Money",
    "MoneyError",
    "PaymentMethod",
    "PeriodState",
    "PersonFlagKind",
    "PreferredContact",
    "PropertyType",
    "Relation",
    "ReviewDecision",
    "SignInWord",
    "Subject",
    "TenancyChange",
    "Tenure",
    "VoidReason",
    "divide_half_up",
]

_LATER: Final = ("post", "holds", "banking", "adjusting", "backups", "debiting", "purchasing", "reception", "jobs")
"""Modules of words that a start of the window doesn't need."""


def __getattr__(name: str) -> Any:
    """A word of a module that wasn't needed before."""
    for module in () if name.startswith("_") else _LATER:
        words = vars(import_module(f"{__name__}.{module}"))
        if name in words:
            globals()[name] = words[name]
            return words[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
