"""The works orders of an account's property on its card: those that are open first, each with its target in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.services.purchase_orders.works.dto import WorksRow
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import button, column, label, row
from app.views.common.theme import scaled

_NONE: Final = "No works were ordered for this property."

_WORKS: tuple[Column[WorksRow], ...] = (
    Column("number", "Order", lambda row: row.number, 84, firm=True),
    Column("title", "Works", lambda row: row.title, 180, floor=120),
    Column("trade", "Trade", lambda row: row.trade, 100, least=3),
    Column(
        "words",
        "How it stands",
        lambda row: row.words,
        230,
        tone=lambda row: "bad" if row.late_days > 0 else "good" if row.completed_on else "",
        floor=220,
    ),
    Column("target_on", "Target", lambda row: row.target_on, 92, holds=Holds.DATE, least=5),
    Column("contractor", "Contractor", lambda row: row.contractor, 130, least=4),
    Column("reported_on", "Reported", lambda row: row.reported_on, 92, holds=Holds.DATE, spare=True),
    Column("completed_on", "Done", lambda row: row.completed_on, 92, holds=Holds.DATE, spare=True),
)


class WorksPart(QWidget):
    """The works orders of the property.

    Signals:
        opened(order_id): Enter or a click: show the order on the tab Purchase Orders.
        raise_wanted: raise one for this property.
    """

    opened = Signal(int)
    raise_wanted = Signal()

    def __init__(self, *, may_raise: bool) -> None:
        super().__init__()
        self.works: ListModel[WorksRow] = ListModel(_WORKS, in_turn=True)
        self.table = DataTable("Works orders of the property", self.works, stretch="title", empty=_NONE)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.said = label(_NONE, "muted", wrap=True)
        self.new = button("&Raise one", icon="hammer-wrench", key="Ins", tip="Raise a works order for this property")
        self.open = button("&Open", icon="cart-outline", key="Enter", tip="Show the order on the tab Purchase Orders")
        head = row(self.said, self.new, self.open)
        head.setStretch(0, 1)
        head.setContentsMargins(scaled(14), scaled(4), scaled(12), scaled(4))
        column(self, head, self.table, spacing=4).setStretch(1, 1)
        self._join(may_raise)
        self.show_works(())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Its key leads to the table; a focus proxy would hide the buttons over it from Tab."""
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def show_works(self, found: Sequence[WorksRow]) -> None:
        """Show these; nothing where no account is open."""
        self.works.show_rows(tuple(found))
        if found:
            self.table.go_to(0)
        self.open.setEnabled(bool(found))
        self.said.setText(_about(found))

    def _join(self, may_raise: bool) -> None:
        action = QAction(self.table)
        action.setShortcut(QKeySequence("Ins"))
        action.triggered.connect(self.raise_wanted)
        self.table.addAction(action)
        action.setEnabled(may_raise)
        self.new.setVisible(may_raise)
        self.new.clicked.connect(self.raise_wanted)
        self.open.clicked.connect(lambda: self._open(self.table.row()))
        self.table.opened.connect(self._open)

    def _open(self, found: WorksRow | None) -> None:
        if found is not None:
            self.opened.emit(found.order_id)


def _about(found: Sequence[WorksRow]) -> str:
    """How many are open, and how many of those are late."""
    if not found:
        return _NONE
    open_ = [each for each in found if each.is_open]
    late = sum(each.late_days > 0 for each in open_)
    if not open_:
        return f"Nothing is open. {formats.count(len(found), 'works order')} in all."
    return f"{formats.count(len(open_), 'works order')} open{f', {late} late' if late else ''}."
