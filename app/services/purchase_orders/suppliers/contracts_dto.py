"""Contracts with suppliers, as they cross layers."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from app.models.values import DetailState, Money


@dataclass(frozen=True, slots=True)
class ContractFields:
    """What is typed of a contract.

    Attributes:
        value: over its whole time, before VAT.
        warn_days: days before its end from which it is listed and a task is made.
    """

    number: str
    title: str
    starts_on: date | None
    ends_on: date | None
    value: Money | None
    warn_days: int = 90
    holder_id: int | None = None
    note: str = ""

    def values(self) -> dict[str, object]:
        """By field of the form."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract as listed.

    Attributes:
        ordered: before VAT, by orders under it that were approved, without what was cancelled.
        days: to its last day; below nothing once it is over.
        state: whether something may be ordered under it.
        waits: what waits for a second officer, as a sentence; empty: nothing does. `request_id` is the request then.
    """

    contract_id: int
    version: int
    supplier_id: int
    supplier: str
    number: str
    title: str
    starts_on: date
    ends_on: date
    value: Money
    ordered: Money
    warn_days: int
    days: int
    holder_id: int | None = None
    holder: str = ""
    note: str = ""
    state: DetailState = DetailState.IN_FORCE
    waits: str = ""
    request_id: int | None = None

    @property
    def stands(self) -> bool:
        """Something may be ordered under it, in its days."""
        return self.state is DetailState.IN_FORCE

    @property
    def left(self) -> Money:
        """Of its value; below nothing where more was ordered."""
        return self.value - self.ordered

    @property
    def ends_soon(self) -> bool:
        """It ends within its days of warning, and isn't over."""
        return self.stands and 0 <= self.days <= self.warn_days
