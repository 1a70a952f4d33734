"""The figures of Direct Debit: what stands and comes, what came by the months, and the mandates and accounts to look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import MandateState, Money, Subject
from app.services.direct_debits.figures.dto import (
    DayOfCollections,
    DebitFigures,
    MandateToSee,
    MonthCollected,
    OwingAccount,
    ReasonReturned,
    TakeUp,
)
from app.services.direct_debits.mandates.dto import VIEWS, MandateFilter, MandateView
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.figures_page import FiguresPage
from app.views.common.parts import Figure, button, column, label
from app.views.common.short_names import shorter_names
from app.views.common.theme import scaled

_LISTS: Final = (
    (VIEWS[MandateView.LIVE], MandateFilter(view=MandateView.LIVE)),
    ("Lodged", MandateFilter(states=frozenset({MandateState.LODGED}))),
    (VIEWS[MandateView.TO_LODGE], MandateFilter(view=MandateView.TO_LODGE)),
    ("Suspended", MandateFilter(states=frozenset({MandateState.SUSPENDED}))),
    (VIEWS[MandateView.SUSPENDED], MandateFilter(view=MandateView.SUSPENDED)),
    (VIEWS[MandateView.DORMANT_SOON], MandateFilter(view=MandateView.DORMANT_SOON)),
)
_SUMS: Final = (*(name for name, _ in _LISTS), "Take-up")
_MONTHS: Final = "Collected and returned by month"
_COUNTED: Final = (
    "Of the rent accounts of tenancies that were current on the day, those that a live mandate paid then, each once;"
    " by the accounts that each mandate pays today. Garages and other accounts are not counted."
)
_HIGH: Final = 170


def _count(key: str, title: str, value: Any, width: int = 84, *, total: bool = True) -> Column[Any]:
    return Column(key, title, value, width, right=True, holds=Holds.NUMBER, total=total)


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} %"


def _month(on: date) -> str:
    return f"{formats.month(on)} {on.year}"


MONTHS: tuple[Column[MonthCollected], ...] = (
    Column("month", "Month", lambda each: each.month_on, 90, shown=lambda each: _month(each.month_on)),
    _count("collected", "Collected", lambda each: each.collected.count),
    money_column("collected_total", "Amount", lambda each: each.collected.total, 100, total=True),
    _count("returned", "Came back", lambda each: each.returned.count),
    money_column("returned_total", "Amount back", lambda each: each.returned.total, 100, total=True),
    Column(
        "share", "Back, %", lambda each: each.share, 70, shown=lambda each: _percent(each.share), right=True, least=1
    ),
)
_TAKE_UP: tuple[Column[TakeUp], ...] = (
    Column("on", "On", lambda each: each.on, 110, shown=lambda each: formats.day(each.on)),
    _count("paying", "Accounts paid by Direct Debit", lambda each: each.paying, 200, total=False),
    _count("accounts", "Of rent accounts", lambda each: each.accounts, 120, total=False),
    Column("rate", "Take-up", lambda each: each.rate, 84, shown=lambda each: _percent(each.rate), right=True),
)
_DAYS: tuple[Column[DayOfCollections], ...] = (
    Column("on", "Money moves on", lambda each: each.on, 150, shown=lambda each: formats.weekday(each.on)),
    _count("count", "Collections", lambda each: each.count),
    _count("again", "Of them again", lambda each: each.again, 100),
    money_column("total", "Amount", lambda each: each.total, 110, total=True),
)
_RETURNED: tuple[Column[ReasonReturned], ...] = (
    Column("code", "Code", lambda each: each.code, 56),
    Column("words", "Reason", lambda each: each.words, 260, floor=150),
    _count("count", "Came back", lambda each: each.count),
    money_column("total", "Amount", lambda each: each.total, 110, total=True),
)
_OWING: tuple[Column[OwingAccount], ...] = (
    Column("reference", "Account", lambda each: each.reference, 110, firm=True),
    Column("name", "Name", lambda each: each.name, 220, floor=130, shorter=lambda each: shorter_names(each.name)),
    money_column("balance", "Balance", lambda each: each.balance, 110, balance=True, total=True),
    Column("method", "Pays by", lambda each: formats.method(each.method), 140, floor=90),
)


def _mandates(since: str, until: str) -> tuple[Column[MandateToSee], ...]:
    return (
        Column("reference", "Mandate", lambda each: each.reference, 150, firm=True),
        Column("account", "Account", lambda each: each.account, 100, firm=True),
        Column(
            "payer", "Payer", lambda each: each.payer, 170, floor=110, shorter=lambda each: shorter_names(each.payer)
        ),
        Column("since", since, lambda each: each.since, 110),
        Column("until", until, lambda each: each.until, 110),
        Column("why", "Why", lambda each: each.why, 220, floor=110, least=1),
    )


class FiguresSection(FiguresPage):
    """Figures.

    Signals:
        day_opened(date): the collections of a day.
        returned_opened: what came back.
        record_opened(Subject, int): a mandate or an account.
        mandates_opened(MandateFilter): the mandates that a figure counts.
    """

    day_opened = Signal(object)
    returned_opened = Signal()
    record_opened = Signal(object, int)
    mandates_opened = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        series = (Series("Collected", "brand"), Series("Came back", "warning"))
        chart = ChartCard(_MONTHS, BarChart(_MONTHS, series), MONTHS, "Nothing was collected in this time.")
        super().__init__(
            "Figures of Direct Debit",
            "direct_debits",
            today,
            days=364,
            sums=_SUMS,
            chart=chart,
            heading="Figures",
        )
        self.as_at = today()
        for figure, (name, wanted) in zip(self._sums, _LISTS, strict=False):
            self._link(figure, "List", f"List: {name.lower()}", partial(self.mandates_opened.emit, wanted))
        self._link(self._sums[-1], "By month", "Take-up by month", partial(self.parts.open_part, 0))
        self.take_up = BarChart("Take-up by month, per cent", (Series("Take-up", "brand"),))
        self.by_day = BarChart("Planned by day, in pounds", (Series("Planned", "brand"),))
        self._days: Sequence[DayOfCollections] = ()
        table = self._add("Take-up", _TAKE_UP, "on", "There are no rent accounts.", self.take_up, _COUNTED)
        table.setAccessibleDescription(_COUNTED)
        days = self._add("Next collections", _DAYS, "on", "Nothing is planned in the next five weeks.", self.by_day)
        back = self._add("Returned this month", _RETURNED, "words", "Nothing came back this month.")
        alone = self._add("Left suspended", _mandates("Suspended", "Look by"), "why", "None was left suspended.")
        lapsing = self._add("Dormant soon", _mandates("Last seen", "Lapses"), "why", "None will soon be dormant.")
        owing = self._add("Owing, no mandate", _OWING, "name", "Every account that owes is paid by Direct Debit.")
        days.opened.connect(lambda each: self.day_opened.emit(each.on))
        self.by_day.opened.connect(lambda at: self.day_opened.emit(self._days[at].on))
        back.opened.connect(lambda _each: self.returned_opened.emit())
        for each in (alone, lapsing):
            each.opened.connect(lambda row: self.record_opened.emit(Subject.MANDATE, row.mandate_id))
        owing.opened.connect(lambda row: self.record_opened.emit(Subject.ACCOUNT, row.account_id))

    def in_words(self) -> tuple[str, ...]:
        """The day that they were counted on and the span of the months, for an export and a print."""
        from_on, to_on = self.days
        return (
            f"As at {formats.day(self.as_at)}; months from {formats.day(from_on)} to {formats.day(to_on)}",
            f"Take-up: {_COUNTED[:1].lower()}{_COUNTED[1:]}",
        )

    def show_report(self, found: DebitFigures) -> None:
        """Show the figures."""
        stands, self.as_at, self._days = found.standing, found.as_at, found.days
        rate = found.take_up[0].rate if found.take_up else None
        sums = (
            f"{stands.live:,}",
            f"{stands.lodged:,}",
            f"{stands.waiting:,}",
            f"{stands.suspended:,}",
            f"{stands.left_alone:,}",
            f"{stands.dormant_soon:,}",
            _percent(rate) or "none",
        )
        tables = (found.take_up, found.days, found.returned, found.left_alone, found.dormant_soon, found.owing)
        self.show_figures((found.from_on, found.to_on), _said(found), sums, tables)
        self.chart.show_figures(found.months, [_bar(each) for each in reversed(found.months)], "")
        self.take_up.show_bars([_rated(each) for each in reversed(found.take_up)])
        self.by_day.show_bars([_planned(each) for each in found.days])

    def _link(self, figure: Figure, words: str, name: str, opens: Callable[[], object]) -> None:
        """Under a figure, a way to what it counts."""
        made = button(words, role="link")
        made.setAccessibleName(name)
        made.clicked.connect(lambda _on=False: opens())
        layout = figure.layout()
        assert layout is not None
        layout.addWidget(made)

    def _add(
        self,
        title: str,
        columns: tuple[Column[Any], ...],
        stretch: str,
        empty: str,
        chart: BarChart | None = None,
        about: str = "",
    ) -> DataTable:
        """A tab with a table, a chart over it where there is one, and what is counted under that."""
        model: ListModel[Any] = ListModel(columns)
        table = DataTable(f"{title} of Direct Debit", model, stretch=stretch, empty=empty)
        if chart is None:
            self.add_table(title, table, model)
            return table
        self.models.append(model)
        table.shown = self.in_words
        chart.setMinimumHeight(scaled(_HIGH))
        inside = QWidget()
        inside.setObjectName("canvas")
        said = [label(about, "muted", wrap=True)] if about else []
        shares = column(inside, chart, *said, table, spacing=6, margin=8)
        shares.setStretch(0, 2)
        shares.setStretch(1 + len(said), 3)
        self.parts.add_part(title, inside)
        return table


def _said(found: DebitFigures) -> str:
    late = found.standing.overdue
    words = f"As at {formats.day(found.as_at)}"
    return f"{words}; {formats.count(late.count, 'collection')} of {late.total} overdue" if late.count else words


def _bar(each: MonthCollected) -> Bar:
    words = f"{_month(each.month_on)}: {each.collected.total} collected, {each.returned.total} came back"
    return Bar(
        f"{formats.month(each.month_on)} {each.month_on:%y}", _pounds(each.collected.total, each.returned.total), words
    )


def _rated(each: TakeUp) -> Bar:
    words = f"{formats.day(each.on)}: {_percent(each.rate) or 'no accounts'}, {each.paying:,} of {each.accounts:,}"
    return Bar(f"{formats.month(each.on)} {each.on:%y}", (each.rate or 0.0,), words)


def _planned(each: DayOfCollections) -> Bar:
    words = f"{formats.weekday(each.on)}: {formats.count(each.count, 'collection')}, {each.total}"
    return Bar(f"{each.on.day} {formats.month(each.on)}", _pounds(each.total), words)


def _pounds(*amounts: Money) -> tuple[float, ...]:
    return tuple(each.pence / 100 for each in amounts)
