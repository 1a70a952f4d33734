"""The receipts: listed, filtered, looked at; what other tabs hand over is begun or shown."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.models.values import Subject
from app.services.core.context import Context
from app.services.reception_payments.receipts import queries
from app.services.reception_payments.receipts.dto.shown import (
    ReceiptDetail,
    ReceiptFilter,
    ReceiptForm,
    ReceiptRow,
    ReceiptSort,
    ReceiptView,
)
from app.services.workbench.listing import Totals
from app.views.common.list_desk import ListDesk
from app.views.common.office import Office
from app.views.common.paged_driver import Source
from app.views.reception_payments.bank import OpenBank
from app.views.reception_payments.page import ReceptionPage
from app.views.reception_payments.works import OFFERED

_SECTIONS: Final[Mapping[Subject, str]] = {
    Subject.CARD_PAYMENT: "cards",
    Subject.PAY_CARD: "pay_cards",
    Subject.VISIT: "visits",
    Subject.RECEIPT_FILE: "files",
    Subject.RECEIPT_PROFILE: "profiles",
    Subject.SUSPENSE_ITEM: "suspense",
    Subject.TILL_SESSION: "tills",
    Subject.BANKING: "bankings",
    Subject.BANK_STATEMENT: "bank_accounts",
    Subject.BOARD_DAY: "board",
}
"""The sections that show a record of their own."""


class ReceptionController(ListDesk):
    """Joins the Reception page to the services."""

    area = "reception_payments"
    subject = Subject.RECEIPT
    detail = staticmethod(queries.detail)
    sections_of = _SECTIONS

    def __init__(self, office: Office) -> None:
        offered = OFFERED.to(office.desk.officer.permissions)
        self.page = page = ReceptionPage(offered)
        source = Source(_ids, queries.rows, _row_id, _totals, _totals_of)
        super().__init__(office, page, source, page.card.parts, page.card.presence)
        page.card.account_opened.connect(lambda account_id: office.open_record(Subject.ACCOUNT, account_id))

    @property
    def account_id(self) -> int | None:
        """None: a payment that is begun here is for whoever calls now, not for the receipt that is shown."""
        return None

    def refresh(self) -> None:
        """List again, with how many each view has."""
        self.ask("standing", _standing, then=self._show_standing)
        super().refresh()

    def show(self, found: ReceiptDetail) -> None:
        """Show a receipt."""
        self.page.show_receipt(found)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.page.show_nothing()

    def open_line(self, row_id: int) -> None:
        """Enter: go to the account that the receipt went to first."""
        shown = self.page.detail
        if shown is not None and shown.row.receipt_id == row_id and shown.row.account_id is not None:
            self.office.open_record(Subject.ACCOUNT, shown.row.account_id)

    def show_only(self, wanted: object) -> None:
        """List the receipts of a filter, show a section or a bank account in it, or begin what another tab hands over."""
        if not isinstance(wanted, OpenBank):
            super().show_only(wanted)
        elif self.sees("bank"):
            bank: Any = self.section("bank")
            bank.show_bank(wanted.bank_id)

    def _show_standing(self, found: tuple[Mapping[ReceiptView, int], ReceiptForm]) -> None:
        self.page.show_standing(*found)


def _standing(ctx: Context) -> tuple[Mapping[ReceiptView, int], ReceiptForm]:
    return queries.counts(ctx), queries.form(ctx)


def _ids(ctx: Context, wanted: ReceiptFilter, sort: str, *, descending: bool) -> array[int]:
    return queries.ids(ctx, wanted, ReceiptSort(sort), descending=descending)


def _totals(ctx: Context, wanted: ReceiptFilter) -> Totals:
    found = queries.totals(ctx, wanted)
    return Totals(found.count, found.amount, unsaid=found.in_till)


def _totals_of(ctx: Context, receipt_ids: Sequence[int]) -> Totals:
    found = queries.totals_of(ctx, receipt_ids)
    return Totals(found.count, found.amount, unsaid=found.in_till)


def _row_id(row: ReceiptRow) -> int:
    return row.receipt_id
