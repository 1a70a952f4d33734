"""The sheet of court costs: what an order awards, on the day of the order; the fee table only proposes."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, Money, RechargeKind
from app.services.recharges.dto import CourtFee, NewCosts, RechargeForm
from app.services.recharges.rules import fee_on
from app.services.workbench.rules.typed_dates import Toward
from app.views.adjustments.invoiced import InvoiceSheet
from app.views.common import formats
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find

_FEES: Final[tuple[tuple[str, object], ...]] = (
    ("No fee proposed", ""),
    ("Possession claim", CourtFee.CLAIM.value),
    ("Possession claim online", CourtFee.CLAIM_ONLINE.value),
    ("Warrant of possession", CourtFee.WARRANT.value),
    ("Application on notice", CourtFee.APPLICATION.value),
    ("Application by consent", CourtFee.CONSENT.value),
)
_CLAIM: Final = 60
_ONLY: Final = "Only what the order awards is a debt: a fee that was paid at issue is spending until then."


class CourtCostsSheet(InvoiceSheet):
    """Court costs."""

    kind = RechargeKind.COURT_COSTS

    def __init__(self, parent: QWidget, form: RechargeForm, find: Find) -> None:
        self._proposed: Money | None = None
        super().__init__(parent, "Court costs", form, find)
        if form.account is not None:
            self.begin_at(self._claim)
        for each in (self._for, self._paid_on):
            each.changed.connect(self._propose)

    def add_own(self) -> None:
        """The claim, the order and what it awards."""
        fields = self.fields
        self._claim, self._for = LineField(_CLAIM), ChoiceField(_FEES)
        self._paid_on, self._fee = DateField(self.today, Toward.PAST), MoneyField()
        fields.add("claim", "&Claim number", self._claim)
        fields.add("order_on", "Date of the &order", DateField(self.today, Toward.PAST, required=True), _ONLY)
        fields.add("for", "Fee &proposed", self._for, "From the table of court fees, by the day it was paid")
        fields.add("paid_on", "Iss&ued on", self._paid_on)
        fields.add("fee", "Court fee a&warded", self._fee)
        self._said = fields.add_words(self._fee)
        fields.add("fixed", "Fi&xed costs awarded", MoneyField())

    def command(self) -> NewCosts | None:
        """What is asked for; None while the account or the order is missing."""
        values = self.fields.values()
        if values["account_id"] is None or values["order_on"] is None:
            return None
        return NewCosts(
            **self.common(),
            claim=values["claim"],
            order_on=values["order_on"],
            fee=values["fee"] or ZERO,
            fixed=values["fixed"] or ZERO,
        )

    def _propose(self) -> None:
        """Fill in the fee of the table, where nothing else was typed."""
        chosen, day = self._for.value(), self._paid_on.value()
        if not chosen or day is None:
            self._said.setText("")
            return
        found = fee_on(self.asked.fees[CourtFee(chosen)], day)
        standing = self._fee.value()
        if found is None:
            self._said.setText(f"The table has no fee for {formats.day(day)}.")
            return
        self._said.setText(f"{found} in the table for {formats.day(day)}; post what the order says.")
        if standing is None or standing == self._proposed:
            self._proposed = found
            self._fee.set_value(found)
