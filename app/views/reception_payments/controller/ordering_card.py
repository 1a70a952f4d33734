"""Ordering a pay point card: the account is found, or carried over, and its cards are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import PayCardReason
from app.services.core.context import Context
from app.services.reception_payments.callers import queries as callers
from app.services.reception_payments.pay_cards import commands, queries
from app.services.reception_payments.pay_cards.dto import CardsOrdered, OrderForm
from app.views.common.begin_work import BeginWork
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.common.tasks import Task
from app.views.reception_payments.pay_card_sheets import OrderSheet
from app.views.reception_payments.take import picked


class OrderController(SheetWork):
    """The sheet; another tab may hand the account over."""

    def __init__(
        self,
        office: Office,
        page: QWidget,
        _ids: Sequence[int] = (),
        wanted: BeginWork | None = None,
        account_id: int | None = None,
    ) -> None:
        super().__init__(office, page)
        self._finding: Task | None = None
        self._account_id = wanted.account_id if wanted is not None else account_id
        self.begin()

    def make(self, _found: None) -> OrderSheet:
        """The sheet."""
        return OrderSheet(self.page, self._find)

    def opened(self) -> None:
        """The account that it begins with is asked for at once."""
        self.sheet.account_chosen.connect(lambda account_id: self._look(account_id, self.sheet.show_form))
        if self._account_id:
            self._look(self._account_id, self.sheet.begin_with)

    def save(self, asked: tuple[int, PayCardReason]) -> None:
        """Order it."""
        self.do(_ordered, asked)

    def _look(self, account_id: int, then: Callable[[OrderForm], object]) -> None:
        self.ask(queries.order_form, account_id, then=then)

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: Sequence[Any]) -> None:
            then([picked(each) for each in found])

        self._finding = self.office.ask(self, callers.find, text, then=show, instead_of=self._finding)


def _ordered(ctx: Context, asked: tuple[int, PayCardReason]) -> CardsOrdered:
    account_id, reason = asked
    return commands.order(ctx, [account_id], reason)
