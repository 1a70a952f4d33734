"""What the Purchase Orders tab does."""

from app.views.purchase_orders.controller.page import PurchaseOrdersController

__all__ = ["PurchaseOrdersController"]
