"""Court costs of the account that is open."""

from __future__ import annotations

from app.views.rent.controller.adjust_account import AdjustController


class CourtCostsController(AdjustController):
    """Hands the account over to the sheet of court costs."""

    work = "court_costs"
