"""What the sheets of a recharge and of court costs have in common: who is told, how it is sent, instalments, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import Frequency, InvoiceBy, RechargeKind
from app.services.recharges.dto import NewCosts, NewRecharge, RechargeForm, Terms
from app.views.common.evidence import EvidencedSheet
from app.views.common.fields import AreaField, ChoiceField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picked, account_picker

BY: Final[tuple[tuple[str, object], ...]] = (
    ("By letter", InvoiceBy.LETTER.value),
    ("By e-mail", InvoiceBy.EMAIL.value),
    ("Not sent, only filed", InvoiceBy.NOTHING.value),
)
EVERY: Final[tuple[tuple[str, object], ...]] = (
    ("a week", Frequency.WEEKLY.value),
    ("a fortnight", Frequency.FORTNIGHTLY.value),
    ("every four weeks", Frequency.FOUR_WEEKLY.value),
    ("a month", Frequency.MONTHLY.value),
)
_NOTE: Final = 400


class InvoiceSheet(EvidencedSheet):
    """A sheet that asks for an invoice.

    Attributes:
        key: its name for it: a second click never makes two.
    """

    kind: RechargeKind

    def __init__(self, parent: QWidget, title: str, form: RechargeForm, find: Find) -> None:
        super().__init__(parent, title, save="Raise it")
        self.key = f"recharge:{uuid4().hex}"
        self.asked = form
        self.evidence.required = self.kind in form.needs_evidence
        self._account = account_picker(find)
        self.fields.add("account_id", "&Account", self._account)
        self.add_own()
        self._add_rest()
        if form.account is not None:
            face = form.account
            self._account.set_value(Picked(face.account_id, face.name, f"Account {face.reference}"))

    def add_own(self) -> None:
        """Add the fields of this sheet alone."""
        raise NotImplementedError

    def command(self) -> NewRecharge | NewCosts | None:
        """What is asked for, without its files; None while something is missing."""
        raise NotImplementedError

    def today(self) -> date:
        """The day at the office."""
        return self.asked.today

    def common(self) -> dict[str, Any]:
        """What every invoice is asked for with."""
        values = self.fields.values()
        terms = None
        if values["terms"] is not None and values["terms_from_on"] is not None:
            terms = Terms(values["terms"], Frequency(values["terms_every"]), values["terms_from_on"])
        return {
            "entry_key": self.key,
            "account_id": values["account_id"],
            "notify_id": values["notify_id"],
            "send_by": InvoiceBy(values["send_by"]),
            "terms": terms,
            "note": values["note"],
        }

    def _add_rest(self) -> None:
        fields = self.fields
        fields.add("send_by", "&Invoice goes", ChoiceField(BY), f"To be paid in {self.asked.due_days} days")
        officers: Sequence[tuple[str, object]] = [(name, officer_id) for officer_id, name in self.asked.officers]
        fields.add("notify_id", "&Tell", ChoiceField([("Nobody", None), *officers]), "The officer gets a task")
        fields.add("terms", "Instal&ments of", MoneyField(), "Where instalments were agreed; empty where not")
        fields.add("terms_every", "E&very", ChoiceField(EVERY))
        fields.add("terms_from_on", "First da&y", DateField(self.today))
        fields.add("note", "&Note", AreaField(_NOTE, height=58, placeholder="For whoever approves it"))
        self.add_evidence("Evi&dence")
        fields.changed.connect(self._follow_terms)
        self._follow_terms()

    def _follow_terms(self) -> None:
        """How often and from when are asked once there is an instalment."""
        agreed = self.fields.values()["terms"] is not None
        for name in ("terms_every", "terms_from_on"):
            self.show_row(name, shown=agreed)
