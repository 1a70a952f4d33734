"""Taking a payment: the caller is found and asked, the payment taken, its receipt printed or sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import Subject, TakenBy
from app.services.core.errors import UserError
from app.services.reception_payments.callers import queries as callers
from app.services.reception_payments.callers.dto import Caller
from app.services.reception_payments.cards import commands as cards
from app.services.reception_payments.cards.dto.asked import CardBegun, NewCardPayment, Standing
from app.services.reception_payments.receipts import beginning, checking, commands
from app.services.reception_payments.receipts.dto.asked import Question, Taken, TakePayment
from app.services.reception_payments.receipts.dto.forms import TakeForm
from app.services.reception_payments.receipts.dto.new import NewReceipt
from app.views.common.begin_work import BeginFromPost, BeginWork
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.common.tasks import Task
from app.views.reception_payments.controller.card_waiting import CardWaiting
from app.views.reception_payments.controller.links import open_link
from app.views.reception_payments.controller.papers import after_taking
from app.views.reception_payments.take import TakeSheet, picked


class TakeController(SheetWork):
    """The sheet that takes a payment; `known` may name a `valuable_id` of the post's register."""

    asks = staticmethod(beginning.take_form)

    def __init__(
        self, office: Office, page: QWidget, _ids: Sequence[int], wanted: BeginWork | BeginFromPost | None = None
    ) -> None:
        super().__init__(office, page)
        self._finding: Task | None = None
        known = wanted.known if isinstance(wanted, BeginWork) else {}
        account_id = wanted.account_id if isinstance(wanted, BeginWork) else 0
        item_id = wanted.item_id if isinstance(wanted, BeginFromPost) else None
        self.begin(account_id or None, known.get("valuable_id"), item_id)

    def make(self, form: TakeForm) -> TakeSheet:
        """The sheet."""
        return TakeSheet(self.page, form, self._find)

    def opened(self) -> None:
        """The account that it begins with is asked for at once."""
        sheet: TakeSheet = self.sheet
        sheet.caller_wanted.connect(self._ask_caller)
        sheet.enquired.connect(self._enquire)
        sheet.link_wanted.connect(self._link)
        if sheet.picker.value() is not None:
            self._ask_caller(sheet.picker.value())

    def save(self, new: NewReceipt) -> None:
        """What the payer is asked first; then it is taken. It is of the day on which it is taken, also past midnight."""
        if new.valuable_id is None:
            new = replace(new, taken_on=self.office.desk.clock.today())
        self.office.ask(self, checking.questions, new, then=partial(self._go_on, new), refused=self.refuse)

    def _go_on(self, new: NewReceipt, questions: Sequence[Question]) -> None:
        sheet: TakeSheet = self.sheet
        if left := [each for each in questions if each.key not in sheet.asked]:
            sheet.show_questions(left)
            return
        if new.taken_by is TakenBy.CARD:
            begin = NewCardPayment(new.entry_key, new)
            self.office.do(self, cards.begin, begin, then=self._card, refused=self.refuse)
        else:
            self.do(commands.take, TakePayment(new, sheet.way, sheet.asked))

    def done(self, taken: Taken) -> None:
        """It is taken: say so, and what is given back."""
        self.sheet.how.remember()
        self.sheet.close()
        after_taking(self.office, self.page, taken, self._next)

    def _next(self) -> None:
        type(self)(self.office, self.page, ())

    def _card(self, begun: CardBegun) -> None:
        self.sheet.how.remember()
        self.sheet.close()
        CardWaiting(self.office, self.page, self._card_over).begin(begun.payment_id)

    def _card_over(self, found: Standing) -> None:
        """The card payment is over: where it went through, its receipt is shown."""
        if found.receipt_id is not None:
            self.office.open_record(Subject.RECEIPT, found.receipt_id)

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: Sequence[Any]) -> None:
            then([picked(each) for each in found])

        self._finding = self.office.ask(self, callers.find, text, then=show, instead_of=self._finding)

    def _ask_caller(self, account_id: int) -> None:
        self.ask(callers.caller, account_id, self.sheet.way, then=self._show_caller)

    def _show_caller(self, caller: Caller) -> None:
        self.sheet.show_caller(caller)

    def _enquire(self) -> None:
        asked = self.sheet.enquiry()
        if asked is None:
            self.refuse(UserError("Nobody is found yet.", "Find the caller first.", "account_id"))
        else:
            self.office.do(self, commands.enquire, asked, then=self._enquired, refused=self.refuse)

    def _enquired(self, done: Any) -> None:
        self.sheet.close()
        self.office.messages.good(done.told)

    def _link(self) -> None:
        caller: Caller | None = self.sheet.caller
        if caller is None or caller.shut:
            self.refuse(UserError("Nobody is found yet.", "Find the caller first.", "account_id"))
            return
        person = self.sheet.who.person
        open_link(self.office, self.sheet, caller, person.mobile if person else "", self.sheet.pay_cards)
