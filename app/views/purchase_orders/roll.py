"""Open orders are rolled into the new financial year: rehearsed first, code by code, then all at once."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.services.purchase_orders.orders.dto import RolledCode, RollPreview
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.parts import label
from app.views.common.theme import scaled
from app.views.purchase_orders.table import year_words

_WIDE, _HIGH = 760, 520
_MOST_OVER: Final = 4
_ABOUT: Final = (
    "What hasn't come of an open order is freed from its old codes and bound on the same codes of the new year. What came and"
    " isn't invoiced stays with the old year's accruals."
)
CODES: tuple[Column[RolledCode], ...] = (
    Column("code", "Code", lambda row: row.code, 130, firm=True),
    Column("name", "Name", lambda row: row.name, 220),
    Column("orders", "Orders", lambda row: row.orders, 70, right=True),
    Column("amount", "Moves", lambda row: row.amount, 100, right=True, holds=Holds.POUNDS, total=True),
    Column(
        "there",
        "New year",
        lambda row: "there" if row.to_id is not None else "missing",
        90,
        tone=lambda row: "good" if row.to_id is not None else "bad",
    ),
)


class RollSheet(Sheet):
    """The rehearsal, and the key that does it."""

    def __init__(self, parent: QWidget, found: RollPreview) -> None:
        into = year_words(found.year + 1)
        super().__init__(parent, f"Roll open orders into {into}", primary=f"Roll them into {into}", note=_ABOUT)
        self.found = found
        self.rows: ListModel[RolledCode] = ListModel(CODES, in_turn=True)
        self.table = DataTable("Codes", self.rows, stretch="name", empty="No open order has anything left to come.")
        self.said = label(_said(found), "strong", wrap=True)
        self.missing = label(_missing(found), wrap=True, tone="bad")
        self.missing.setVisible(bool(found.missing))
        self.above = label(_over(found), wrap=True, tone="bad" if found.stops else "warning")
        self.above.setVisible(bool(found.over))
        self.early = label(found.early, wrap=True, tone="warning")
        self.early.setVisible(bool(found.early))
        for each in (self.early, self.said, self.missing, self.above, self.table):
            self.body.addWidget(each)
        self.rows.show_rows((*found.missing, *(each for each in found.codes if each.to_id is not None)))
        if found.early or found.missing or not found.orders or (found.over and found.stops):
            self.wait_for_choice(waits=True)
        self.resize(scaled(_WIDE), scaled(_HIGH))

    def command(self) -> tuple[int, int]:
        """The year, and how many orders were rehearsed."""
        return self.found.year, self.found.orders


def _said(found: RollPreview) -> str:
    orders = formats.count(found.orders, "order")
    return f"{orders} of {year_words(found.year)} with {found.amount} still to come. {found.stay} came and stays there."


def _missing(found: RollPreview) -> str:
    codes = formats.count(len(found.missing), "code")
    return f"{codes} of them {'is' if len(found.missing) == 1 else 'are'} missing in the new year: make budgets for them first."


def _over(found: RollPreview) -> str:
    more = len(found.over) - _MOST_OVER
    said = [*found.over[:_MOST_OVER], *([f"And {formats.count(more, 'more code')}."] if more > 0 else [])]
    return " ".join([*said, *(["Have next year's budgets revised first."] if found.stops else [])])
