"""One account beside the list: its header, its ledger and what hangs on it, and why its balance is what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QSplitter, QWidget

from app.services.core.calendars import RentYear
from app.services.ledger.dto import Explanation, LedgerPage
from app.services.rent.dto import AccountHeader, ChargeRow
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.documents import DocumentsPanel
from app.views.common.notes import NotesPart
from app.views.common.parts import column, scrolled
from app.views.common.tasks_panel import TasksPanel
from app.views.common.theme import scaled
from app.views.common.works import Part
from app.views.rent.header import HeaderCard
from app.views.rent.ledger import LedgerCard
from app.views.rent.table import by_time, charge_columns
from app.views.rent.why import WhyPanel

_ABREAST, _STACKED = 240, 640
"""The least height of the ledger and the sum, side by side and one under the other."""


class AccountPart(QWidget):
    """The account that is open. It is the greater part of the page, and is made when the first account is opened.

    Args:
        buttons: the commonest things to do with an account.
        parts: those that follow the tasks; each is made when its tab is first opened.

    Signals:
        shown(bool): an account is shown, or none is.
    """

    shown = Signal(bool)

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
        self.ledger.add_drawers(parts)
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
        own = (*fields, self.tasks.table)
        if (field := own[at] if at < len(own) else self.ledger.filled(at)) is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)

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

    def count_notes(self, count: int) -> None:
        """Say how many notes it has."""
        self.ledger.count_part(self._notes_at, count)

    def count_documents(self, count: int) -> None:
        """Say how many documents it has."""
        self.ledger.count_part(self._documents_at, count)

    def count_tasks(self, count: int) -> None:
        """Say how many tasks about it are open."""
        self.ledger.count_part(self._tasks_at, count)
