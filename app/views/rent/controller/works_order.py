"""A works order for the property of the account that is open, raised on the tab Purchase Orders."""

from __future__ import annotations

from app.views.rent.controller.adjust_account import AdjustController


class WorksOrderController(AdjustController):
    """Hands the account over; the officer comes back when it is done or left."""

    area = "purchase_orders"
    work = "works_order"
