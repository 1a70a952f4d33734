"""The collections to come: by day, in a list, and those that their payers must still be told of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.models.values import ZERO
from app.services.direct_debits.notices.dto import KINDS, ListedNotice, Needed, Standing
from app.services.direct_debits.schedules.dto import (
    CollectionFilter,
    CollectionSort,
    CollectionView,
    DayTotal,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.facets import Choice, Facet
from app.views.common.listed_card import title_row
from app.views.common.page import Page
from app.views.common.paged_table import PagedTable, TableSpec
from app.views.common.parts import Card, action_button, column, label, scrolled
from app.views.common.rooms import Pane, Panes, Room
from app.views.common.short_names import shorter_names
from app.views.common.table_foot import ListFoot
from app.views.common.theme import scaled
from app.views.direct_debits.schedule import NOTICE_TONES, STATES, TONES, state_words

AHEAD: Final = 34
"""Days that the chart looks ahead: any two collection days of a month are in it."""
VIEWS: Final = {
    CollectionView.UNTOLD: "Needs notice",
    CollectionView.OVERDUE: "Overdue",
    CollectionView.BY_HAND: "Changed by hand",
    CollectionView.UNDER_WAY: "In a run",
    CollectionView.RETURNED: "Came back",
}
_LEAST_HEIGHT: Final = 560


def notice_of(each: ListedNotice) -> str:
    """What the payer was told of a collection; while its mandate is suspended nobody need be."""
    if each.row.waits:
        return ""
    if each.standing is Standing.TOLD and each.told_on is not None:
        return f"told, {formats.day(each.told_on)}"
    return NOTICE_SAID[each.standing]


NOTICE_SAID: Final = {
    Standing.WAITS: "letter not sent yet",
    Standing.LOST: "never arrived",
    Standing.UNTOLD: "not told",
    Standing.CHANGED: "changed since",
    Standing.SHORT: "too late",
    Standing.TOLD: "told",
    Standing.NONE: "",
}


FACETS: Final = (
    Facet(
        "view",
        "View",
        (
            *(Choice(view, words, quick=True) for view, words in VIEWS.items()),
            Choice(CollectionView.ALL, "Past ones too"),
        ),
        plain=True,
    ),
    Facet("states", "State", tuple(Choice(state, words) for state, words in STATES.items()), many=True),
    Facet("from_on", "Money moves from", day=True),
    Facet("to_on", "Money moves until", day=True),
)
_LINES: tuple[Column[ListedNotice], ...] = (
    Column(
        CollectionSort.DUE,
        "Day",
        lambda row: row.row.due_on,
        112,
        shown=lambda row: formats.weekday(row.row.due_on),
        sorts=True,
        firm=True,
        holds=Holds.DATE,
    ),
    Column(
        CollectionSort.PAYER,
        "Payer",
        lambda row: row.row.payer,
        160,
        sorts=True,
        floor=110,
        shorter=lambda row: shorter_names(row.row.payer),
    ),
    Column("account", "Account", lambda row: row.row.account, 104, firm=True),
    money_column(CollectionSort.AMOUNT, "Amount", lambda row: row.row.amount, 84, sorts=True, total=True),
    Column(
        "state",
        "State",
        lambda row: "Suspended" if row.row.waits else state_words(row.row.state, row.row.kind),
        104,
        tone=lambda row: "bad" if row.row.waits else TONES.get(row.row.state, ""),
        floor=70,
        least=2,
    ),
    Column("notice", "Notice", notice_of, 130, tone=lambda row: NOTICE_TONES.get(row.standing, ""), floor=90, least=1),
    Column(CollectionSort.REFERENCE, "Mandate", lambda row: row.row.reference, 130, sorts=True, least=3),
    Column("by_hand", "By hand", lambda row: row.row.by_hand, 130, spare=True),
    Column("planned_on", "Planned for", lambda row: row.row.planned_on, 92, holds=Holds.DATE, spare=True),
)
SPEC: TableSpec[ListedNotice] = TableSpec(
    key="direct_debits.collections",
    name="Collections",
    noun=("collection", "collections"),
    columns=_LINES,
    everything=CollectionFilter(),
    facets=FACETS,
    find="Reference, account, name or payer",
    sort=(CollectionSort.DUE, False),
    stretch=CollectionSort.PAYER,
    nothing="No collection is like that. Take a filter away, or try fewer words.",
    none="Nothing is to be collected. A mandate that is set up with a day plans its collections.",
    balance=False,
)
DAYS: tuple[Column[DayTotal], ...] = (
    Column("due_on", "Money moves on", lambda each: each.due_on, 130, shown=lambda each: formats.weekday(each.due_on)),
    Column("count", "Collections", lambda each: each.count, 84, right=True, holds=Holds.NUMBER, total=True),
    Column("told", "Notice given", lambda each: each.told, 96, right=True, holds=Holds.NUMBER, total=True),
    money_column("amount", "Amount", lambda each: each.amount, 100, total=True),
)


def about(need: Needed) -> str:
    """What the notice would tell; that one never arrived comes first."""
    return "Never arrived" if need.back else KINDS[need.kind]


NEEDED: tuple[Column[Needed], ...] = (
    Column("post_by", "Post by", lambda each: each.post_by, 92, holds=Holds.DATE, firm=True),
    Column("email_by", "Or tell by", lambda each: each.email_by, 92, holds=Holds.DATE, least=3),
    Column("payer", "Payer", lambda each: each.payer, 170, floor=150, shorter=lambda each: shorter_names(each.payer)),
    Column("kind", "About", about, 110, floor=90, least=1),
    Column("count", "Dates", lambda each: each.count, 52, right=True, holds=Holds.NUMBER, total=True, least=2),
    money_column("total", "Amount", lambda each: each.total, 92, total=True),
    Column("reference", "Mandate", lambda each: each.reference, 120, least=4),
)


class CollectionsSection(Page):
    """Collections.

    Attributes:
        list: every collection, with filters.
        chart: what comes by day; `needed`: whom to tell, by the last day for it.

    Signals:
        notice_wanted: give notice to all that need it, or to those chosen (`chosen`).
        recalculation_wanted: work out again whatever has changed.
        day_opened(date): list what is collected on a day.
        mandate_wanted(mandate_id): open a mandate.
    """

    notice_wanted = Signal()
    recalculation_wanted = Signal()
    day_opened = Signal(object)
    mandate_wanted = Signal(object)

    def __init__(self, *, keeps: bool) -> None:
        super().__init__("Collections", areas=frozenset({"direct_debits", "letters"}), help_topic="direct_debits")
        self.list = PagedTable(SPEC)
        series = (Series("Notice given", "brand"), Series("Not told yet", "warning"))
        title = "Next collections by day, in pounds"
        chart = BarChart(title, series, stacked=True)
        self.chart = ChartCard(title, chart, DAYS, "Nothing is collected in the next five weeks.")
        self.needed: ListModel[Needed] = ListModel(NEEDED, in_turn=True)
        self.table = DataTable("Payers to be told", self.needed, stretch="payer", empty="Every payer has been told.")
        self._heading = label("Payers to be told", "heading")
        self._said = label("", "muted", wrap=True)
        self._days: Sequence[DayTotal] = ()
        buttons = self._actions() if keeps else []
        self._arrange(buttons)
        self.chart.opened.connect(lambda at: self.day_opened.emit(self._days[at].due_on))
        self.table.opened.connect(lambda each: self.mandate_wanted.emit(each.mandate_id))
        self.add_key("Ctrl+F", "Find a collection", self._find)
        self.setFocusProxy(self.list.bar.text)

    def _actions(self) -> list[QPushButton]:
        notice: QAction = self.add_key(
            "Ctrl+Return", "Give notice", self.notice_wanted.emit, tip="Letters and e-mails for all that need notice"
        )
        again: QAction = self.add_key(
            "Ctrl+Shift+R",
            "Recalculate",
            self.recalculation_wanted.emit,
            tip="What would change if every instalment were worked out today",
        )
        return [
            action_button(again, icon="calculator"),
            action_button(notice, role="primary", icon="email-fast-outline"),
        ]

    def _arrange(self, buttons: list[QPushButton]) -> None:
        left = Card(margins=(0, 12, 0, 6))
        left.column.addLayout(title_row(label("Collections", "title"), buttons))
        left.column.addWidget(self.list, 1)
        needs = Card(margins=(0, 12, 0, 6))
        needs.column.addLayout(title_row(self._heading, ()))
        above = column(None, self._said)
        above.setContentsMargins(scaled(14), 0, scaled(14), 0)
        needs.column.addLayout(above)
        needs.column.addWidget(self.table, 1)
        needs.column.addWidget(ListFoot(self.table, ("payer", "payers"), tools=True))
        right = QWidget()
        right.setObjectName("canvas")
        halves = column(right, self.chart, needs, spacing=12)
        halves.setStretch(0, 4)
        halves.setStretch(1, 5)
        whole = Panes(Pane(left, 560, 860, 420), Pane(right, 400, 540, 620))
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(whole, _LEAST_HEIGHT))
        column(self, scrolled(inside))

    def show_days(self, found: Sequence[DayTotal]) -> None:
        """Show what comes by day."""
        self._days = tuple(found)
        total = sum((each.amount for each in found), ZERO)
        count = sum(each.count for each in found)
        said = f"{formats.count(count, 'collection')}, {total}" if found else ""
        self.chart.show_figures(self._days, [_bar(each) for each in found], said)

    def show_needed(self, found: Sequence[Needed], today: date) -> None:
        """Show whom to tell, the most urgent first."""
        self.needed.show_rows(found)
        late = sum(each.email_by < today for each in found)
        words = f"{formats.count(late, 'payer')} can't be told in time of the first one." if late else ""
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def chosen(self) -> tuple[int, ...]:
        """The mandates of the payers to be told that are chosen, where more than one is; none means all."""
        ids = [self.needed.rows[at].mandate_id for first, last in self.table.places() for at in range(first, last + 1)]
        return tuple(dict.fromkeys(ids)) if len(ids) > 1 else ()

    def show_day(self, on: date) -> None:
        """List what is collected on a day."""
        self.list.bar.ask(CollectionFilter(from_on=on, to_on=on))

    def _find(self) -> None:
        self.list.bar.text.setFocus()
        self.list.bar.text.selectAll()


def _bar(each: DayTotal) -> Bar:
    """The money of a day, in pounds: what its payers were told of, and what they weren't."""
    told = each.told_amount.pence / 100
    left = each.count - each.told
    words = f"{formats.weekday(each.due_on)}: {formats.count(each.count, 'collection')}, {each.amount}"
    words += f", {left:,} not told yet" if left else ""
    return Bar(
        f"{each.due_on.day} {formats.month(each.due_on)}", (told, (each.amount - each.told_amount).pence / 100), words
    )
