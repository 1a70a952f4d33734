"""The sheet of the trial of an introductory tenancy."""

from __future__ import annotations

from app.views.rent.changing import kinds
from app.views.rent.controller.changing import ChangingController


class TrialController(ChangingController):
    """Secure, or a longer trial."""

    title = "The trial of the tenancy"
    kinds = (kinds.SECURE, kinds.EXTEND)
    nothing = "it is no introductory tenancy, so there is no trial."
