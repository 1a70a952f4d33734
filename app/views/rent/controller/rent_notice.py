"""What the sheet of a rent notice does: tells what it will say, and makes it."""

from __future__ import annotations

from typing import Any, Final

from app.models.values import Subject
from app.services.charges.elements import commands, queries
from app.services.charges.notices.keeping import Given
from app.views.rent.charging import RentNoticeSheet
from app.views.rent.controller.account_work import AccountWork

_AREAS: Final = frozenset({"letters", "charges", "diary"})


class RentNoticeController(AccountWork):
    """A rent notice is made."""

    previews = staticmethod(queries.preview_notice)

    def make(self, _found: None) -> RentNoticeSheet:
        """The sheet."""
        sheet = RentNoticeSheet(self.page, self.account_id, self.note)
        sheet.about = (Subject.ACCOUNT, self.account_id)
        return sheet

    def save(self, command: Any) -> None:
        """Make it."""
        self.do(commands.give_rent_notice, command, changes=_AREAS)

    def tell(self, given: Given) -> None:
        """It waits to be printed, or a task asks for it."""
        if given.letter_id is not None:
            self.office.messages.good("The rent notice is in Letters, to be printed.")
        else:
            self.office.messages.warn(f"The letter could not be made, so a task asks for the notice. {given.why_not}")
