"""The sheet by which a wrong first or last day is put right."""

from __future__ import annotations

from app.views.rent.changing import kinds
from app.views.rent.controller.changing import ChangingController


class DatesController(ChangingController):
    """The first day, or the last."""

    title = "Correct the first or last day"
    kinds = (kinds.END, kinds.START)
    nothing = "there is no day to correct."
