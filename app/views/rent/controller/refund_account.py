"""Ctrl+Shift+F4: the credit of the account that is open goes back."""

from __future__ import annotations

from app.views.rent.controller.adjust_account import AdjustController


class RefundController(AdjustController):
    """Hands the account over to the sheet of a refund."""

    work = "refunding"
