"""Open orders are rolled into the new financial year."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.core.context import Context
from app.services.purchase_orders.budgets.rules import year_of
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import RollPreview
from app.services.purchase_orders.orders.rolling import Rolled
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.purchase_orders.roll import RollSheet

_SPRING = 4
"""Until the end of this month it is the year that has just ended that is rolled."""


def _rehearse(ctx: Context) -> RollPreview:
    today = ctx.clock.today()
    year = year_of(today)
    return queries.roll_preview(ctx, year - 1 if today.month == _SPRING else year)


class RollController(SheetWork):
    """The rehearsal first; then all of them or none."""

    asks = staticmethod(_rehearse)

    def __init__(self, office: Office, page: QWidget, _ids: Sequence[int] = ()) -> None:
        super().__init__(office, page)
        self.begin()

    def make(self, found: RollPreview) -> RollSheet:
        """The rehearsal."""
        return RollSheet(self.page, found)

    def save(self, command: tuple[int, int]) -> None:
        """Roll what was rehearsed."""
        self.do(commands.roll, *command, label="Rolling orders into the new year")

    def tell(self, saved: Rolled) -> None:
        """Say what moved."""
        self.office.messages.good(saved.told)
