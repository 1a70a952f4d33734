"""A requisition: new, or a draft that is changed; kept as a draft, or asked for at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from app.models.values import Money
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import (
    ChangedRequisition,
    NewRequisition,
    OrderDetail,
    OrderForm,
    Saved,
)
from app.services.purchase_orders.suppliers import queries as suppliers
from app.views.common import formats
from app.views.purchase_orders.controller.order_work import OrderWork
from app.views.purchase_orders.effects_of import effects
from app.views.purchase_orders.requisition import RequisitionSheet

_DRAFT_FIRST: Final = {
    "supplier": "Choose one, or untick 'Ask for approval at once' to keep a draft.",
    "quotations": "Untick 'Ask for approval at once' to keep a draft, and record its quotations there.",
}
"""What to do where a requisition can't be asked for as soon as it is typed, by the field that lacks."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A requisition as it is typed, the order that it changes, and whether approval is asked for with it."""

    new: NewRequisition
    order_id: int | None
    version: int
    ask: bool


@dataclass(frozen=True, slots=True)
class _Particular:
    """What is particular of a supplier."""

    category_id: int
    warning: str
    contracts: tuple[tuple[str, int], ...]


def _draft(ctx: Context, order_id: int) -> tuple[OrderDetail, OrderForm]:
    found = queries.detail(ctx, order_id)
    return found, queries.form(ctx, found.row.year)


def _preview(ctx: Context, asked: _Asked) -> tuple[Effect, ...]:
    return effects(queries.check(ctx, asked.new, asked.order_id))


class RequisitionWork(OrderWork):
    """The sheet."""

    sheet: RequisitionSheet
    previews: Callable[..., Any] | None = staticmethod(_preview)

    def join(self) -> None:
        """Follow what is chosen in the sheet."""
        self.sheet.supplier_chosen.connect(lambda key: self.ask(_particular, key, then=self._show_supplier))
        self.sheet.year_chosen.connect(
            lambda year: self.office.ask(self, queries.form, year, then=self.sheet.show_form)
        )

    def opened(self) -> None:
        """What is particular of the supplier of a draft is shown at once."""
        self.join()
        shown = self.sheet.shown
        if shown is not None and shown.row.supplier_id is not None:
            self.ask(_particular, shown.row.supplier_id, then=self._show_supplier)

    def command(self) -> Any:
        """What is typed."""
        new, shown = self.sheet.requisition(), self.sheet.shown
        if new is None:
            return None
        return _Asked(new, shown.row.order_id if shown else None, shown.version if shown else 0, self.sheet.asks())

    def save(self, command: Any) -> None:
        """Keep it, and ask for it."""
        self.do(_keep, command)

    def _show_supplier(self, found: _Particular) -> None:
        self.sheet.show_supplier(found.category_id, found.warning, found.contracts)


class RequisitionController(RequisitionWork):
    """A new requisition."""

    asks = staticmethod(queries.form)

    def __init__(self, office: Any, page: Any, _ids: Any = ()) -> None:
        super().__init__(office, page, ())

    def make(self, found: OrderForm) -> RequisitionSheet:
        """The sheet."""
        return RequisitionSheet(self.page, found, self.find_suppliers)


class ChangeController(RequisitionWork):
    """A draft is changed."""

    asks = staticmethod(_draft)

    def make(self, found: tuple[OrderDetail, OrderForm]) -> RequisitionSheet:
        """The sheet with the draft."""
        detail, form = found
        return RequisitionSheet(self.page, form, self.find_suppliers, detail)


def _particular(ctx: Context, supplier_id: int) -> _Particular:
    found = suppliers.choice(ctx, supplier_id)
    today = ctx.clock.today()
    contracts = tuple(
        (
            f"{each.number}  {each.title}, {_left(each.value, each.ordered)}, until {formats.day(each.ends_on)}",
            each.contract_id,
        )
        for each in suppliers.detail(ctx, supplier_id).contracts
        if each.stands and each.starts_on <= today <= each.ends_on
    )
    return _Particular(found.category_id, found.warning, contracts)


def _left(value: Money, ordered: Money) -> str:
    return f"{value - ordered} left of {value}"


def _keep(ctx: Context, asked: _Asked) -> Saved:
    """Keep a requisition, and ask for its approval with it or not at all."""
    if asked.order_id is None:
        saved = commands.draft(ctx, asked.new)
    else:
        saved = commands.change(ctx, ChangedRequisition(asked.order_id, asked.version, asked.new))
    return ask_at_once(ctx, saved) if asked.ask else saved


def ask_at_once(ctx: Context, saved: Saved) -> Saved:
    """Ask for the approval of what was just kept.

    Raises:
        UserError: as where it is asked for later; what a draft is needed for first says how to keep one.
    """
    try:
        return commands.ask(ctx, saved.order_id, saved.version)
    except UserError as error:
        hint = _DRAFT_FIRST.get(error.field or "")
        if hint is None:
            raise
        field = "supplier_id" if error.field == "supplier" else "ask"
        raise UserError(error.message, hint, field) from error
