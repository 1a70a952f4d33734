"""Works that were done are received: what is left of their order, by whoever says that they were."""

from __future__ import annotations

from datetime import date

from app.services.core.context import Context
from app.services.purchase_orders.receipts import commands
from app.services.purchase_orders.receipts.dto import NewReceipt, Received
from app.services.purchase_orders.works.completing import register as plug_in


def register() -> None:
    """Plug it in."""
    plug_in(receive)


def receive(ctx: Context, order_id: int, version: int, entry_key: str, on: date) -> Received:
    """Receive all that is left of an order of works.

    Raises:
        UserError: as `commands.receive`.
    """
    return commands.receive(ctx, NewReceipt(f"{entry_key}:receipt"[:80], order_id, version, on))
