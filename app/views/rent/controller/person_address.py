"""The sheet of an address of a person."""

from __future__ import annotations

from app.services.core.errors import UserError
from app.services.people.addresses import preview
from app.services.people.commands.addresses import keep_address
from app.views.rent.controller.person_work import PersonWork
from app.views.rent.people.sheets import AddressSheet


class AddressController(PersonWork):
    """An address is added, changed or ended."""

    kind = AddressSheet
    previews = staticmethod(preview)
    saves = staticmethod(keep_address)
    missing = UserError("The address is missing: type it, a line each.", field="lines")
