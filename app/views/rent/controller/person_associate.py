"""The sheet of somebody who speaks for a person, or is their next of kin."""

from __future__ import annotations

from app.services.core.errors import UserError
from app.services.people.associates import preview
from app.services.people.commands.associates import keep_associate
from app.views.rent.controller.person_work import PersonWork
from app.views.rent.people.sheets import AssociateSheet


class AssociateController(PersonWork):
    """Somebody is added, what they may do is changed, or ends."""

    kind = AssociateSheet
    previews = staticmethod(preview)
    saves = staticmethod(keep_associate)
    missing = UserError("Say from which day on.", field="from_on")
