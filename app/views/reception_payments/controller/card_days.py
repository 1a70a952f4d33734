"""The provider's days: read, looked at, and what differs posted or explained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QObject

from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.reception_payments.cards.days import commands, jobs, queries
from app.services.reception_payments.cards.dto.days import DayRead, DayRow, DifferenceRow, DifferenceSettled
from app.services.reception_payments.desks import queries as desks
from app.views.common import formats
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.common.tasks import Task
from app.views.reception_payments.card_days import CardDaysPage
from app.views.reception_payments.card_sheets import ExplainSheet, PostTheirsSheet, ReadDaySheet


class CardDaysController(QObject):
    """Joins the section Card days to the services."""

    def __init__(self, office: Office) -> None:
        held = office.desk.officer.permissions
        self.page = CardDaysPage(may_read=Permission.LOAD_RECEIPTS in held, may_post=Permission.TAKE_PAYMENTS in held)
        super().__init__(self.page)
        self.office = office
        self._found: Sequence[DayRow] = ()
        self._asked: Task | None = None
        self._differing: Task | None = None
        self.page.refresh_wanted.connect(lambda _changes: self.refresh())
        self.page.asked.connect(lambda: self._show(self._found))
        self.page.day_chosen.connect(self._show_day)
        self.page.read_wanted.connect(self._read)
        self.page.post_wanted.connect(self._post)
        self.page.explain_wanted.connect(self._explain)

    def refresh(self) -> None:
        """List the days again."""
        self._asked = self.office.ask(self, queries.days, then=self._show, instead_of=self._asked)

    def _show(self, found: Sequence[DayRow]) -> None:
        self._found = found
        rows = self.page.found_among(found, lambda row: f"{formats.weekday(row.day)} {row.day:%d/%m/%Y}")
        self.page.show_rows(rows)
        self._show_day(self.page.table.row() if rows else None)

    def _show_day(self, row: DayRow | None) -> None:
        if row is None:
            self.page.card.show_day(None, ())
            return

        def show(found: Sequence[DifferenceRow]) -> None:
            self.page.card.show_day(row, found)

        self._differing = self.office.ask(self, queries.differences, row.day, then=show, instead_of=self._differing)

    def _read(self) -> None:
        clock = self.office.desk.clock
        _ReadWork(self.office, ReadDaySheet(self.page, clock.today, clock.today() - timedelta(days=1))).begin()

    def _post(self, row: DifferenceRow) -> None:
        def show(found: Sequence[Any]) -> None:
            offered = [(desk.name, desk.desk_id) for desk in found if desk.active]
            sheet = PostTheirsSheet(self.page, row, offered)

            def post(ctx: Context, desk_id: int) -> DifferenceSettled:
                return commands.post_theirs(ctx, row.difference_id, desk_id)

            open_sheet(self.office, sheet, post, sheet.command, "")

        self.office.ask(self, desks.desks, then=show)

    def _explain(self, row: DifferenceRow) -> None:
        sheet = ExplainSheet(self.page, row)

        def explain(ctx: Context, why: str) -> DifferenceSettled:
            return commands.explain(ctx, row.difference_id, why)

        open_sheet(self.office, sheet, explain, sheet.command, "")


class _ReadWork(SheetWork):
    """A day is read with progress; the sheet stays until it is there."""

    def __init__(self, office: Office, sheet: ReadDaySheet) -> None:
        super().__init__(office, sheet)
        self._made = sheet

    def make(self, _found: None) -> ReadDaySheet:
        """The sheet."""
        return self._made

    def save(self, command: date) -> None:
        """Read it."""
        self.office.job(self, jobs.reconcile, command, then=self.done, label="Reading the day", refused=self.refuse)

    def tell(self, saved: DayRead) -> None:
        """Say whether both agree."""
        (self.office.messages.good if saved.row.agrees else self.office.messages.warn)(saved.told)
