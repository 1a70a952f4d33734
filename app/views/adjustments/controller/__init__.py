"""What the Adjustments tab does."""

from app.views.adjustments.controller.page import AdjustmentsController

__all__ = ["AdjustmentsController"]
