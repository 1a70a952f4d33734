"""A transfer to another code, begun from a line of an invoice or from a line of the budget book."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.purchase_orders.budgets import queries as budgets
from app.services.purchase_orders.budgets.dto import CodeChoice
from app.services.purchase_orders.coding import commands, queries
from app.services.purchase_orders.coding.dto import SharesWanted, Suspect, TransferAsked
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.purchase_orders.coding_sheets import TransferSheet
from app.views.purchase_orders.match_sheet import MatchSheet

Found = tuple[tuple[Suspect, ...], tuple[CodeChoice, ...]]


class MoveWork(SheetWork):
    """What was spent of an invoice goes to another code."""

    sheet: TransferSheet
    saves = staticmethod(commands.transfer)

    def __init__(self, office: Office, page: QWidget, wanted: SharesWanted) -> None:
        super().__init__(office, page)
        self.begin(wanted)

    @staticmethod
    def asks(ctx: Context, wanted: SharesWanted) -> Found:
        """What stands there, and the codes of its year."""
        found = queries.shares(ctx, wanted)
        return found, budgets.choices(ctx, found[0].year)

    def make(self, found: Found) -> TransferSheet | str:
        """The sheet, unless all of it waits to be moved already."""
        shares, codes = found
        free = [each for each in shares if not each.waits]
        if not free:
            return f"{shares[0].waits} moves this already, and waits for a second officer."
        return TransferSheet(self.page, free, codes)

    def shut(self, why: UserError | str) -> None:
        """Say why there is nothing to move, in the match where it was wanted there."""
        if isinstance(self.page, MatchSheet):
            self.page.messages.info(why if isinstance(why, str) else f"{why.message} {why.hint}".strip())
            self.deleteLater()
        else:
            super().shut(why)

    def tell(self, asked: TransferAsked) -> None:
        """Say what was asked for."""
        self.office.messages.good(asked.told)
