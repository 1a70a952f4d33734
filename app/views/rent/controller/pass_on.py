"""The sheet by which somebody else comes to hold the same home."""

from __future__ import annotations

from app.views.rent.changing import kinds
from app.views.rent.controller.changing import ChangingController


class PassingController(ChangingController):
    """A succession or an assignment."""

    title = "Pass the tenancy on"
    kinds = (kinds.SUCCEED, kinds.ASSIGN)
    nothing = "it has ended, or is ending: withdraw the notice first."
