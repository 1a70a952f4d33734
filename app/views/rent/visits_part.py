"""The visits and calls about an account on its card: why they came, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from app.models.values import VisitKind
from app.services.reception_payments.visits.dto import VisitRow
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import column, label, row
from app.views.common.theme import scaled

_NONE: Final = "Nobody came or called about this account."
_KINDS: Final = {VisitKind.VISIT: "Visit", VisitKind.CALL: "Call"}
_COLUMNS: tuple[Column[VisitRow], ...] = (
    Column("arrived_at", "When", lambda row: row.arrived_at, 130),
    Column("kind", "How", lambda row: _KINDS[row.kind], 56, least=3),
    Column("who", "Who", lambda row: row.who, 150, floor=100, least=2),
    Column("reason", "Reason", lambda row: row.reason, 170, floor=110),
    Column("outcome", "What came of it", lambda row: row.outcome, 220, floor=130),
    Column("seen_by", "Seen by", lambda row: row.seen_by, 120, floor=90, least=1),
)


class VisitsPart(QWidget):
    """The visits and calls, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.visits: ListModel[VisitRow] = ListModel(_COLUMNS, in_turn=True)
        self.table = DataTable("Visits and calls about the account", self.visits, stretch="outcome", empty=_NONE)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.said = label(_NONE, "muted", wrap=True)
        head = row(self.said)
        head.setContentsMargins(scaled(14), scaled(4), scaled(12), scaled(4))
        column(self, head, self.table, spacing=4).setStretch(1, 1)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Its key leads to the table."""
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def show_visits(self, found: Sequence[VisitRow]) -> None:
        """Show these; nothing where no account is open."""
        self.visits.show_rows(tuple(found))
        if found:
            self.table.go_to(0)
        self.said.setText(f"{formats.count(len(found), 'visit or call', 'visits and calls')}." if found else _NONE)
