"""The sheet of a rechargeable repair: a line of the price list, or the cost of other work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import RechargeKind, WorkTime
from app.services.recharges.dto import NewRecharge, RechargeForm
from app.services.recharges.rules import MOST_OF_ONE, priced
from app.views.adjustments.invoiced import InvoiceSheet
from app.views.common import formats
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find

_TIMES: Final[tuple[tuple[str, object], ...]] = (
    ("Not an emergency", WorkTime.NORMAL.value),
    ("Emergency by day", WorkTime.EMERGENCY.value),
    ("Emergency out of hours", WorkTime.OUT_OF_HOURS.value),
)
_DESCRIPTION, _JOB = 200, 60
_CHOOSE: Final = "Choose the work"


class RechargeSheet(InvoiceSheet):
    """A rechargeable repair."""

    kind = RechargeKind.REPAIR

    def __init__(self, parent: QWidget, form: RechargeForm, find: Find) -> None:
        self._rows = {each.key: each for each in form.prices}
        self._item = ChoiceField([(each.title, each.key) for each in form.prices])
        super().__init__(parent, "Rechargeable repair", form, find)
        if form.account is not None:
            self.begin_at(self._item)
        self._item.changed.connect(self._follow_item)
        self._follow_item()

    def add_own(self) -> None:
        """The work, when it was done and what it costs."""
        fields = self.fields
        fields.add("item", "&Work", self._item)
        self._prices = fields.add_words(self._item)
        fields.add("at", "&Price", ChoiceField(_TIMES))
        fields.add("quantity", "&How many", LineField(2))
        fields.add("done_on", "D&one on", DateField(self.today, required=True))
        fields.add("net", "&Cost instead", MoneyField(), "Before VAT; the note says how it was worked out")
        fields.add(
            "description", "In wo&rds", LineField(_DESCRIPTION, placeholder="As the invoice says it; empty: the work")
        )
        fields.add("job", "&Job", LineField(_JOB, placeholder="The number of the repair"))
        fields.fill({"quantity": "1", "done_on": self.asked.today})

    def command(self) -> NewRecharge | None:
        """What is asked for; None while the account or the day is missing."""
        values = self.fields.values()
        if values["account_id"] is None or values["done_on"] is None or values["item"] is None:
            return None
        typed = str(values["quantity"]).strip()
        quantity = int(typed) if typed.isascii() and typed.isdigit() else MOST_OF_ONE + 1
        return NewRecharge(
            **self.common(),
            item=values["item"],
            at=WorkTime(values["at"]),
            quantity=quantity,
            done_on=values["done_on"],
            net=values["net"],
            description=values["description"],
            job=values["job"],
        )

    def begin_with(self, known: Mapping[str, Any]) -> None:
        """Fill in what is known of the work, such as of a works order that was done; `key` is its name for the invoice.

        Where no line of the price list fits it, the officer chooses one.
        """
        self.key = str(known.get("key", self.key))
        if known.get("evidence"):
            self.evidence.required = False
            self.evidence.say_besides(
                f"{formats.count(len(known['evidence']), 'document of the work goes', 'documents of the work go')} with it"
            )
        if known.get("item") in self._rows:
            self._item.set_value(known["item"])
        elif "item" in known:
            self._item.offer([(_CHOOSE, None), *((each.title, each.key) for each in self._rows.values())])
            self._item.set_value(None)
        names = ("done_on", "net", "description", "job", "note")
        self.fields.fill({name: known[name] for name in names if name in known})

    def _follow_item(self) -> None:
        """What the price list says of the work."""
        row = self._rows.get(self._item.value())
        self._prices.setText((priced(row) or "The price list has no price: give the cost.") if row else "")
