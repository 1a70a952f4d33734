"""What the sheet of a life event does: lists what hangs on the person, tells what will be done, and does it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.services.tenancies.life_events import commands, queries
from app.services.tenancies.life_events.dto import Hangs, Noted, Whom
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.controller.account_work import AccountWork
from app.views.rent.life_event import LifeEventSheet, noted_words


class LifeEventController(AccountWork):
    """Something happened to a tenant.

    Args:
        known: what is known of it already, by field.
    """

    asks = staticmethod(queries.whom)
    previews = staticmethod(queries.preview)
    saves = staticmethod(commands.note_life_event)

    def __init__(
        self, office: Office, page: QWidget, header: AccountHeader | None, known: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(office, page, header)
        self._known = known or {}
        self._reference = header.reference if header is not None else ""
        self._listing: Task | None = None

    def make(self, people: tuple[Whom, ...]) -> LifeEventSheet | str:
        """The sheet, where somebody holds the account."""
        if not people:
            return "Nobody holds this account now, so nothing can happen to them here."
        sheet = LifeEventSheet(self.page, people, self._reference, self.office.desk.clock.today)
        sheet.about = (Subject.ACCOUNT, self.account_id)
        sheet.begin_with(self._known)
        sheet.happened_changed.connect(self._list)
        return sheet

    def refuse(self, error: UserError) -> None:
        """What hangs on them may be what is wrong: it is listed anew, and what was decided stays."""
        super().refuse(error)
        self._list()

    def tell(self, noted: Noted) -> None:
        """Say what was noted, and how many steps are open."""
        self.office.messages.good(noted_words(self.sheet.happened().kind, noted.open_steps))

    def _list(self) -> None:
        """Ask for all that hangs on them, unless what happened can't be read yet."""
        if (happened := self.sheet.happened()) is None:
            return
        hangs = self.sheet.hangs

        def show(found: tuple[Hangs, ...]) -> None:
            hangs.show_hangs(found)

        self._listing = self.office.ask(
            self,
            queries.what_hangs,
            happened,
            then=show,
            refused=lambda error: hangs.say(str(error), wrong=True),
            instead_of=self._listing,
        )
