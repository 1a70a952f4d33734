"""The part of the account's card that shows its pay point cards, joined to the services."""

from __future__ import annotations

from app.models.values import PayCardState, Subject
from app.services.core.permissions import Permission
from app.services.reception_payments.pay_cards.dto import PayCardRow
from app.services.reception_payments.pay_cards.queries import of_account
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.rent.pay_cards_part import PayCardsPart


class PayCardsOfAccountController(PartDesk):
    """Shows the cards of whichever account is open; the tab Reception orders one."""

    def __init__(self, office: Office) -> None:
        self._shown = PayCardsPart(may_order=Permission.ORDER_PAY_CARDS in office.desk.officer.permissions)
        super().__init__(office, self._shown, of_account)
        self._shown.opened.connect(lambda card_id: office.open_record(Subject.PAY_CARD, card_id))
        self._shown.order_wanted.connect(self._order)

    def fill(self, found: tuple[PayCardRow, ...] | None) -> None:
        """Show them."""
        self._shown.show_cards(found or ())

    def count(self, found: tuple[PayCardRow, ...]) -> int:
        """How many are in use, or on their way."""
        return sum(each.state not in {PayCardState.ENDED, PayCardState.REFUSED} for each in found)

    def _order(self) -> None:
        if self.record_id is not None:
            self.office.show_only("reception_payments", BeginWork(self.record_id, "ordering_card"))
