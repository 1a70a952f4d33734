"""The Weekly charge page: the week's charge as it would be posted, exceptions first."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.models.values import Money
from app.services.charges.dto import ChargedWeek, ChargeException, CodeTotal, Difference, GroupTotal, Rehearsal
from app.views.charges.table import CODES, DIFFERENCES, EXCEPTIONS, GROUPS, WEEKS, signed
from app.views.common import formats
from app.views.common.columns import ListModel, R
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.forms import date_field, date_of
from app.views.common.page import Page
from app.views.common.parts import (
    Card,
    Figure,
    SideCard,
    action_button,
    column,
    label,
    pill,
    restyle,
    row,
    scrolled,
)
from app.views.common.rooms import Beside, Room
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled
from app.views.common.under_way import UnderWay

_REHEARSE = "Rehearse a week first."
_LEAST_PARTS = 200
_SAME = "Every account is charged what it was charged the week before."


class ChargesPage(Page):
    """Weekly charge.

    Signals:
        week_wanted(date): rehearse the week of this day.
        post_wanted(date): post it, and the weeks before it that are due.

    Keys: Ctrl+R rehearse, Ctrl+Enter post, Ctrl+W the week.
    """

    week_wanted = Signal(object)
    post_wanted = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__("Weekly charge", areas=frozenset({"charges", "ledger"}), help_topic="charges")
        self.week = date_field(today, "Week of")
        self.weeks: ListModel[ChargedWeek] = ListModel(WEEKS)
        self.weeks_table = DataTable(
            "Weeks charged", self.weeks, stretch="total", empty="No week has been charged yet."
        )
        self._about = ""
        self._words = ""
        self._may_post = False
        self.work = UnderWay(self._show_work)
        self.exceptions: ListModel[ChargeException] = ListModel(EXCEPTIONS)
        self.codes: ListModel[CodeTotal] = ListModel(CODES)
        self.groups: ListModel[GroupTotal] = ListModel(GROUPS)
        self.differences: ListModel[Difference] = ListModel(DIFFERENCES)
        self._ask = self.add_key("Ctrl+R", "Rehearse", lambda: self.week_wanted.emit(date_of(self.week)))
        self._post = self.add_key(
            "Ctrl+Return",
            "Post the week",
            lambda: self.post_wanted.emit(date_of(self.week)),
            tip="Post this week's charge, and the weeks before it that are due",
            more=("Ctrl+Enter",),
        )
        self.add_key("Ctrl+W", "The week", self.week.setFocus)
        self.parts = self._parts()
        whole = Beside(
            self._weeks_card(), column(None, self._header(), Room(self.parts, _LEAST_PARTS), spacing=12), margin=14
        )
        column(self, scrolled(whole))
        self.weeks_table.opened.connect(self._open_week)
        self.setFocusProxy(self.week)
        self.show_waiting()

    def show_week(self, week: date) -> None:
        """Put a week into the field."""
        self.week.setDate(self.week.date().fromString(week.isoformat(), "yyyy-MM-dd"))

    def show_waiting(self) -> None:
        """Nothing is rehearsed yet."""
        self._title.setText("Weekly charge")
        self._state.setVisible(False)
        self._rest("Rehearse a week first: nothing is posted until you post it.", may_post=False)
        for figure in self._figures:
            figure.show_text("-")

    def show_rehearsal(self, found: Rehearsal) -> None:
        """Show what the week would post, or did."""
        sunday = found.week + timedelta(days=6)
        self._title.setText(f"Week {found.week_number} of {found.rent_year}")
        self._about = f"week {found.week_number} of {found.rent_year}, from {formats.day(found.week)}"
        charged = found.journal is not None
        self._state.setText(f"Charged, journal {found.journal:,}" if found.journal is not None else "Not charged yet")
        restyle(self._state, tone="good" if charged else "warning")
        self._state.setVisible(True)
        self._rest(
            f"{formats.weekday(found.week)} to {formats.weekday(sunday)}   accounting date {formats.day(found.accounting_on)}",
            may_post=not charged and bool(found.lines),
        )
        total, lines, void, moved = self._figures
        total.show_amount(found.total, balance=False)
        lines.show_text(f"{found.lines:,}")
        void.show_amount(found.void, balance=False)
        moved.show_text(signed(Money(sum(each.amount.pence for each in found.difference_totals))))
        self.exceptions.show_rows(found.exceptions)
        self.codes.show_rows(found.by_code)
        self.groups.show_rows(found.by_group)
        self.groups_table.hide_empty_columns()
        self.differences.show_rows(found.differences)
        self.parts.count_part(self._exceptions_at, len(found.exceptions))
        self.parts.count_part(self._differences_at, sum(each.accounts for each in found.difference_totals))
        self._foot.setText(_in_words(found))
        self._foot.setVisible(bool(found.difference_totals))

    def show_weeks(self, weeks: tuple[ChargedWeek, ...]) -> None:
        """Show the weeks that were charged."""
        self.weeks.show_rows(weeks)
        self._none.setVisible(not weeks)
        self.weeks_table.setVisible(bool(weeks))

    def _rest(self, words: str, *, may_post: bool) -> None:
        """What is said, and whether the week may be posted, while nothing is under way."""
        self._words, self._may_post = words, may_post
        self.work.show()

    def _show_work(self, doing: str) -> None:
        self._said.setText(doing or self._words)
        self._post.setEnabled(self._may_post and not doing)

    def _header(self) -> Card:
        card = Card(spacing=6)
        self._title: QLabel = label("", "title")
        self._state = pill("")
        self._said = label("", "muted", wrap=True)
        self._figures = (Figure("Total"), Figure("Lines"), Figure("Of which void"), Figure("Against last week"))
        head = FlowLayout()
        head.addWidget(self._title)
        head.addWidget(self._state)
        figures = FlowLayout(across=28)
        for figure in self._figures:
            figures.addWidget(figure)
        post = action_button(self._post, role="primary", icon="check")
        top = row(head, post)
        top.setStretch(0, 1)
        top.setAlignment(post, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(top)
        card.column.addWidget(self._said)
        card.column.addSpacing(scaled(2))
        card.column.addLayout(figures)
        return card

    def _parts(self) -> TabbedCard:
        parts = TabbedCard("Parts of the week's charge")
        self._exceptions_at = parts.add_part(
            "Exceptions", self._table("Exceptions", self.exceptions, "text", "Nothing out of the ordinary.")
        )
        parts.add_part("By charge", self._table("Totals by charge", self.codes, "name", _REHEARSE))
        self.groups_table = self._table("Totals by rent group", self.groups, "name", _REHEARSE)
        parts.add_part("By rent group", self.groups_table)
        self._foot = label("", "muted", wrap=True)
        self._foot.setContentsMargins(scaled(14), scaled(6), scaled(14), scaled(6))
        differences = QWidget()
        table = self._table("Differences from last week", self.differences, "name", _SAME)
        column(differences, table, self._foot, spacing=0).setStretch(0, 1)
        self._differences_at = parts.add_part("Differences", differences)
        return parts

    def _weeks_card(self) -> SideCard:
        card = SideCard(370)
        self._none = label(
            "No week has been charged yet. Load a landlord first, then rehearse the week.", "muted", wrap=True
        )
        words = label("&Week of", "muted")
        words.setBuddy(self.week)
        fields = FlowLayout()
        for each in (words, self.week, action_button(self._ask, icon="calculator-variant-outline")):
            fields.addWidget(each)
        card.column.addWidget(label("Rehearse a week", "heading"))
        card.column.addLayout(fields)
        card.column.addSpacing(scaled(8))
        card.column.addWidget(label("Weeks charged", "heading"))
        card.column.addWidget(self._none)
        card.column.addWidget(self.weeks_table, 1)
        card.column.addStretch(0)
        return card

    def _table(self, name: str, model: ListModel[R], stretch: str, empty: str) -> DataTable:
        made = DataTable(name, model, stretch=stretch, empty=empty)
        made.title = lambda: f"{name}, {self._about}" if self._about else name
        return made

    def _open_week(self, chosen: object) -> None:
        if isinstance(chosen, ChargedWeek):
            self.show_week(chosen.week)
            self.week_wanted.emit(chosen.week)


def _in_words(found: Rehearsal) -> str:
    parts = [
        f"{formats.words(each.change)}: {formats.count(each.accounts, 'account')}, {signed(each.amount)}"
        for each in found.difference_totals
    ]
    shown = len(found.differences)
    every = sum(each.accounts for each in found.difference_totals)
    more = f"   The {shown:,} largest of {every:,} are listed." if shown < every else ""
    return "   ".join(parts) + more
