"""Ctrl+F4: a charge of the account that is open was wrong for some time."""

from __future__ import annotations

from app.views.rent.controller.adjust_account import AdjustController


class RecalculateController(AdjustController):
    """Hands the account over to the sheet that works its weeks out."""

    work = "recalculating"
