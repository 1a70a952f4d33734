"""What the Reception tab does."""

from app.views.reception_payments.controller.page import ReceptionController

__all__ = ["ReceptionController"]
