"""Logging somebody who comes or calls: the account is found, and what must be known of its people is said at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.reception_payments.callers import queries as callers
from app.services.reception_payments.visits import commands, screen
from app.services.reception_payments.visits.dto import AREAS, Choices, NewVisit
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.common.tasks import Task
from app.views.reception_payments.take import picked
from app.views.reception_payments.visit_sheets import LogSheet


class LogController(SheetWork):
    """The sheet."""

    asks = staticmethod(screen.choices)
    told = "They are in the log, and wait."

    def __init__(self, office: Office, page: QWidget, _ids: Sequence[int] = ()) -> None:
        super().__init__(office, page)
        self._finding: Task | None = None
        self.begin()

    def make(self, found: Choices) -> LogSheet:
        """The sheet."""
        return LogSheet(self.page, found, self._find)

    def opened(self) -> None:
        """Whoever holds the account that is chosen is asked for."""
        self.sheet.account_chosen.connect(lambda key: self.ask(screen.who, key, then=self.sheet.show_who))

    def save(self, new: NewVisit) -> None:
        """Log it."""
        self.sheet.remember()
        self.do(_logged, new)

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: Sequence[Any]) -> None:
            then([picked(each) for each in found])

        self._finding = self.office.ask(self, callers.find, text, then=show, instead_of=self._finding)


def _logged(ctx: Context, new: NewVisit) -> Changes:
    commands.log(ctx, new)
    return Changes(AREAS)
