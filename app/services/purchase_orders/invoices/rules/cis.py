"""The Construction Industry Scheme (Finance Act 2004 Part 3 Chapter 3): what is deducted of labour, and what is kept back.

20% of a registered subcontractor's labour, 30% of one that isn't, nothing of one paid gross; never of materials or VAT.
The rates are policy values of the invoice's date.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from app.models.values import CisStatus, Money
from app.models.values.money import divide_half_up
from app.services.purchase_orders.invoices.dto import CisSum

TITLES: Final = {
    CisStatus.OUTSIDE: "Outside the scheme",
    CisStatus.GROSS: "Paid gross",
    CisStatus.REGISTERED: "Registered",
    CisStatus.UNREGISTERED: "Not registered",
}
_WHOLE: Final = 10_000


def deduction(status: CisStatus, rate: Decimal, labour: Money, net: Money) -> CisSum:
    """What is deducted of an invoice's labour, as a sum that can be read out."""
    materials = net - labour
    if status is CisStatus.OUTSIDE:
        return CisSum(labour, materials, "", Money(0), "The supplier is outside CIS: nothing is deducted.")
    numerator, denominator = rate.as_integer_ratio()
    deducted = Money(divide_half_up(labour.pence * numerator, 100 * denominator))
    written = f"{rate.normalize():f}"
    words = f"Labour {labour} at {written}% ({TITLES[status].lower()}) = {deducted} for HMRC; materials {materials} and VAT bear none."
    return CisSum(labour, materials, written, deducted, words)


def unverified(status: CisStatus, verified_on: date | None, *, construction: bool) -> str:
    """What is said of a construction invoice whose supplier's status is not known from HMRC; empty: it is."""
    if not construction:
        return ""
    if status is CisStatus.OUTSIDE:
        return "This is construction work, and the supplier is kept as outside CIS: verify them with HMRC before they are paid."
    if status is not CisStatus.UNREGISTERED and verified_on is None:
        return f"The supplier's CIS status ({TITLES[status].lower()}) was never verified with HMRC."
    return ""


def no_labour(status: CisStatus, labour: Money, *, construction: bool) -> str:
    """What is said of a construction invoice of a supplier of whose labour is deducted, and none is given; empty: all is well."""
    if not construction or labour or status not in {CisStatus.REGISTERED, CisStatus.UNREGISTERED}:
        return ""
    return f"This is construction work of a supplier under CIS ({TITLES[status].lower()}), and no labour is given: nothing is deducted."


def retention(net: Money, percent: int) -> Money:
    """What is kept back of a net amount by hundredths of one percent."""
    return Money(divide_half_up(net.pence * percent, _WHOLE))


def tax_month(on: date) -> tuple[date, date]:
    """The tax month of a day, from the 6th to the 5th, both included."""
    year, month = (on.year, on.month) if on.day >= 6 else (on.year, on.month - 1)
    year, month = (year - 1, 12) if month == 0 else (year, month)
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, 6), date(*following, 5)
