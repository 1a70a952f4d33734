"""The recharge price list: listed, changed, added to."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.services.recharges import commands, queries
from app.services.recharges.dto import PriceList, PriceRow
from app.views.adjustments.price_list import ABOUT, PRICES, PriceSheet
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage


class PriceListController(KeptDesk[PriceRow]):
    """Joins the section of the price list to the services."""

    asks = staticmethod(queries.price_list)
    keeps = staticmethod(commands.keep_item)
    needs = Permission.KEEP_ADJUSTMENT_KINDS
    about = ABOUT
    told = "The price list is saved."

    def __init__(self, office: Office) -> None:
        page: RegisterPage[PriceRow] = RegisterPage(
            "Price list",
            PRICES,
            stretch="title",
            choices=(),
            placeholder="A word of the work",
            noun=("line", "lines"),
            empty="No line has these words.",
            key=lambda row: row.key,
            areas=frozenset({"adjustments", "admin"}),
            help_topic="adjustments",
        )
        super().__init__(office, page)

    def rows(self, found: PriceList) -> tuple[PriceRow, ...]:
        """Every line."""
        return found.rows

    def words(self, row: PriceRow) -> str:
        """The work."""
        return row.title

    def make(self, found: PriceList, row: PriceRow | None) -> PriceSheet:
        """The sheet, with the codes that a line may post by."""
        return PriceSheet(self.page, found, row)
