"""A repair that is recharged to the tenants of the account that is open."""

from __future__ import annotations

from app.views.rent.controller.adjust_account import AdjustController


class RechargeController(AdjustController):
    """Hands the account over to the sheet of a rechargeable repair."""

    work = "recharging"
