"""The provider's days beside ours, and what differs on the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.services.reception_payments.cards.dto.days import DayRow, DifferenceRow
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, action_button, column, label, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.reception_payments.card_tables import DAYS, DIFFERENCES

_LEAST: Final = 420
_NOTHING: Final = "Choose a day to see what differs."


class DifferencesCard(Card):
    """What differs on a day, and what is done about one of them.

    Signals:
        chosen: another difference is chosen, or none.
    """

    chosen = Signal()

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__(spacing=8)
        self.title = label("", "heading")
        self.words = label(_NOTHING, "muted", wrap=True)
        self.model: ListModel[DifferenceRow] = ListModel(DIFFERENCES)
        self.table = DataTable("Differences", self.model, stretch="words", empty="Nothing differs.")
        buttons = FlowLayout()
        for action, icon in zip(actions, ("tray-arrow-down", "comment-text-outline"), strict=True):
            buttons.addWidget(action_button(action, icon=icon))
        self.column.addWidget(self.title)
        self.column.addWidget(self.words)
        self.column.addLayout(buttons)
        self.column.addWidget(self.table, 1)
        self.whole = label("", wrap=True, selectable=True)
        self.column.addWidget(self.whole)
        self.table.chosen.connect(lambda _row: self._choose())

    @property
    def row(self) -> DifferenceRow | None:
        """The difference that is chosen."""
        found: DifferenceRow | None = self.table.row() if self.model.rows else None
        return found

    def show_day(self, day: DayRow | None, found: Sequence[DifferenceRow]) -> None:
        """Show what differs on a day."""
        self.title.setText(formats.weekday(day.day) if day else "")
        self.words.setText(_sums(day) if day else _NOTHING)
        self.model.show_rows(tuple(found))
        if found:
            self.table.go_to(0)
        self._choose()

    def _choose(self) -> None:
        """Say the whole of the chosen difference, which may be cut in the table."""
        row = self.row
        settled = f" {row.explained}." if row is not None and row.explained else ""
        self.whole.setText(f"{row.words}{settled}" if row is not None else "")
        self.chosen.emit()


class CardDaysPage(RegisterPage[DayRow]):
    """The section Card days.

    Signals:
        day_chosen(DayRow): another day is chosen, or none.
        read_wanted: read a day from the provider.
        post_wanted(DifferenceRow), explain_wanted(DifferenceRow): settle one.
    """

    day_chosen = Signal(object)
    read_wanted = Signal()
    post_wanted = Signal(object)
    explain_wanted = Signal(object)

    def __init__(self, *, may_read: bool, may_post: bool) -> None:
        self._may_read, self._may_post = may_read, may_post
        super().__init__(
            "Card days",
            DAYS,
            stretch="state",
            choices=(),
            placeholder="A day",
            noun=("day", "days"),
            empty="No day has been read yet. Ctrl+N reads one from the provider.",
            key=lambda row: row.day,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        if may_read:
            self.offer("Ctrl+N", "Read a day", "cloud-download-outline", self.read_wanted.emit, primary=True)
        self.table.chosen.connect(self.day_chosen)
        self._offer()

    def place(self, listed: Card) -> None:
        """The days with what differs on the chosen one beside them."""
        self._post = self.add_key("Ctrl+Shift+P", "Post it here", self._want_post)
        self._explain = self.add_key("Ctrl+Shift+E", "Explain it", self._want_explain)
        self.card = DifferencesCard((self._post, self._explain))
        self.card.chosen.connect(self._offer)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 380, 520, 400), Pane(self.card, 420, 800, 480)), _LEAST))
        column(self, scrolled(inside))

    def _offer(self) -> None:
        row = self.card.row
        open_ = row is not None and not row.explained
        self._post.setEnabled(open_ and row is not None and row.postable and self._may_post)
        self._explain.setEnabled(open_ and self._may_read)

    def _want_post(self) -> None:
        if self.card.row is not None:
            self.post_wanted.emit(self.card.row)

    def _want_explain(self) -> None:
        if self.card.row is not None:
            self.explain_wanted.emit(self.card.row)


def _sums(day: DayRow) -> str:
    there = f"{formats.count(day.their_count, 'payment')}, {day.theirs}"
    here = f"{formats.count(day.our_count, 'payment')}, {day.ours}"
    return f"At the provider {there}; here {here}. Read {formats.moment(day.read_at)}."
