"""Works that were done are received: all that is left of their order."""

from __future__ import annotations

from datetime import date

from app.services.core.context import Context
from app.services.purchase_orders.receipts.commands import receive
from app.services.purchase_orders.receipts.dto import NewReceipt
from app.services.purchase_orders.works import completing


def register() -> None:
    """Plug it in."""
    completing.register(receive_rest)


def receive_rest(ctx: Context, order_id: int, version: int, entry_key: str, on: date) -> None:
    """Receive all that is left of an order.

    Raises:
        UserError: as `commands.receive`.
    """
    receive(ctx, NewReceipt(entry_key, order_id, version, on, note="The works were done"))
