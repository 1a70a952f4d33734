"""What a month of returned Direct Debits is held against: the bank's reports, the accounts, the control account."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values import Money
from app.services.direct_debits.returns.dto import Reconciliation
from app.views.common.columns import Column, money_column


@dataclass(frozen=True, slots=True)
class Held:
    """One line of what a month is held against; a sum of the ledger has no count."""

    name: str
    count: int | None
    amount: Money


MONTH: tuple[Column[Held], ...] = (
    Column("name", "Returned Direct Debits", lambda each: each.name, 240, floor=140),
    Column("count", "How many", lambda each: each.count, 80, right=True),
    money_column("amount", "Amount", lambda each: each.amount, 110),
)


def held(found: Reconciliation) -> tuple[Held, ...]:
    """The figures of a month, in their order."""
    return (
        Held("In the bank's reports", *found.reported),
        Held("Applied", *found.applied),
        Held("Waiting", *found.waiting),
        Held("Set aside", *found.aside),
        Held("On the accounts (code RDN)", None, found.posted),
        Held("On the control account", None, found.control),
    )
