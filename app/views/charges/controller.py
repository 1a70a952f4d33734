"""What the Weekly charge page does: rehearses a week, posts it and those before it that are due."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject

from app.services.charges import jobs, queries
from app.services.charges.dto import ChargeResult, Rehearsal
from app.services.core.calendars import WEEK
from app.services.core.errors import UserError
from app.views.charges.dialogs import PostSheet
from app.views.charges.page import ChargesPage
from app.views.common import formats
from app.views.common.office import Office
from app.views.common.tasks import Task

_AREAS = frozenset({"charges", "ledger", "rent"})


class ChargesController(QObject):
    """Joins the Weekly charge page to the services."""

    def __init__(self, office: Office) -> None:
        self.page = ChargesPage(office.desk.clock.today())
        super().__init__(self.page)
        self._office = office
        self._asked: Task | None = None
        self._week: date | None = None
        self.page.week_wanted.connect(self.rehearse)
        self.page.post_wanted.connect(self._ask_to_post)
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())

    def rehearse(self, week: date) -> None:
        """Work the week out and show it; nothing is posted."""
        self._week = week
        self._asked = self._office.ask(
            self,
            queries.rehearse,
            week,
            then=self._rehearsed,
            refused=self._refused,
            busy=self.page.work.on("Working out the week …"),
            label="Rehearsing the week",
            instead_of=self._asked,
        )
        self._asked.cancelled.connect(self.page.show_waiting)

    def show_only(self, week: date) -> None:
        """Show this week."""
        self.page.show_week(week)
        self.rehearse(week)

    def _refresh(self) -> None:
        self._office.ask(self, queries.charged_weeks, then=self.page.show_weeks)
        if self._week is None:
            self._office.ask(self, queries.next_week, then=self._begin)
        else:
            self.rehearse(self._week)

    def _begin(self, week: date | None) -> None:
        """Rehearse the week that is due; where every week that may be is charged, show the last of them."""
        today = self._office.desk.clock.today()
        due = week or today
        self.rehearse(due if due <= today + WEEK else due - WEEK)

    def _rehearsed(self, found: Rehearsal) -> None:
        self._week = found.week
        self.page.show_week(found.week)
        self.page.show_rehearsal(found)

    def _refused(self, error: UserError) -> None:
        self.page.show_waiting()
        self._office.messages.bad(error)

    def _ask_to_post(self, week: date) -> None:
        def ask(due: tuple[date, ...]) -> None:
            if not due:
                self._office.messages.info("That week is charged already, and so is every week before it.")
                return
            sheet = PostSheet(self.page, due)
            sheet.confirmed.connect(lambda: self._post(week, sheet))
            sheet.open()

        self._office.ask(self, queries.weeks_due, week, then=ask)

    def _post(self, week: date, sheet: PostSheet) -> None:
        sheet.close()
        self._office.job(
            self,
            jobs.catch_up,
            week,
            then=self._posted,
            label="Charging",
            refused=self._refused,
            busy=self.page.work.on("Charging …"),
            changes=_AREAS,
        )

    def _posted(self, results: tuple[ChargeResult, ...]) -> None:
        new = [result for result in results if not result.duplicate]
        if not new:
            self._office.messages.info("That week is charged already; nothing was posted.")
            return
        last = new[-1]
        weeks = (
            f"the week of {formats.day(last.week)}"
            if len(new) == 1
            else f"{len(new)} weeks to {formats.day(last.week)}"
        )
        lines = sum(result.lines for result in new)
        self._office.messages.good(f"Charged {weeks}: {formats.count(lines, 'line')} posted.")
