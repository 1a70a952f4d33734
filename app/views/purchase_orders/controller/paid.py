"""Is it paid? Asked with one key from anywhere in the tab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.context import Context
from app.services.purchase_orders.orders import queries
from app.services.purchase_orders.orders.dto import PaidAnswer
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.purchase_orders.paid import PaidSheet


class PaidController(QObject):
    """The sheet, and what it asks as the officer types."""

    def __init__(self, office: Office, page: QWidget, _ids: Sequence[int] = (), wanted: Any = None) -> None:
        del wanted
        sheet = PaidSheet(page)
        super().__init__(sheet)
        self.office = office
        self.sheet = sheet
        self._asked: Task | None = None
        sheet.wanted.connect(self._ask)
        sheet.opened.connect(self._open)
        sheet.open()

    def _ask(self, text: str) -> None:
        self._asked = self.office.ask(
            self,
            _answers,
            text,
            then=lambda found: self.sheet.show_answers(found, text),
            refused=self.sheet.show_error,
            instead_of=self._asked,
        )

    def _open(self, row: PaidAnswer) -> None:
        """The invoice, or the order that none came for yet."""
        self.sheet.close()
        if row.invoice_id is not None:
            self.office.open_record(Subject.SUPPLIER_INVOICE, row.invoice_id)
        elif row.order_id is not None:
            self.office.open_record(Subject.PURCHASE_ORDER, row.order_id)


def _answers(ctx: Context, text: str) -> tuple[PaidAnswer, ...]:
    return queries.is_paid(ctx, text)
