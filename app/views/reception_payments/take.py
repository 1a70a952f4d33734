"""Take a payment: who calls, what they owe, how much they pay and how. Every step is a key."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, PayerKind, TakenBy
from app.services.core.errors import UserError
from app.services.reception_payments.callers.dto import Caller, OwedRow, Way
from app.services.reception_payments.callers.rules import RULES, SplitRule, split
from app.services.reception_payments.receipts.dto.asked import Enquiry, Question
from app.services.reception_payments.receipts.dto.forms import TakeForm
from app.services.reception_payments.receipts.dto.new import NewReceipt, NewShare
from app.services.rent.listed_dto import AccountRow
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picked, Picker
from app.views.common.forms import Form
from app.views.common.parts import action_button, column, label, row, scrolled
from app.views.common.theme import scaled
from app.views.reception_payments.card_guard import CardGuard
from app.views.reception_payments.recording import recording_reminder
from app.views.reception_payments.take_accounts import AccountsGrid
from app.views.reception_payments.take_how import HowFields
from app.views.reception_payments.take_who import WhoPanel

_BY_HAND: Final = "by_hand"
_NAME, _NOTE, _LEFT, _RIGHT, _HIGH = 120, 400, 440, 620, 640
_PAUSE: Final = (
    "Pause the call recording now. The card goes into the provider's page or the terminal, never into Rentbook."
)
_STATED: Final = "The payer's choice"


def picked(found: AccountRow) -> Picked:
    """An account as the field of the caller shows it."""
    where = found.address or found.reference
    return Picked(found.account_id, found.name, f"{found.reference}  {where}" if where != found.reference else where)


class TakeSheet(Sheet):
    """A payment that is taken.

    Args:
        form: what it begins with.
        find: looks for callers.

    Attributes:
        who, accounts, how: its parts.

    Signals:
        caller_wanted(account_id): somebody is found: ask for their accounts.
        enquired: they only asked what is owed.
        link_wanted: they want to pay by themselves.

    Keys: F7 only asked, Ctrl+L a link by text message.
    """

    caller_wanted = Signal(int)
    enquired = Signal()
    link_wanted = Signal()

    def __init__(self, parent: QWidget, form: TakeForm, find: Find) -> None:
        super().__init__(parent, "Take a payment", primary="Take it")
        self.key = uuid4().hex
        self.caller: Caller | None = None
        self._form_of = form
        self._asked: frozenset[str] = frozenset()
        self.picker = Picker(find, "a caller", "name, address, reference or telephone number")
        self.who = WhoPanel()
        self.accounts = AccountsGrid()
        self.amount = MoneyField(placeholder="0.00")
        self.rule = ChoiceField([*((words, each) for each, words in RULES.items()), (_STATED, _BY_HAND)])
        self._total = label("", "figure")
        self._change = label("", "strong")
        self._questions = label("", tone="warning", wrap=True)
        self._record = recording_reminder(_PAUSE)
        self._arrange(form)
        self._join()
        self.pay_cards = form.pay_cards
        self._guard = CardGuard(self, self.messages.warn, form.pay_cards)
        self.accounts.made.connect(self._guard.watch)
        self._follow()

    # For its controller

    def show_caller(self, caller: Caller) -> None:
        """Show who may be calling, and ask them."""
        self.caller = caller
        self.who.show_caller(caller)
        self._show_accounts()
        (self.who if caller.people else self.amount).setFocus()

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Show what the payer is asked first; the next time it is taken."""
        self.set_busy(busy=False)
        self._asked |= {each.key for each in questions}
        said = "\n".join(each.words for each in questions)
        self._questions.setText(f"{said}\nAsk the payer, then Ctrl+Enter again." if said else "")
        self._questions.setVisible(bool(said))

    @property
    def asked(self) -> frozenset[str]:
        """The keys of what the payer was asked."""
        return self._asked

    @property
    def way(self) -> Way:
        """How they are there."""
        return self.how.way_there

    def command(self) -> NewReceipt | None:
        """The payment; None where something is missing, which is said.

        Raises:
            UserError: nobody is found yet, or an amount can't be read.
        """
        if self.caller is None:
            raise UserError("Nobody is found yet.", "Find the caller first.", "account_id")
        if problem := self.accounts.problem() or self.amount.problem():
            raise UserError(problem, field="pence")
        taken_by = self.how.taken_by
        if taken_by is None:
            raise UserError("This desk takes nothing.", "Choose another desk.", "desk_id")
        person = self.who.person
        values = self.fields.values()
        valuable = self._form_of.valuable
        return NewReceipt(
            entry_key=self.key,
            desk_id=values["desk_id"],
            taken_by=taken_by,
            shares=self._shares(),
            taken_on=self._form_of.valuable.came_on if self._form_of.valuable else self._form_of.today,
            payer=PayerKind.HOLDER if self.who.is_proved else PayerKind.THIRD_PARTY,
            payer_name="" if self.who.is_proved else values["payer_name"],
            person_id=person.person_id if person is not None and self.who.is_proved else None,
            proved_by=self.who.right if self.who.is_proved else (),
            tendered_pence=self.how.handed(),
            cheque=self.how.cheque(),
            slip=self.how.slip(),
            valuable_id=valuable.valuable_id if valuable else None,
            note=values["note"],
        )

    def enquiry(self) -> Enquiry | None:
        """That they only asked; None where nobody is found."""
        if self.caller is None:
            return None
        person = self.who.person if self.who.is_proved else None
        return Enquiry(
            self.caller.account_id,
            self.way,
            self.how.desk.value(),
            person.person_id if person else None,
            self.who.right if person else (),
        )

    def show_error(self, error: UserError) -> None:
        """Beside its field, in either column."""
        self.set_busy(busy=False)
        if not (self.fields.show_error(error) or self._pays.show_error(error)):
            self.messages.bad(error)

    # Its parts

    def _arrange(self, form: TakeForm) -> None:
        left = self.fields = Form()
        self._form = left
        left.add("account_id", "&Caller", self.picker)
        left.addRow(self.who)
        self.how = HowFields(left, form.desks)
        left.add("payer_name", "Payer's na&me", LineField(_NAME, placeholder="Who pays, for the receipt"))
        self.note = LineField(_NOTE - 1)
        left.add("note", "N&ote", self.note)
        self._pays = Form()
        self._pays.add_beside(("pence", "&Amount", self.amount), ("rule", "S&plit", self.rule))
        beside, other = QWidget(), QWidget()
        for each in (beside, other):
            each.setObjectName("canvas")
        column(beside, left, None)
        totals = row(label("Total to take", "heading"), None, self._change, self._total)
        column(other, self.accounts, self._pays, totals, self._questions, self._record, None, spacing=12)
        asked, pays = scrolled(beside), scrolled(other)
        asked.setFixedWidth(scaled(_LEFT))
        whole = row(asked, pays, spacing=24)
        whole.setStretch(1, 1)
        self.body.addLayout(whole, 1)
        self.resize(scaled(_LEFT + _RIGHT + 64), scaled(_HIGH))
        self.begin_at(self.picker)
        for key, words, icon, then in (
            ("F7", "Only asked", "message-question-outline", self.enquired),
            ("Ctrl+L", "Send a link", "link-variant", self.link_wanted),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(lambda _on=False, then=then: then.emit())
            self.addAction(action)
            self.left_buttons.addWidget(action_button(action, icon=icon))
        self._begin_with(form)

    def _begin_with(self, form: TakeForm) -> None:
        """What is known already: the account that was shown, or what came in the post."""
        if form.valuable is not None:
            self.how.choose(form.valuable.taken_by)
            self.amount.set_value(form.valuable.amount)
            self.fields.fill({"note": f"{form.valuable.receipt}: {form.valuable.details}".rstrip(": ")})
        if form.account is not None:
            self.picker.set_value(picked(form.account))

    def _join(self) -> None:
        self.picker.changed.connect(self._pick)
        self.who.changed.connect(self._show_accounts)
        self.who.proved.connect(self._to_amount)
        self.amount.changed.connect(self._split)
        self.amount.textEdited.connect(self._by_rule)
        self.amount.returnPressed.connect(self._go_on)
        self.rule.changed.connect(self._split)
        self.accounts.typed.connect(self._by_hand)
        self.how.changed.connect(self._follow)
        self.how.way.changed.connect(self._pick)
        self.how.tendered.changed.connect(self._follow)

    def _pick(self) -> None:
        if (account_id := self.picker.value()) is not None:
            self.caller_wanted.emit(account_id)
        else:
            self.caller = None
            self.who.clear()
            self.accounts.show_rows((), told=False)

    def _rows(self) -> tuple[OwedRow, ...]:
        """What whoever calls pays, once they proved it; else the account alone that was called about."""
        caller, person = self.caller, self.who.person
        if caller is None:
            return ()
        if person is not None and self.who.is_proved:
            theirs = (each for each in caller.accounts if person.person_id in each.people)
            return tuple(theirs) or caller.accounts
        return tuple(each for each in caller.accounts if each.account_id == caller.account_id)

    def _show_accounts(self) -> None:
        rows = self._rows()
        self.accounts.show_rows(rows, told=self.who.is_proved)
        for before, then in pairwise([self.note, *self.accounts.fields.values()]):
            self.setTabOrder(before, then)
        self.rule.setEnabled(len(rows) > 1)
        self.fields.setRowVisible(self.fields.labels["payer_name"], self.caller is not None and not self.who.is_proved)
        self._split()

    def _to_amount(self) -> None:
        self.amount.setFocus()
        self.amount.selectAll()

    def _go_on(self) -> None:
        (self.how.next_field() or self.primary or self.amount).setFocus()

    def _split(self) -> None:
        amount, rows, rule = self.amount.value(), self.accounts.rows, self.rule.value()
        if rule != _BY_HAND and self.caller is not None:
            told = self.who.is_proved
            by = SplitRule(rule) if told else SplitRule.ALL_ON_ONE
            self.accounts.pay(split(by, amount or ZERO, rows, self.caller.account_id) if rows else {})
        self._follow()

    def _by_hand(self) -> None:
        """The payer's choice prevails over every rule."""
        self.rule.set_value(_BY_HAND)
        self.amount.setText(self.accounts.total().plain())
        self._follow()

    def _by_rule(self, _text: str) -> None:
        """Another amount is typed: what was put where by hand doesn't add up to it any more."""
        if self.rule.value() == _BY_HAND:
            self.rule.set_value(SplitRule.RENT_FIRST)

    def _follow(self) -> None:
        total = self.accounts.total()
        self._total.setText(str(total))
        self._change.setText(self.how.change_words(total))
        self._asked = frozenset()
        self._questions.setVisible(False)
        card = self.how.taken_by in {TakenBy.CARD, TakenBy.TERMINAL}
        self._record.setVisible(card and self.way is Way.TELEPHONE)

    def _shares(self) -> tuple[NewShare, ...]:
        stated = self.rule.value() == _BY_HAND
        words = _STATED if stated else RULES[SplitRule(self.rule.value())]
        several = len(self.accounts.parts()) > 1
        return tuple(
            NewShare(amount.pence, account_id, words=words if several or stated else "")
            for account_id, amount in self.accounts.parts().items()
        )
