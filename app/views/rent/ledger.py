"""The middle of the Accounts page: the ledger, the sums by week, notes and documents of the account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.values import CodeKind
from app.services.core.calendars import RentYear
from app.services.ledger.dto import Explanation, LedgerPage
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.forms import choice_field, date_field, date_of
from app.views.common.parts import column, label
from app.views.common.tabbed_card import TabbedCard
from app.views.common.table_foot import ListFoot
from app.views.common.theme import scaled
from app.views.rent.table import LEDGER, WEEKS, LedgerRow, ledger_rows


class Span(StrEnum):
    """The days of the ledger that are shown."""

    RENT_YEAR = "This rent year"
    TWELVE_MONTHS = "Last 12 months"
    ALL = "Everything"
    DATES = "From and to"


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """The days (both inclusive, None for no end) and kinds (None for all) that are shown."""

    from_on: date | None
    to_on: date | None
    kinds: frozenset[CodeKind] | None


_KINDS: list[tuple[str, object]] = [
    ("All kinds", None),
    ("Charges", frozenset({CodeKind.CHARGE})),
    ("Money in", frozenset({CodeKind.RECEIPT})),
    ("Adjustments", frozenset({CodeKind.ADJUSTMENT, CodeKind.TRANSFER, CodeKind.WRITE_OFF})),
]


class LedgerCard(TabbedCard):
    """Tabs of one account; the ledger first.

    Signals:
        filter_changed(LedgerFilter): other days or kinds are wanted.
        line_opened(LedgerRow): Enter on a line.
    """

    filter_changed = Signal(object)
    line_opened = Signal(object)

    def __init__(self, today: date, year_of: Callable[[date], RentYear]) -> None:
        super().__init__("Parts of the account")
        self._today = today
        self._year_of = year_of
        self.span = choice_field([(each.value, each) for each in Span], "Days shown")
        self.kinds = choice_field(_KINDS, "Kinds shown")
        self.from_on = date_field(today, "From")
        self.to_on = date_field(today, "To")
        self._dates = (self.from_on, label("to", "muted"), self.to_on)
        self.lines: ListModel[LedgerRow] = ListModel(LEDGER, in_turn=True)
        self.about = ""
        self.table = DataTable("Ledger", self.lines, stretch="what", empty="No lines for these days and kinds.")
        self.table.title = lambda: f"Ledger of {self.about}"
        self.table.shown = self.in_words
        self.weeks = ListModel(WEEKS, in_turn=True)
        self.weeks_table = DataTable(
            "Sums by week", self.weeks, stretch="week_on", empty="Nothing was charged or paid in these weeks."
        )
        self.weeks_table.title = lambda: f"Sums by week of {self.about}"
        self.table.opened.connect(self.line_opened)
        for field in (self.span, self.kinds, self.from_on, self.to_on):
            field.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        filters = FlowLayout(across=6)
        for shown in (self.span, self.kinds, *self._dates):
            filters.addWidget(shown)
        filters.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        lines = QWidget()
        column(lines, filters, self.table, ListFoot(self.table, ("line", "lines")), spacing=4).setStretch(1, 1)
        self.add_part("Ledger", lines)
        self.add_part("By week", self.weeks_table)
        self.span.currentIndexChanged.connect(self._changed)
        self.kinds.currentIndexChanged.connect(self._changed)
        for field in (self.from_on, self.to_on):
            field.dateChanged.connect(self._changed)
        self._show_dates()

    def wanted(self) -> LedgerFilter:
        """The days and kinds asked for."""
        span = self.span.value()
        kinds = self.kinds.value()
        if span is Span.DATES:
            return LedgerFilter(date_of(self.from_on), date_of(self.to_on), kinds)
        if span is Span.ALL:
            return LedgerFilter(None, None, kinds)
        if span is Span.TWELVE_MONTHS:
            return LedgerFilter(_year_before(self._today), None, kinds)
        return LedgerFilter(self._year_of(self._today).first_week_on, None, kinds)

    def in_words(self) -> tuple[str, ...]:
        """The days and kinds that are shown."""
        wanted, kinds = self.wanted(), self.kinds.currentText()
        days = self.span.currentText()
        if self.span.value() is Span.DATES:
            days = f"From {formats.day(wanted.from_on)} to {formats.day(wanted.to_on)}"
        elif wanted.from_on is not None:
            days = f"{days}, from {formats.day(wanted.from_on)}"
        return (f"{days}; {kinds.lower()}",)

    def show_ledger(self, page: LedgerPage) -> None:
        """Show the lines, newest first."""
        self.lines.show_rows(ledger_rows(page, self._year_of))
        self.table.scrollToTop()

    def show_weeks(self, found: Explanation) -> None:
        """Show what each week did, newest first."""
        self.weeks.show_rows(tuple(reversed(found.weeks)))
        self.weeks_table.hide_empty_columns()

    def clear(self) -> None:
        """No account is open."""
        self.lines.show_rows(())
        self.weeks.show_rows(())

    def line(self) -> LedgerRow | None:
        """The line that the officer is on."""
        found = self.table.row()
        return found if isinstance(found, LedgerRow) else None

    def _changed(self) -> None:
        self._show_dates()
        self.filter_changed.emit(self.wanted())

    def _show_dates(self) -> None:
        chosen = self.span.value() is Span.DATES
        for widget in self._dates:
            widget.setVisible(chosen)


def _year_before(today: date) -> date:
    """The same day a year ago; 28 February for 29 February."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return today.replace(year=today.year - 1, day=28)
