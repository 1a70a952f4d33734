"""Court costs of the account that is open, entered on the Adjustments tab."""

from __future__ import annotations

from app.views.rent.controller.recharge_account import RechargeController


class CourtCostsController(RechargeController):
    """Hands the account over to the sheet of court costs."""

    work = "court_costs"
