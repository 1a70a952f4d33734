"""Recharges, court costs and credit notes as they are asked for, previewed and shown."""

from app.services.recharges.dto.asked import CourtFee, NewCosts, NewCredit, NewItem, NewRecharge, Terms
from app.services.recharges.dto.shown import (
    Amounts,
    CreditForm,
    Face,
    PriceList,
    PriceRow,
    Raised,
    RechargeForm,
)

__all__ = [
    "Amounts",
    "CourtFee",
    "CreditForm",
    "Face",
    "NewCosts",
    "NewCredit",
    "NewItem",
    "NewRecharge",
    "PriceList",
    "PriceRow",
    "Raised",
    "RechargeForm",
    "Terms",
]
