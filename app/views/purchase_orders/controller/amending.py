"""The order that is shown is amended."""

from __future__ import annotations

from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import Amend, CodeLeft, OrderDetail
from app.views.purchase_orders.amend import AmendSheet, amend_effects
from app.views.purchase_orders.controller.order_work import OrderWork


def _order(ctx: Context, order_id: int) -> tuple[OrderDetail, tuple[CodeLeft, ...]]:
    return queries.detail(ctx, order_id), queries.codes_of(ctx, order_id)


def _preview(ctx: Context, wanted: Amend) -> tuple[Effect, ...]:
    return amend_effects(queries.preview_amendment(ctx, wanted))


class AmendController(OrderWork):
    """The sheet with the lines as they stand."""

    asks = staticmethod(_order)
    previews = staticmethod(_preview)
    saves = staticmethod(commands.amend)
    at_once = False
    missing = UserError("An order keeps a line at least.", "Cancel what is left instead.", "lines")

    def make(self, found: tuple[OrderDetail, tuple[CodeLeft, ...]]) -> AmendSheet:
        """The sheet."""
        return AmendSheet(self.page, *found)
