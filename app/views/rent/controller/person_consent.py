"""The sheet of what a person agreed or objected to."""

from __future__ import annotations

from app.services.core.errors import UserError
from app.services.people.commands.consents import say_consent
from app.services.people.consents import preview
from app.views.rent.controller.person_work import PersonWork
from app.views.rent.people.sheets import ConsentSheet


class ConsentController(PersonWork):
    """What somebody said is noted; what they said before stays."""

    kind = ConsentSheet
    previews = staticmethod(preview)
    saves = staticmethod(say_consent)
    missing = UserError("Say what it is about, and when they said so.", field="other")
