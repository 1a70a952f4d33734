"""What the short registers show, and what officers ask them to keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.services.core.changes import Changes

CHANGES: Final = Changes(frozenset({"purchase_orders", "approvals"}))


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category of what is bought.

    Attributes:
        category_id: 0 of a new one.
        no_order_needed: its invoices are paid without an order.
        cis: its labour is construction work under the Construction Industry Scheme.
        works: the statutory threshold of works counts.
        not_published: why its spending isn't published; empty: it is.
        waits: what follows from it is to be another once a second officer approves.
    """

    category_id: int
    name: str
    no_order_needed: bool
    cis: bool
    works: bool
    not_published: str
    active: bool
    version: int = 0
    waits: bool = False

    @property
    def words(self) -> str:
        """What is particular of it."""
        said = (
            ("paid without an order", self.no_order_needed),
            ("labour under CIS", self.cis),
            ("works", self.works),
            (f"not published: {self.not_published}", bool(self.not_published)),
            ("a change waits for approval", self.waits),
        )
        return "; ".join(words for words, so in said if so)


@dataclass(frozen=True, slots=True)
class PointRow:
    """A place to which what is ordered is delivered.

    Attributes:
        point_id: 0 of a new one.
        address: lines parted by line breaks.
    """

    point_id: int
    name: str
    address: str
    instructions: str
    active: bool
    version: int = 0


@dataclass(frozen=True, slots=True)
class CategoryKept:
    """What became of a category, as a sentence; `request_id` of what waits for a second officer."""

    told: str
    request_id: int | None = None
    changes: Changes = CHANGES
