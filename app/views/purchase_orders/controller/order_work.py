"""What the works of orders have in common: done in a sheet for the order that is shown, which is shown again after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.context import Context
from app.services.purchase_orders.orders import queries
from app.services.purchase_orders.orders.dto import Saved
from app.services.purchase_orders.suppliers import queries as suppliers
from app.services.purchase_orders.suppliers.dto import SupplierChoice
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork


class OrderWork(SheetWork):
    """A sheet about the order that is shown."""

    asks: Callable[..., Any] | None = staticmethod(queries.detail)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int] = ()) -> None:
        super().__init__(office, page)
        self.ids = tuple(ids)
        self.begin(*self.ids[:1])

    def tell(self, saved: Saved) -> None:
        """Say what was done, with what to look at, and show the order."""
        if saved.warnings:
            self.office.messages.info(" ".join((saved.told, *saved.warnings)))
        else:
            super().tell(saved)
        self.office.open_record(Subject.PURCHASE_ORDER, saved.order_id)

    def find_suppliers(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        """Look for suppliers, for a picker; what one is blocked for stands beside its name."""
        find_suppliers(self.office, self, text, then)


def find_suppliers(office: Office, owner: Any, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
    """Look for suppliers, for a picker."""

    def show(found: tuple[SupplierChoice, ...]) -> None:
        then([picked(each) for each in found])

    office.ask(owner, _choices, text, then=show)


def picked(each: SupplierChoice) -> Picked:
    """A supplier as a picker offers it."""
    return Picked(each.supplier_id, each.name, "   ".join(part for part in (each.number, each.warning) if part))


def _choices(ctx: Context, text: str) -> tuple[SupplierChoice, ...]:
    return suppliers.choices(ctx, text)
