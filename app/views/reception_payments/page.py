"""The Reception page: the receipts, and beside them the one that is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QPushButton, QWidget

from app.services.reception_payments.receipts.dto.shown import ReceiptDetail, ReceiptForm, ReceiptView
from app.views.common import works
from app.views.common.facets import Choice
from app.views.common.list_page import ListPage, ListWords
from app.views.common.works import About, Offered
from app.views.reception_payments.detail import ReceiptCard
from app.views.reception_payments.offers import Work
from app.views.reception_payments.table import SPEC

_WORDS = ListWords(
    title="Reception",
    section="Receipts",
    icon="receipt-text-outline",
    menu=("Do", "Everything that can be done at reception"),
    choose="Choose a receipt to work on it.",
    find="Find a receipt",
)


class ReceptionPage(ListPage):
    """Reception.

    Attributes:
        card: shows the receipt that is chosen.
        detail: what is shown; None where none is.
    """

    detail: ReceiptDetail | None

    def __init__(self, offered: Offered | None = None) -> None:
        areas = frozenset({"reception_payments", "approvals"})
        super().__init__(_WORDS, SPEC, areas=areas, help_topic="reception_payments", offered=offered or Offered())

    def make_card(self, buttons: list[QPushButton]) -> QWidget:
        """The card of a receipt."""
        self.card = ReceiptCard(buttons, self.offered.parts)
        return self.card

    def fits(self, work: works.Work) -> bool:
        """What may be done with a receipt as it stands; nothing with one that the officer may not open."""
        if work.about is About.OFFICE or self.detail is None:
            return super().fits(work)
        if self.detail.row.shut:
            return False
        if isinstance(work, Work) and work.act is not None and work.act not in self.detail.may:
            return False
        return super().fits(work)

    def show_receipt(self, found: ReceiptDetail) -> None:
        """Show a receipt beside the list."""
        self.card.show_receipt(found)
        self.show_detail(found.row.receipt_id, found, found.row.account_id)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.card.clear()
        self.show_detail(None, None)

    def show_standing(self, counts: Mapping[ReceiptView, int], form: ReceiptForm) -> None:
        """Say how many receipts each view has, and offer the desks and officers that may be filtered by."""
        bar = self.list.bar
        bar.count("view", counts)
        bar.offer("desk_id", [Choice(key, words) for key, words in form.desks])
        bar.offer("officer_id", [Choice(key, words) for key, words in form.officers])
