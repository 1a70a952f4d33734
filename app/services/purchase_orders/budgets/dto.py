"""Budgets as they cross layers: what a code has, what is left of it, and what would go over."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values import Money


@dataclass(frozen=True, slots=True)
class Over:
    """A code on which something would take more than is left.

    Attributes:
        code: cost centre and subjective code, as they are written.
        left: of the budget before it; below nothing where the code is over already.
        wanted: what would be taken.
    """

    budget_id: int
    code: str
    name: str
    left: Money
    wanted: Money

    @property
    def by(self) -> Money:
        """How much more than is left."""
        return self.wanted - self.left

    @property
    def words(self) -> str:
        """As a sentence."""
        has = f"has {self.left} left" if self.left.pence > 0 else f"has nothing left ({-self.left} over already)"
        if not self.left:
            has = "has nothing left"
        return f"{self.code} {self.name} {has}; {self.wanted} would put it {self.by} over."
