"""The demonstration landlord's own rules and closures: a few policy values of its own, with their dates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from app.models.calendars import OfficeClosure
from app.models.policy import PolicyValue
from app.services.core.calendars import office, rent_year
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires

_CHRISTMAS: Final = ((12, 24), (1, 2))
_CHECKED: Final = "Demo Team Leader"
_DECIDED: Final = "Made-up Cabinet report on service standards"
_BUDGET: Final = "Made-up rent setting report"
_BANK: Final = "Made-up letter of the demonstration landlord's bank"
_CARDS: Final = "Made-up letter of the card supplier"
_RATE: Final = "Made-up base rate of the half year"
_BACS: Final = (
    ("own_sort_code", "001122"),
    ("own_account_number", "12345678"),
    ("own_account_name", "TESTFORD HRA RENTS"),
    ("sun", "000123"),
    ("user_name", "TESTFORD COUNCIL"),
    ("credit_files", "yes"),
)
"""No bank has such a sort code."""


@requires(Permission.LOAD_LANDLORD)
def set_up_office(ctx: Context) -> None:
    """Add the closures at Christmas and the landlord's own policy values: in force, verified, and from next April.

    Only where the landlord has none yet.
    """
    if ctx.session.scalar(select(func.count()).select_from(PolicyValue)):
        return
    today = ctx.clock.today()
    year = rent_year(today)
    verified = {"verified_by": _CHECKED, "verified_on": today - timedelta(days=30)}
    values = [
        ("tenancies.closing_statement_days", "", year.first_week_on, "10", "working days", _DECIDED),
        ("charges.rent_notice_letter_days", "", date(2000, 4, 3), "5", "working days", _DECIDED),
        ("charges.weekly_rent_max", "bedrooms:3", year.first_week_on, "172.50", "pounds", _BUDGET),
        ("charges.weekly_rent_max", "bedrooms:3", year.ends_on + timedelta(days=1), "180.80", "pounds", _BUDGET),
    ]
    values.append(("pay_cards.prefix", "", year.first_week_on, "990099", "", _CARDS))
    values += [(f"bacs.{key}", "", year.first_week_on, value, "", _BANK) for key, value in _BACS]
    halves = (date(today.year, month, 1) for month in (1, 7))
    values += [("purchasing.base_rate", "", half, "4.00", "percent", _RATE) for half in halves if half <= today]
    ctx.session.add_all(
        PolicyValue(key=key, scope=scope, effective_from=on, value=value, unit=unit, source=source, **verified)
        for key, scope, on, value, unit, source in values
    )
    first, last = (date(today.year + ahead, *day) for ahead, day in enumerate(_CHRISTMAS))
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    ctx.session.add_all(
        OfficeClosure(closed_on=day, name="Between Christmas and New Year") for day in days if office().is_working(day)
    )
    ctx.session.flush()
