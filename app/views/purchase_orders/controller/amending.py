"""The order or the agreement that is shown is amended."""

from __future__ import annotations

from app.models.values import OrderKind
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import Amend, AmendAgreement, CodeLeft, OrderDetail, Saved
from app.views.purchase_orders.amend import AgreementSheet, AmendSheet, amend_effects
from app.views.purchase_orders.controller.order_work import OrderWork


def _order(ctx: Context, order_id: int) -> tuple[OrderDetail, tuple[CodeLeft, ...]]:
    return queries.detail(ctx, order_id), queries.codes_of(ctx, order_id)


def _preview(ctx: Context, wanted: Amend | AmendAgreement) -> tuple[Effect, ...]:
    if isinstance(wanted, AmendAgreement):
        return amend_effects(queries.preview_agreement(ctx, wanted))
    return amend_effects(queries.preview_amendment(ctx, wanted))


def _amend(ctx: Context, wanted: Amend | AmendAgreement) -> Saved:
    if isinstance(wanted, AmendAgreement):
        return commands.amend_agreement(ctx, wanted)
    return commands.amend(ctx, wanted)


class AmendController(OrderWork):
    """The sheet with the lines as they stand, or with what may be called off an agreement."""

    asks = staticmethod(_order)
    previews = staticmethod(_preview)
    saves = staticmethod(_amend)
    at_once = False
    missing = UserError("An order keeps a line at least.", "Cancel what is left instead.", "lines")

    def make(self, found: tuple[OrderDetail, tuple[CodeLeft, ...]]) -> AmendSheet | AgreementSheet:
        """The sheet."""
        shown, codes = found
        if shown.row.kind is OrderKind.AGREEMENT:
            self.missing = UserError("Give the most and the last day.", "Nothing is changed yet.", "most")
            return AgreementSheet(self.page, shown, self.office.desk.clock.today())
        return AmendSheet(self.page, shown, codes)
