"""The part of the account's card that shows its receipts, joined to the services."""

from __future__ import annotations

from app.models.values import Money, Subject
from app.services.reception_payments.receipts.dto.shown import ReceiptRow
from app.services.reception_payments.receipts.queries import of_account
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.rent.receipts_part import PaidRow, ReceiptsPart


class ReceiptsOfAccountController(PartDesk):
    """Shows the receipts of whichever account is open; the tab Reception shows one whole."""

    def __init__(self, office: Office) -> None:
        self._shown = ReceiptsPart()
        super().__init__(office, self._shown, of_account)
        self._shown.opened.connect(lambda receipt_id: office.open_record(Subject.RECEIPT, receipt_id))

    def fill(self, found: tuple[tuple[ReceiptRow, Money], ...] | None) -> None:
        """Show them."""
        self._shown.show_receipts([PaidRow(receipt, amount) for receipt, amount in found or ()])

    def count(self, found: tuple[tuple[ReceiptRow, Money], ...]) -> int:
        """How many there are."""
        return len(found)
