"""One account beside the list: its header, its ledger and what hangs on it, and why its balance is what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QSplitter, QWidget

from app.services.core.calendars import RentYear
from app.services.diary.dto import NoteRow
from app.services.ledger.dto import Explanation, LedgerPage
from app.services.rent.dto import AccountHeader, ChargeRow
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.documents import DocumentsPanel
from app.views.common.notes import NotesPart
from app.views.common.parts import column, scrolled
from app.views.common.tasks_panel import TasksPanel
from app.views.common.theme import scaled
from app.views.rent.header import HeaderCard
from app.views.rent.ledger import LedgerCard
from app.views.rent.table import by_time, charge_columns
from app.views.rent.why import WhyPanel
from app.views.rent.works import Part

_ABREAST, _STACKED = 240, 640
"""The least height of the ledger and the sum, side by side and one under the other."""


class AccountPart(QWidget):
    """The account that is open. It is the greater part of the page, and is made when the first account is opened.

    Args:
        buttons: the commonest things to do with an account.
        parts: those that follow the tasks; each is made when its tab is first opened.

    Signals:
        shown(bool): an account is shown, or none is.
        part_opened(key): a tab of `parts` is turned to; one that is empty is answered with `put_part`.
    """

    shown = Signal(bool)
    part_opened = Signal(str)

    def __init__(
        self,
        buttons: list[QPushButton],
        today: date,
        year_of: Callable[[date], RentYear],
        parts: Sequence[Part] = (),
    ) -> None:
        super().__init__()
        self.header = HeaderCard(buttons)
        self._today = today
        self.ledger = LedgerCard(today, year_of)
        self._add_parts()
        self._places = {self.ledger.add_part(part.title, _drawer()): part.key for part in parts}
        self._put: dict[str, QWidget] = {}
        self.ledger.tabs.currentChanged.connect(self._turned)
        self.why = WhyPanel(today)
        self._arrange()
        self.show_nothing()

    def _add_parts(self) -> None:
        """The parts of the account behind its ledger, in the order of their keys."""
        self.notes = NotesPart()
        self.documents = DocumentsPanel()
        self.tasks = TasksPanel()
        self.charges: ListModel[ChargeRow] = ListModel(charge_columns(self._today))
        empty = "Nothing is or was charged on this account week by week."
        self.charges_table = DataTable("Charges of the account", self.charges, stretch="what", empty=empty)
        self.charges_table.title = lambda: f"Charges of {self.ledger.about}"
        self.ledger.add_part("Charges", self.charges_table)
        self._notes_at = self.ledger.add_part("Notes", self.notes)
        self._documents_at = self.ledger.add_part("Documents", self.documents)
        self._tasks_at = self.ledger.add_part("Tasks", self.tasks)

    def _arrange(self) -> None:
        self._lower = QSplitter(Qt.Orientation.Horizontal)
        self._lower.addWidget(self.ledger)
        self._lower.addWidget(self.why)
        self._lower.setStretchFactor(0, 1)
        self._lower.setSizes([scaled(616), scaled(304)])
        self._lower.setHandleWidth(scaled(12))
        self._lower.setChildrenCollapsible(False)
        self._lower.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, self.header, self._lower, spacing=12).setStretch(1, 1)
        self._scroll = scrolled(inside)
        column(self, self._scroll)

    def stack(self, *, stacked: bool) -> None:
        """Put the sum under the ledger, where there is no room beside it; what is then too high scrolls."""
        self.header.put_actions_under(stacked)
        self._lower.setOrientation(Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal)
        self._lower.setMinimumHeight(scaled(_STACKED if stacked else _ABREAST))

    def open_part(self, at: int) -> None:
        """Turn to a part, by its place among the tabs of the ledger."""
        self.ledger.open_part(at)
        self._scroll.ensureWidgetVisible(self.ledger)
        fields = (self.ledger.table, self.ledger.weeks_table, self.charges_table, self.notes.text, self.documents.table)
        parts = (self._put.get(key) for key in self._places.values())
        if (field := (*fields, self.tasks.table, *parts)[at]) is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)

    @property
    def part(self) -> str:
        """The key of the part that is turned to; empty where it is one of the first six."""
        return self._places.get(self.ledger.tabs.currentIndex(), "")

    def put_part(self, key: str, widget: QWidget) -> None:
        """Give a part what stands under its tab."""
        drawer = self.ledger.stack.widget(self._place(key))
        layout = drawer.layout() if drawer is not None else None
        assert layout is not None
        layout.addWidget(widget)
        self._put[key] = widget
        self.ledger.tools.follow()

    def count_part(self, key: str, count: int) -> None:
        """Say how many there are behind the tab of a part."""
        self.ledger.count_part(self._place(key), count)

    def _place(self, key: str) -> int:
        return next(at for at, each in self._places.items() if each == key)

    def _turned(self, at: int) -> None:
        if at in self._places:
            self.part_opened.emit(self._places[at])

    def show_why(self) -> None:
        """Bring the sum into sight."""
        self._scroll.ensureWidgetVisible(self.why)

    def show_closed(self) -> None:
        """The account is a restricted record, and not the officer's to open."""
        self.show_nothing()
        self.header.clear(
            "Restricted record", "Only named officers may open it. If you need it for your work, ask your team leader."
        )

    def show_nothing(self) -> None:
        """No account is open."""
        self.header.clear()
        self.ledger.clear()
        self.why.clear()
        self.notes.show_notes(())
        self.documents.show_documents(())
        self.tasks.show_tasks(())
        self.charges.show_rows(())
        self.ledger.setEnabled(False)
        self.shown.emit(False)

    def show_header(self, header: AccountHeader) -> None:
        """Show an account's header."""
        about = f"{header.reference}, {header.name}"
        if about != self.ledger.about:  # who it is, is seen first where the page scrolls
            self._scroll.verticalScrollBar().setValue(0)
        self.ledger.about = about
        self.header.show_header(header)
        self.ledger.setEnabled(True)
        self.shown.emit(True)

    def show_charges(self, rows: tuple[ChargeRow, ...]) -> None:
        """Show what is, will be and was charged."""
        self.charges.show_rows(by_time(rows, self._today))

    def show_ledger(self, page: LedgerPage) -> None:
        """Show its lines."""
        self.ledger.show_ledger(page)

    def show_explanation(self, found: Explanation) -> None:
        """Show its balance as a sum, and the weeks of it."""
        self.why.show_explanation(found)
        self.ledger.show_weeks(found)

    def show_notes(self, notes: tuple[NoteRow, ...]) -> None:
        """Show its notes."""
        self.notes.show_notes(notes)
        self.ledger.count_part(self._notes_at, len(notes))

    def count_documents(self, count: int) -> None:
        """Say how many documents it has."""
        self.ledger.count_part(self._documents_at, count)

    def count_tasks(self, count: int) -> None:
        """Say how many tasks about it are open."""
        self.ledger.count_part(self._tasks_at, count)


def _drawer() -> QWidget:
    """The room of a part that isn't made yet."""
    made = QWidget()
    column(made, spacing=0)
    return made
