"""The people of an account on its card: who they are, how they are reached, who speaks for them, what must be known."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.services.people.dto import AccountPeople
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import button, column, filter_button, label, row, rule
from app.views.common.theme import scaled
from app.views.rent.people.lines import LINES, Kind, Line, days, lines

_EMPTY = "Nobody is named on this account."
_ADDED = (
    (Kind.FLAG, "A &flag: vulnerability, safety, caution"),
    (Kind.ASSOCIATE, "Somebody who &speaks for them, or a next of kin"),
    (Kind.ADDRESS, "An &address"),
    (Kind.CONSENT, "A &consent or objection"),
)


class PeoplePart(QWidget):
    """Everything that is kept of the people of an account, a line each; what has ended is shown when it is asked for.

    Signals:
        open_wanted(Line): change this one. `end_wanted(Line)`: end it.
        add_wanted(Kind, person_id): add one for this person, None for the first.
    """

    open_wanted = Signal(object)
    end_wanted = Signal(object)
    add_wanted = Signal(object, object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__()
        self._people: AccountPeople | None = None
        self._may_change = may_change
        self.model: ListModel[Line] = ListModel(LINES)
        self.table = DataTable("People of the account", self.model, stretch="details", empty=_EMPTY)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.ended = filter_button("Those ended", lambda _on: self._show())
        self.add = button("&New", icon="plus", key="Ins", tip="Keep something more of them")
        self.open = button("&Open", icon="open-in-new", key="Enter", tip="Look at it or change it")
        self.end = button("&End", icon="calendar-remove-outline", key="Del", tip="Say when it ended")
        buttons = row(self.ended, None, self.add, self.open, self.end)
        buttons.setContentsMargins(scaled(14), scaled(4), scaled(12), scaled(4))
        self._what = label("", "strong", wrap=True)
        self._details = label("", wrap=True, selectable=True)
        self._days = label("", "muted", wrap=True)
        self._whole = QWidget()
        inside = column(self._whole, self._what, self._details, self._days, spacing=2)
        inside.setContentsMargins(scaled(14), scaled(8), scaled(14), scaled(8))
        column(self, buttons, self.table, rule(), self._whole, spacing=4).setStretch(1, 1)
        self._join()
        self.show_people(None)

    def _join(self) -> None:
        menu = QMenu(self.add)
        for kind, words in _ADDED:
            menu.addAction(words).triggered.connect(partial(self._add, kind))
        self.add.setMenu(menu)
        self.add.setVisible(self._may_change)
        self.end.setVisible(self._may_change)
        for keys, act in (("Ins", self.add.showMenu), ("Del", self._end)):
            action = QAction(self.table)
            action.setShortcut(QKeySequence(keys))
            action.setEnabled(self._may_change)
            action.triggered.connect(act)
            self.table.addAction(action)
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._follow)
        self.open.clicked.connect(lambda: self._open(self.table.row()))
        self.end.clicked.connect(self._end)

    def show_people(self, people: AccountPeople | None) -> None:
        """Show these; nothing where no account is open."""
        self._people = people
        self._show()

    def _show(self) -> None:
        before = self.table.row()
        found = lines(self._people) if self._people else ()
        shown = found if self.ended.isChecked() else tuple(line for line in found if not line.over)
        self.model.show_rows(shown)
        over = sum(line.over for line in found)
        self.ended.setText(f"Those ended  {over}" if over else "Those ended")
        self.table.hide_empty_columns()
        if shown:
            same = [at for at, line in enumerate(shown) if before is not None and _same(line, before)]
            self.table.go_to(same[0] if same else 0)
        self._follow(self.table.row() if shown else None)

    def _follow(self, chosen: object) -> None:
        line = chosen if isinstance(chosen, Line) else None
        self.add.setEnabled(bool(self._people and self._people.people))
        self._say_whole(line)
        self.open.setEnabled(line is not None)
        self.end.setEnabled(line is not None and _ends(line))

    def _say_whole(self, line: Line | None) -> None:
        """The chosen line with all of its words, under the table."""
        self._whole.setVisible(line is not None)
        if line is not None:
            self._what.setText(f"{line.what}, {line.whose}" if line.whose else line.what)
            self._details.setText(line.details)
            self._days.setText(days(line))
            self._days.setVisible(bool(days(line)))

    def _open(self, line: object) -> None:
        if isinstance(line, Line):
            self.open_wanted.emit(line)

    def _end(self) -> None:
        line = self.table.row()
        if isinstance(line, Line) and _ends(line):
            self.end_wanted.emit(line)

    def _add(self, kind: Kind, _on: bool = False) -> None:
        line = self.table.row()
        self.add_wanted.emit(kind, line.person_id if isinstance(line, Line) else None)


def _ends(line: Line) -> bool:
    """Whether it is something that ends, and hasn't."""
    return line.kind in {Kind.FLAG, Kind.ASSOCIATE, Kind.ADDRESS} and not line.over


def _same(line: Line, other: Line) -> bool:
    return (line.person_id, line.kind, line.what, line.from_on) == (
        other.person_id,
        other.kind,
        other.what,
        other.from_on,
    )
