"""What loading a file of open orders would do."""

from __future__ import annotations

from app.services.purchase_orders.orders.importing.checking import check

__all__ = ["check"]
