"""A Direct Debit is set up for the account that is open, on the tab Direct Debits."""

from __future__ import annotations

from app.views.rent.controller.adjust_account import AdjustController


class DebitController(AdjustController):
    """Hands the account over; the officer comes back when it is done or left."""

    area = "direct_debits"
    work = "setting_up"
