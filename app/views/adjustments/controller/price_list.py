"""The recharge price list: listed, changed, added to."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.core.permissions import Permission
from app.services.recharges import commands, queries
from app.services.recharges.dto import PriceList, PriceRow
from app.views.adjustments.price_list import ABOUT, PRICES, PriceSheet
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import open_sheet


class PriceListController(QObject):
    """Joins the section of the price list to the services."""

    def __init__(self, office: Office) -> None:
        self.page: RegisterPage[PriceRow] = RegisterPage(
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
        super().__init__(self.page)
        self._office = office
        self._listed: PriceList | None = None
        self._may = Permission.KEEP_ADJUSTMENT_KINDS in office.desk.officer.permissions
        page = self.page
        if self._may:
            page.action("F2", "Change", "pencil-outline", self._open, fits=lambda _row: True)
            page.action("Ctrl+N", "New", "plus", lambda _row: self._open(None), fits=lambda _row: True, primary=True)
        page.opened.connect(lambda row: self._open(row) if self._may else None)
        page.asked.connect(self._list)
        page.refresh_wanted.connect(lambda _changes: office.ask(self, queries.price_list, then=self._show))

    def _show(self, found: PriceList) -> None:
        self._listed = found
        self._list()

    def _list(self) -> None:
        if self._listed is None:
            return
        words = [word.casefold() for word in self.page.words.split()]
        rows = [each for each in self._listed.rows if all(word in each.title.casefold() for word in words)]
        self.page.show_rows(rows, ABOUT)

    def _open(self, row: PriceRow | None) -> None:
        if self._listed is None:
            return
        sheet = PriceSheet(self.page, self._listed, row)
        open_sheet(self._office, sheet, commands.keep_item, sheet.item, "The price list is saved.")
