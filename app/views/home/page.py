"""The Home page: my tasks, what waits for me, how the runs stand, and the charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.models.values import Money
from app.services.diary.dto import TaskRow, TaskState
from app.services.home.dto import Band, CardLine, Figures, Load, Week
from app.views.common import formats
from app.views.common.bars import BarChart
from app.views.common.boxes import VBox
from app.views.common.chart_card import ChartCard
from app.views.common.page import Page
from app.views.common.parts import column, scrolled
from app.views.common.theme import scaled
from app.views.home import table
from app.views.home.cards import LinesCard
from app.views.home.tasks_card import TasksCard

_ABREAST = 1_080
"""A narrower page, in pixels at 100 per cent, has its cards under each other."""
AREAS = frozenset(
    {"diary", "approvals", "drafts", "charges", "ledger", "statements", "admin", "rent", "home", "letters", "documents"}
)


class HomePage(Page):
    """Home.

    Signals:
        new_wanted, open_wanted(TaskRow), done_wanted(list), hand_over_wanted(list), later_wanted(list),
        take_wanted(list): what the officer wants done with the chosen tasks.
        card_opened(Opens): a line of a card.
        band_opened(Band), week_opened(Week), load_opened(Load): a bar of a chart.
    """

    new_wanted = Signal()
    open_wanted = Signal(object)
    done_wanted = Signal(list)
    hand_over_wanted = Signal(list)
    later_wanted = Signal(list)
    take_wanted = Signal(list)
    card_opened = Signal(object)
    band_opened = Signal(object)
    week_opened = Signal(object)
    load_opened = Signal(object)

    def __init__(self, cards: Sequence[tuple[str, str, str]], *, may_change: bool) -> None:
        super().__init__("Home", areas=AREAS, help_topic="home")
        self._may_change = may_change
        new = self.add_key("Ctrl+N", "New task", self.new_wanted.emit)
        done = self._task_key("Ctrl+Return", "Done", self.done_wanted, "Finish the chosen tasks", "Ctrl+Enter")
        hand_over = self._task_key("Ctrl+H", "Hand over", self.hand_over_wanted, "Give the chosen tasks to somebody")
        later = self._task_key("Ctrl+L", "Later", self.later_wanted, "Put the chosen tasks off")
        take = self._task_key("Ctrl+T", "Take", self.take_wanted, "Take the chosen tasks for yourself")
        self._task_actions: tuple[QAction, ...] = (done, hand_over, later, take)
        icons = (
            (hand_over, "account-arrow-right-outline"),
            (later, "clock-outline"),
            (take, "hand-back-right-outline"),
        )
        self.tasks = TasksCard(done, icons, new)
        self.tasks.table.opened.connect(self._open)
        self.tasks.chosen_changed.connect(self._follow_choice)
        self.add_key("Ctrl+F", "Find a task", self.tasks.search.setFocus)
        self.tell_key("Enter", "Open the task")
        new.setEnabled(may_change)
        self.cards = {key: LinesCard(title, empty) for key, title, empty in cards}
        for card in self.cards.values():
            card.opened.connect(self.card_opened)
        self._bands: tuple[Band, ...] = ()
        self._weeks: tuple[Week, ...] = ()
        self._loads: tuple[Load, ...] = ()
        self._make_charts()
        self._arrange()
        self.setFocusProxy(self.tasks.table)
        self._follow_choice()

    def show_card(self, key: str, lines: tuple[CardLine, ...]) -> None:
        """Show the lines of one card."""
        self.cards[key].show_lines(lines)

    def show_figures(self, found: Figures) -> None:
        """Draw the charts."""
        self._bands, self._weeks, self._loads = found.arrears, found.weeks, found.workload
        owing = [band for band in found.arrears if band.accounts]
        accounts = sum(band.accounts for band in owing)
        owed = Money(sum(band.owed.pence for band in owing))
        self.arrears.show_figures(
            found.arrears,
            [table.arrears_bar(each) for each in found.arrears] if owing else [],
            f"{owed}, {formats.count(accounts, 'account')}" if owing else "",
        )
        moved = any(week.charged or week.received for week in found.weeks)
        self.collection.show_figures(
            found.weeks, [table.week_bar(each) for each in found.weeks] if moved else [], table.collected(found.weeks)
        )
        late = sum(load.overdue for load in found.workload)
        self.workload.show_figures(
            found.workload, [table.load_bar(each) for each in found.workload], f"{late:,} overdue" if late else ""
        )

    def charts(self) -> tuple[BarChart, ...]:
        """The charts, for the library that draws them."""
        return (self.arrears.chart, self.collection.chart, self.workload.chart)

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """Put the cards under each other where the page is narrow; it then scrolls."""
        direction = QBoxLayout.Direction
        narrow = self.width() < scaled(_ABREAST)
        for across in (self._upper, self._lower):
            across.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self.tasks.setMinimumHeight(scaled(380))

    def _task_key(self, keys: str, does: str, signal: SignalInstance, tip: str, *more: str) -> QAction:
        return self.add_key(keys, does, lambda: signal.emit(self.tasks.chosen()), tip=tip, more=more)

    def _follow_choice(self) -> None:
        chosen = self.tasks.chosen()
        usable = self._may_change and bool(chosen) and all(each.state is TaskState.OPEN for each in chosen)
        for action in self._task_actions:
            action.setEnabled(usable)

    def _open(self, task: object) -> None:
        if isinstance(task, TaskRow):
            self.open_wanted.emit(task)

    def _make_charts(self) -> None:
        self.arrears = ChartCard(
            "Current arrears by amount owed",
            BarChart("Current arrears by amount owed", table.ACCOUNTS),
            table.ARREARS,
            "No current tenant owes anything.",
        )
        self.collection = ChartCard(
            "Charged and received by week, pounds",
            BarChart("Charged and received by week", table.MONEY),
            table.COLLECTION,
            "Nothing was charged or received in the last weeks.",
        )
        self.workload = ChartCard(
            "Open tasks",
            BarChart("Open tasks", table.TASKS, stacked=True, lying=True),
            table.WORKLOAD,
            "Nobody has an open task.",
        )
        opens: tuple[tuple[ChartCard, Callable[[int], object]], ...] = (
            (self.arrears, lambda at: self.band_opened.emit(self._bands[at])),
            (self.collection, lambda at: self.week_opened.emit(self._weeks[at])),
            (self.workload, lambda at: self.load_opened.emit(self._loads[at])),
        )
        for card, slot in opens:
            card.opened.connect(slot)

    def _arrange(self) -> None:
        side = VBox()
        side.setSpacing(scaled(12))
        for card in self.cards.values():
            side.addWidget(card)
        side.addStretch(1)
        self._upper, self._lower = (
            _across((self.tasks, 5), (side, 2)),
            _across((self.arrears, 1), (self.collection, 1), (self.workload, 1)),
        )
        inside = QWidget()
        inside.setObjectName("canvas")
        whole = column(inside, self._upper, self._lower, spacing=12)
        whole.setStretch(0, 3)
        whole.setStretch(1, 2)
        column(self, scrolled(inside), margin=14)


def _across(*items: tuple[object, int]) -> QBoxLayout:
    made = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    made.setSpacing(scaled(12))
    for item, stretch in items:
        if isinstance(item, QWidget):
            made.addWidget(item, stretch)
        elif isinstance(item, QBoxLayout):
            made.addLayout(item, stretch)
    return made
