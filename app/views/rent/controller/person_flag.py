"""The sheet of a flag on a person."""

from __future__ import annotations

from app.services.core.errors import UserError
from app.services.people.commands.flags import keep_flag
from app.services.people.flags import preview
from app.views.rent.controller.person_work import PersonWork
from app.views.rent.people.sheets import FlagSheet


class FlagController(PersonWork):
    """A flag is set, changed or taken off."""

    kind = FlagSheet
    previews = staticmethod(preview)
    saves = staticmethod(keep_flag)
    missing = UserError("Say from which day on.", field="from_on")
