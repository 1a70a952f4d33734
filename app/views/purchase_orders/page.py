"""The Purchase Orders page: the orders, and beside them the one that is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.services.purchase_orders.orders.dto import OrderDetail, OrderView
from app.services.purchase_orders.works.dto import WorksPart
from app.views.common import works
from app.views.common.facets import Choice
from app.views.common.list_page import ListPage, ListWords
from app.views.common.works import About, Offered
from app.views.purchase_orders.detail import OrderCard
from app.views.purchase_orders.offers import Work
from app.views.purchase_orders.table import SPEC, year_words

_WORDS = ListWords(
    title="Purchase Orders",
    section="Orders",
    icon="cart-outline",
    menu=("Do", "Everything that can be done with orders"),
    choose="Choose an order to work on it.",
    find="Find an order",
)


class PurchaseOrdersPage(ListPage):
    """Purchase Orders.

    Attributes:
        card: shows the order that is chosen.
        detail: what is shown; None where none is.
    """

    detail: OrderDetail | None

    def __init__(self, offered: Offered | None = None) -> None:
        areas = frozenset({"purchase_orders", "approvals"})
        super().__init__(_WORDS, SPEC, areas=areas, help_topic="purchase_orders", offered=offered or Offered())

    def make_card(self, buttons: list[QPushButton]) -> QWidget:
        """The card of an order."""
        self.card = OrderCard(buttons, self.offered.parts)
        return self.card

    def fits(self, work: works.Work) -> bool:
        """What may be done with an order as it stands; nothing with one that the officer may not open."""
        if work.about is About.OFFICE or self.detail is None:
            return super().fits(work)
        if self.detail.row.shut:
            return False
        if isinstance(work, Work) and work.act is not None and work.act not in self.detail.may:
            return False
        return super().fits(work)

    def show_order(self, found: OrderDetail) -> None:
        """Show an order beside the list."""
        self.card.show_order(found)
        self.show_detail(found.row.order_id, found)

    def show_works(self, found: WorksPart | None) -> None:
        """Say what an order of works has besides; Ctrl+O opens the account of whoever lived there."""
        self.card.show_works(found)
        if found is not None and self.detail is not None:
            self.show_detail(found.row.order_id, self.detail, found.row.account_id)

    @property
    def account_id(self) -> int | None:
        """The account that Ctrl+O opens: that of whoever had the property of the works."""
        return self._account_id

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.card.clear()
        self.show_detail(None, None)

    def show_standing(
        self, counts: Mapping[OrderView, int], years: Sequence[int], categories: Sequence[tuple[int, str]]
    ) -> None:
        """Say how many orders each view has, and offer the years and categories that may be filtered by."""
        bar = self.list.bar
        bar.count("view", counts)
        bar.offer("year", [Choice(year, year_words(year)) for year in years])
        bar.offer("category_id", [Choice(key, words) for key, words in categories])

    def _goes_on(self, action: QAction) -> bool:
        """A few works can be begun beside every section."""
        every = (each for work, each in self.works.items() if isinstance(work, Work) and work.everywhere)
        return any(each is action for each in every)
