"""The sheet of the account's name and of who holds the tenancy."""

from __future__ import annotations

from app.views.rent.changing import kinds
from app.views.rent.controller.changing import ChangingController


class TenantsController(ChangingController):
    """A rename, somebody who joins, somebody who leaves."""

    title = "Change the name or the tenants"
    kinds = (kinds.RENAME, kinds.TO_JOINT, kinds.TO_SOLE)
    nothing = "nothing of its tenants can be changed."
