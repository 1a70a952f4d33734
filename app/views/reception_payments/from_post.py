"""Cheques, postal orders and cash that came in the post and are in no receipt yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.services.reception_payments.receipts.dto.forms import ValuableFace
from app.services.reception_payments.receipts.rules import METHODS
from app.services.workbench.listing import Holds
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.table_foot import ListFoot
from app.views.common.theme import scaled

_ABOUT: Final = "Money of the post's register that is neither paid in nor given back. Enter takes it for its account."
_WIDE, _HIGH = 820, 420
_COLUMNS: tuple[Column[ValuableFace], ...] = (
    Column("receipt", "In the register", lambda row: row.receipt, 110, firm=True),
    Column("came_on", "Came", lambda row: row.came_on, 92, holds=Holds.DATE),
    Column("sender", "From", lambda row: row.sender, 180, floor=110),
    Column("taken_by", "What", lambda row: METHODS[row.taken_by], 100),
    Column("details", "Details", lambda row: row.details, 160, least=1),
    Column("reference", "Account", lambda row: row.reference, 110),
    Column("amount", "Amount", lambda row: row.amount, 92, right=True, holds=Holds.POUNDS),
)


class FromPostSheet(Sheet):
    """The list of them; the primary button takes the chosen one."""

    def __init__(self, parent: QWidget, found: Sequence[ValuableFace]) -> None:
        super().__init__(parent, "Money in the post", primary="Take it", note=_ABOUT)
        self.model: ListModel[ValuableFace] = ListModel(_COLUMNS, in_turn=True)
        self.table = DataTable("Money in the post", self.model, stretch="sender", empty="Nothing waits to be taken.")
        self.table.opened.connect(lambda _row: self.confirmed.emit())
        foot = ListFoot(self.table, ("item", "items"), tools=True)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(foot)
        self.model.show_rows(tuple(found))
        if found:
            self.table.go_to(0)
        self.begin_at(self.table)
        self.resize(scaled(_WIDE), scaled(_HIGH))

    def chosen(self) -> ValuableFace | None:
        """What is chosen."""
        chosen: ValuableFace | None = self.table.row()
        return chosen
