"""The sheet of a refund: how much, to whom, how, and why; what the gate will say stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import Payee, RefundMethod
from app.services.adjustments.refunds.dto import (
    METHODS,
    PAYEES,
    ChangedRefund,
    NewRefund,
    PersonChoice,
    RefundDetail,
    RefundForm,
)
from app.views.common.evidence import EvidencedSheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField

_NAME, _REASON = 200, 400
_ELSE: Final = PersonChoice(0, "Somebody else", Payee.OTHER)
_BANK: Final = frozenset({RefundMethod.FINANCE, RefundMethod.BACS})


class RefundSheet(EvidencedSheet):
    """A refund to be asked for, or one in the gate to be changed.

    Args:
        form: what it begins with.
        standing: the refund that is changed.
    """

    def __init__(self, parent: QWidget, form: RefundForm, standing: RefundDetail | None = None) -> None:
        title = f"Change refund {standing.number}" if standing else "New refund"
        note = f"Account {form.reference}, {form.name}, {form.balance.dr_cr()}. {form.cause_words}."
        super().__init__(parent, title, save="Put it to the gate", note=note)
        self._form_data = form
        self._standing = standing
        self._key = f"refund:{uuid4().hex}"
        self._people = (*form.people, _ELSE)
        self._who = ChoiceField([(_person(each), each) for each in self._people])
        self._name = LineField(_NAME)
        self._method = ChoiceField([(words, method) for method, words in METHODS.items()])
        self._bank = ChoiceField()
        self._arrange(form)
        self._begin(form, standing)
        self._who.changed.connect(self._follow_person)
        self._method.changed.connect(self._follow_method)
        self._follow_method()

    def _arrange(self, form: RefundForm) -> None:
        def today() -> date:
            return form.today

        fields = self.fields
        fields.add("amount", "A&mount", MoneyField(required=True), self._most(form))
        fields.add("payee", "&Paid to", self._who)
        fields.add("payee_name", "&Name", self._name, "As the bank or the cheque has it")
        fields.add("method", "&How", self._method)
        fields.add("bank_detail_id", "&Bank details", self._bank)
        fields.add("payee_address", "Addre&ss", AreaField(_REASON, height=64), "Where the cheque goes")
        fields.add("asked_on", "Asked &on", DateField(today, required=True), "The day they asked, or it was offered")
        fields.add("reason", "&Reason", AreaField(_REASON, height=64), "Whoever approves it reads this")
        self.add_evidence()

    def _begin(self, form: RefundForm, standing: RefundDetail | None) -> None:
        if standing is None:
            values: Mapping[str, object] = {
                "amount": form.most or form.credit,
                "method": form.method,
                "payee_address": form.address,
                "asked_on": form.today,
            }
            self._follow_person()
        else:
            person = next(
                (each for each in self._people if (each.person_id, each.payee) == (standing.person_id, standing.payee)),
                _ELSE,
            )
            self._who.set_value(person)
            self._offer_banks()
            values = {
                "amount": standing.amount,
                "method": standing.method,
                "payee_name": standing.payee_name,
                "payee_address": standing.payee_address,
                "bank_detail_id": standing.bank_detail_id,
                "asked_on": standing.asked_on,
                "reason": standing.reason,
            }
        self.fields.fill(values)
        if standing is not None:
            for name in ("asked_on", "evidence"):
                self.show_row(name, shown=False)

    def command(self) -> NewRefund | ChangedRefund | None:
        """What is asked for; None while the amount or the day is missing."""
        values = self.fields.values()
        if values["amount"] is None or values["asked_on"] is None:
            return None
        person: PersonChoice = values["payee"]
        same = {
            "amount": values["amount"],
            "method": values["method"],
            "payee": person.payee,
            "payee_name": values["payee_name"],
            "reason": values["reason"],
            "person_id": person.person_id or None,
            "payee_address": values["payee_address"] if values["method"] is RefundMethod.CHEQUE else "",
            "bank_detail_id": values["bank_detail_id"] if values["method"] in _BANK else None,
        }
        if self._standing is not None:
            return ChangedRefund(refund_id=self._standing.refund_id, version=self._standing.version, **same)
        return NewRefund(
            entry_key=self._key, account_id=self._form_data.account_id, asked_on=values["asked_on"], **same
        )

    def _follow_person(self) -> None:
        """The name and the bank details of whoever is chosen."""
        person = self._who.value()
        self._name.set_value("" if person == _ELSE else person.name)
        self._offer_banks()

    def _offer_banks(self) -> None:
        wanted = self._who.value().person_id or None
        banks = [each for each in self._form_data.banks if each.person_id in {wanted, None}]
        offered: list[tuple[str, object]] = [
            (f"{each.words} (waits)" if each.waits else each.words, each.detail_id) for each in banks
        ]
        self._bank.offer([*offered, ("Given at the gate", None)])

    def _follow_method(self) -> None:
        method = self._method.value()
        self.show_row("bank_detail_id", shown=method in _BANK)
        self.show_row("payee_address", shown=method is RefundMethod.CHEQUE)

    @staticmethod
    def _most(form: RefundForm) -> str:
        said = f"{form.most} may be refunded"
        if form.kept:
            said += f"; {form.kept} of rent in advance stays"
        return f"{said}; other refunds take {form.promised}" if form.promised else said


def _person(choice: PersonChoice) -> str:
    return choice.name if choice == _ELSE else f"{choice.name}: {PAYEES[choice.payee].lower()}"
