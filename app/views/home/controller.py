"""What the Home page does: asks for its cards one after the other, and works on tasks."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from app.models.values import AccountKind, Subject
from app.services.core.changes import Changes
from app.services.core.later import Later
from app.services.core.permissions import Permission
from app.services.diary import queries as diary
from app.services.diary.dto import Shown, TaskFilter, Whose
from app.services.home import queries
from app.services.home.cards import Card, cards
from app.services.home.dto import Band, Load, Opens, Week
from app.services.rent.listed_dto import AccountFilter
from app.views.common import formats
from app.views.common.chart import load_library
from app.views.common.office import Office, is_running
from app.views.common.task_work import TaskWork
from app.views.common.tasks import Task
from app.views.home.page import HomePage

if TYPE_CHECKING:
    from app.services.jobs.dto import DayMade

_CHARTS_AFTER_MS: Final = 300
"""The charts' library is loaded when the tasks and cards are there to be worked with."""
_DAY_CHECK_MS: Final = 10 * 60 * 1_000
_MAKE_DAY: Final = Later("app.services.jobs.background", "make_day")
_FIGURES: Final = frozenset({"ledger", "charges", "rent", "diary", "home"})


class HomeController(QObject):
    """Joins the Home page to the services."""

    def __init__(self, office: Office) -> None:
        self._cards = {card.key: card for card in cards()}
        held = office.desk.officer.permissions
        may_change = Permission.KEEP_TASKS in held
        self.page = HomePage(
            [(card.key, card.title, card.empty) for card in self._cards.values()], may_change=may_change
        )
        super().__init__(self.page)
        self._office = office
        self._may_change = may_change
        self._listing: Task | None = None
        self._drawing: Task | None = None
        self._library: Task | None = None
        self._made_on: date | None = None
        self.work = TaskWork(self.page, office)
        self._join()

    def open_record(self, _subject: Subject, task_id: int) -> None:
        """Show a task that was found."""

        def show(found: object) -> None:
            self.work.open(found.row)  # type: ignore[attr-defined]

        self._office.ask(self, diary.task, task_id, then=show)

    def show_only(self, wanted: TaskFilter) -> None:
        """List these tasks."""
        self.page.tasks.show_filter(wanted)

    def _join(self) -> None:
        page, work = self.page, self.work
        page.refresh_wanted.connect(self._refresh)
        page.tasks.filter_changed.connect(lambda _wanted: self._ask_tasks())
        page.new_wanted.connect(work.new)
        page.open_wanted.connect(work.open)
        page.done_wanted.connect(work.finish)
        page.hand_over_wanted.connect(work.hand_over)
        page.later_wanted.connect(work.later)
        page.take_wanted.connect(work.take)
        page.card_opened.connect(self._open)
        page.band_opened.connect(self._open_band)
        page.week_opened.connect(self._open_week)
        page.load_opened.connect(self._open_load)
        for chart in page.charts():
            chart.library_wanted.connect(self._load_library)
        self._later = QTimer(self, singleShot=True, interval=_CHARTS_AFTER_MS)
        self._later.timeout.connect(self._ask_figures)
        day = QTimer(self, interval=_DAY_CHECK_MS)
        day.timeout.connect(self._make_due)
        day.start()

    def _refresh(self, changes: Changes) -> None:
        if "diary" in changes.areas:
            self._ask_tasks()
        for card in self._cards.values():
            if card.areas & changes.areas:
                self._ask_card(card)
        if changes.areas & _FIGURES:
            self._later.start()
        self._make_due()

    def _make_due(self) -> None:
        """Once a day, make the recurring tasks that are wanted and note which holds ended; the first to come does so for all."""
        today = self._office.desk.clock.today()
        if not self._may_change or self._made_on == today or not self.page.isVisible():
            return
        self._made_on = today

        self._office.job(self, _MAKE_DAY, then=self._tell_day, label="")

    def _tell_day(self, result: DayMade) -> None:
        if result.tasks and result.tasks.count:
            self._office.messages.info(f"{formats.count(result.tasks.count, 'recurring task')} came up.")
        if result.ended and result.ended.ended:
            count = formats.count(len(result.ended.ended), "hold")
            self._office.messages.info(f"{count} ended: a task on each account says what goes on again.")

    def _ask_tasks(self) -> None:
        self._listing = self._office.ask(
            self, diary.tasks, self.page.tasks.wanted, then=self.page.tasks.show_tasks, instead_of=self._listing
        )
        self._office.ask(self, diary.counts, then=self.page.tasks.show_counts)

    def _ask_card(self, card: Card) -> None:
        self._office.ask(self, queries.card, card.key, then=partial(self.page.show_card, card.key))

    def _ask_figures(self) -> None:
        """The charts, unless the officer has gone to another page meanwhile: then when they are back."""
        if not self.page.isVisible():
            self.page.take_changes(Changes(_FIGURES))
            return
        self._drawing = self._office.ask(self, queries.figures, then=self.page.show_figures, instead_of=self._drawing)

    def _load_library(self) -> None:
        if is_running(self._library):
            return

        def draw(_loaded: object) -> None:
            for chart in self.page.charts():
                chart.draw()

        self._library = self._office.elsewhere(self, load_library, then=draw)

    # What opens what

    def _open(self, opens: Opens) -> None:
        if opens.subject is not None:
            self._office.open_record(opens.subject, opens.subject_id)
        else:
            self._office.show_only(opens.area, opens.wanted)

    def _open_band(self, band: Band) -> None:
        wanted = AccountFilter(
            kinds=frozenset({AccountKind.RENT}),
            live=True,
            owing=True,
            at_least=band.at_least or None,
            below=band.below,
        )
        self._office.show_only("rent", wanted)

    def _open_week(self, week: Week) -> None:
        self._office.show_only("charges", week.week)

    def _open_load(self, load: Load) -> None:
        wanted = TaskFilter(Whose.ALL, Shown.OPEN, officer_id=load.officer_id)
        if load.officer_id is None:
            wanted = TaskFilter(Whose.TEAM, Shown.OPEN)
        self.page.tasks.show_filter(wanted, load.name if load.officer_id is not None else "")
        self.page.tasks.table.setFocus()
