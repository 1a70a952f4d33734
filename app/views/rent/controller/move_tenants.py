"""The sheet by which the tenants move to another home."""

from __future__ import annotations

from app.views.rent.changing import kinds
from app.views.rent.controller.changing import ChangingController


class MovingController(ChangingController):
    """A transfer, an exchange, a decant and the way home."""

    title = "Move the tenants"
    kinds = (kinds.RETURN, kinds.TRANSFER, kinds.EXCHANGE, kinds.DECANT)
    nothing = "only the tenants of a home that goes on can move."
