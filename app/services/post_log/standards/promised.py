"""By when something of a category is dealt with: worked out of the policy, the categories and a calendar alone.

So it is told where there is no database yet: as shipped. With one, the office's closures, categories and edited policy count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.services.core.calendars import BACS, FOI, STATUTORY, WorkingDays, office
from app.services.core.errors import UserError
from app.services.core.policy import Policy
from app.services.post_log.standards import keeping, rules
from app.services.post_log.standards.dto import CategoryDue

SHIPPED: Final[Mapping[str, str]] = {
    "general": "General enquiry",
    "payment": "Payment or balance query",
    "direct_debit": "Direct Debit",
    "change": "Change of circumstances",
    "benefit": "Housing Benefit or DWP query",
    "refund": "Refund request",
    "notice": "Notice to end a tenancy",
    "death": "Death of a tenant",
    "breathing_space": "Breathing space or insolvency",
    "court": "Court papers",
    "right_to_buy": "Right to Buy application",
    "disrepair": "Disrepair claim",
    "complaint_1": "Complaint, stage 1",
    "complaint_2": "Complaint, stage 2",
    "ombudsman": "Ombudsman",
    "foi": "Freedom of information request",
    "subject_access": "Subject access request",
    "invoice": "Supplier invoice",
    "returned": "Returned letter",
    "other": "Something else",
}
"""The categories of a new database, by key."""
_SHORT: Final = {"sar": "subject access", "ntq": "notice", "notice to quit": "notice", "rtb": "right to buy"}
"""What categories are called beside their names."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a last day is worked out of; `categories` are names by key, in the order of lists."""

    policy: Policy
    categories: Mapping[str, str]
    office: WorkingDays


def as_shipped() -> Known:
    """What a new office begins with."""
    return Known(Policy.as_shipped(), SHIPPED, office())


def category_due(known: Known, name: str, received_on: date, acknowledged_on: date | None = None) -> CategoryDue:
    """By when something of a category is dealt with that was received on a day; it is named as `category_named` reads it.

    Raises:
        UserError: there is no such category, it was acknowledged before it was received, or a policy value is missing.
    """
    key = category_named(known.categories, name)
    if acknowledged_on is not None and acknowledged_on < received_on:
        raise UserError("It can't have been acknowledged before it was received.", "Change one of the days.")
    standard = keeping.standard(known.policy, key, received_on)
    calendar = keeping.calendar_name(known.policy, key, received_on)
    days = keeping.calendar(known.policy, key, received_on, known.office)
    due = rules.due(standard, received_on, acknowledged_on, (), (), days)
    return CategoryDue(key, known.categories[key], received_on, standard, calendar, due)


def category_named(categories: Mapping[str, str], typed: str) -> str:
    """The key of the category that somebody means: by its key, by its name, or by words that only it has: `stage 1`, `SAR`.

    Raises:
        UserError: none fits, or several do.
    """
    wanted = _words(_SHORT.get(" ".join(typed.casefold().split()), typed))
    known = [(key, _words(key), _words(name)) for key, name in categories.items()]
    exact = [each for each, key, name in known if wanted in (key, name)]
    fitting = exact or [each for each, key, name in known if wanted and set(wanted) <= {*key, *name}]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        listed = ", ".join(f"{each} ({categories[each]})" for each in fitting)
        raise UserError(f"'{typed}' may be one of several categories.", f"Say which: {listed}.", "category")
    listed = ", ".join(categories)
    raise UserError(f"'{typed}' is not a category of the post.", f"The categories are: {listed}.", "category")


def calendar_called(known: Known, name: str) -> WorkingDays:
    """A calendar of working days by its name: office, statutory, foi or bacs."""
    return {"statutory": STATUTORY, "foi": FOI, "bacs": BACS}.get(name) or known.office


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", text.casefold()))
