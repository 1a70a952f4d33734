"""The suppliers that a file may name, by number, by their reference in the finance system, or by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.models.purchase_orders.suppliers import Supplier
from app.models.values import BlockScope, SupplierState
from app.services.core.context import Context
from app.services.core.folding import fold
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.purchase_orders.suppliers.rules import name_key


@dataclass(frozen=True, slots=True)
class Named:
    """Suppliers in use.

    Attributes:
        ways: who is meant by a text, the surest way first: number, reference, name, and names that are much the same.
        categories: the category of each.
        blocked: why nothing is ordered from some, a sentence each.
    """

    ways: tuple[Mapping[str, set[int]], ...]
    categories: Mapping[int, int]
    blocked: Mapping[int, str]

    def meant(self, text: str) -> set[int]:
        """Whom a text means; several where it doesn't tell them apart, none where there is no such supplier."""
        keys = (fold(text), fold(text), fold(text), name_key(text))
        return next((way[key] for way, key in zip(self.ways, keys, strict=True) if way.get(key)), set())


def named(ctx: Context) -> Named:
    """The suppliers in use today."""
    ways: tuple[dict[str, set[int]], ...] = tuple(defaultdict(set) for _ in range(4))
    categories: dict[int, int] = {}
    for row in ctx.session.scalars(select(Supplier).where(Supplier.state == SupplierState.ACTIVE)):
        categories[row.id] = row.category_id
        for way, text in zip(ways, (suppliers.number(row), row.finance_reference, row.name), strict=False):
            if text:
                way[fold(text)].add(row.id)
        for text in filter(None, (row.name, row.trading_as)):
            ways[3][name_key(text)].add(row.id)
    return Named(ways, categories, suppliers.blocked(ctx, categories, BlockScope.ORDERS, ctx.clock.today()))
