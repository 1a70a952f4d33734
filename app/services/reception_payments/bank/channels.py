"""The ways by which rents' money comes to the bank, and by when each of them is expected there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.services.core.closures import bacs_days
from app.services.core.context import Context


@dataclass(frozen=True, slots=True)
class Channel:
    """A way by which money comes, or goes.

    Attributes:
        key: of its control account in each fund, which holds what was receipted and isn't seen at the bank.
        title: as officers read it.
        days: the policy that says within how many Bacs working days it is at the bank.
        code: the receipt code of what a bank statement alone brings by it; empty where it doesn't.
    """

    key: str
    title: str
    days: str
    code: str = ""


CHANNELS: Final = (
    Channel("cash:counter", "Cash at desks", "bank.days_desks"),
    Channel("cash:cheque", "Cheques and postal orders", "bank.days_desks"),
    Channel("cash:card", "Cards", "bank.days_cards"),
    Channel("cash:payment_card", "Payment cards at shops and post offices", "bank.days_agents"),
    Channel("cash:bank", "Bank payments", "bank.days_others", "RBP"),
    Channel("cash:standing_order", "Standing orders", "bank.days_others", "RSO"),
    Channel("cash:salary", "Deductions from salary", "bank.days_others", "RDS"),
    Channel("direct_debit", "Direct Debit", "bank.days_others"),
    Channel("universal_credit", "Universal Credit and DWP deductions", "bank.days_others", "RUC"),
    Channel("refunds", "Refunds", "bank.days_others"),
)
"""In the order of the board. Housing Benefit to the council's own tenants is a rebate: no bank sees it (rules.md 2.5)."""
BY_KEY: Final = {each.key: each for each in CHANNELS}
KEYS: Final = frozenset(BY_KEY)
WAYS: Final = tuple((each.title, each.key) for each in CHANNELS if each.code)
"""Those of which a bank statement alone tells, each by its title and key."""


def expected_by(ctx: Context, key: str, on: date) -> date:
    """The last day on which money of a channel is still in transit: so many Bacs working days after the day it belongs to."""
    return bacs_days(ctx.policy, on).add(on, ctx.policy.number(BY_KEY[key].days, on))
