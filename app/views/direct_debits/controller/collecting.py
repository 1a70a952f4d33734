"""One collection by hand, one more, other terms, and the instalment of one mandate worked out again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.schedules import commands, keeping, queries
from app.services.direct_debits.schedules.dto import (
    ChangeCollection,
    MoveCollection,
    ScheduleOf,
    SkipCollection,
    Worked,
)
from app.views.common.office import Office
from app.views.common.pause import Pause
from app.views.common.sheet_work import SheetWork
from app.views.direct_debits.collection_sheets import (
    AddSheet,
    AgainSheet,
    CollectionSheet,
    SumSheet,
    TermsSheet,
    planned,
)

_PAUSE_MS = 250
_DOES: dict[type[Any], Callable[..., Any]] = {
    SkipCollection: commands.skip,
    MoveCollection: commands.move,
    ChangeCollection: commands.change,
}


class ScheduleWork(SheetWork):
    """A sheet about the schedule of the mandate that is shown."""

    asks = staticmethod(queries.of_mandate)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.mandate_id = ids[0]
        self.begin(self.mandate_id)


class CollectionController(ScheduleWork):
    """A collection is skipped, moved, or changed."""

    missing = UserError("Type the day, or the amount.")

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int], collection_id: int = 0) -> None:
        self._collection_id = collection_id
        super().__init__(office, page, ids)

    def make(self, found: ScheduleOf) -> CollectionSheet | str:
        """The sheet, where something is planned."""
        rows = planned(found)
        if not rows:
            return "Nothing is planned that could be changed."
        if self._collection_id and self._collection_id not in {each.collection_id for each in rows}:
            return "This collection isn't planned any more, so it can't be changed."
        today = self.office.desk.clock.today()
        return CollectionSheet(self.page, self.mandate_id, found, today, self._collection_id)

    def save(self, command: SkipCollection | MoveCollection | ChangeCollection) -> None:
        """Do what is asked for."""
        self.do(_DOES[type(command)], command)


def change_one(office: Office, page: QWidget, mandate_id: int, collection_id: int) -> None:
    """Open the sheet for a collection that was chosen in the list."""
    CollectionController(office, page, (mandate_id,), collection_id)


class AddController(ScheduleWork):
    """A collection beside the schedule."""

    saves = staticmethod(commands.add)

    def make(self, found: ScheduleOf) -> AddSheet:
        """The sheet."""
        return AddSheet(self.page, self.mandate_id, found, self.office.desk.clock.today())


class SumWork(ScheduleWork):
    """A sheet in which the sum is worked out a moment after the last key."""

    sheet: SumSheet
    accounts: dict[int, str]

    def opened(self) -> None:
        """The sum as it would be is shown at once."""
        self._pause = Pause(self, self._work_out, _PAUSE_MS)
        self.sheet.asked.connect(self._pause.start)
        self._work_out()

    def _work_out(self) -> None:
        wanted = self.sheet.terms()
        if wanted is None:
            self.sheet.sum.clear("Type the day, and this says what will be collected.")
            return
        sheet = self.sheet
        self._asked = self.office.ask(
            self,
            queries.rehearse_terms,
            wanted,
            then=self._show,
            refused=lambda error: sheet.sum.clear(str(error), wrong=True),
            instead_of=self._asked,
        )

    def _show(self, found: Worked) -> None:
        self.sheet.show_worked(found, self.accounts)


def _with_days(ctx: Context, mandate_id: int) -> Any:
    """The schedule, and the days of the month that may be chosen."""
    return queries.of_mandate(ctx, mandate_id), keeping.day_options(ctx)


class TermsController(SumWork):
    """Another day or frequency."""

    asks = staticmethod(_with_days)
    saves = staticmethod(commands.change_terms)

    def make(self, found: tuple[ScheduleOf, tuple[int, ...]]) -> TermsSheet:
        """The sheet."""
        of, days = found
        self.accounts = dict(of.accounts)
        return TermsSheet(self.page, self.mandate_id, of, days, self.office.desk.clock.today())


class AgainController(SumWork):
    """One mandate's instalment worked out again."""

    def make(self, found: ScheduleOf) -> AgainSheet | str:
        """The sheet, where there is a schedule."""
        if found.schedule is None:
            return "The mandate has no schedule yet: say first how often and on which day it collects (Ctrl+Shift+D)."
        self.accounts = dict(found.accounts)
        return AgainSheet(self.page, self.mandate_id, found)

    def save(self, command: str) -> None:
        """Make the new version."""
        self.do(commands.recalculate, self.mandate_id, command)
