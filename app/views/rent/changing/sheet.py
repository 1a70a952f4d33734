"""The sheet by which a tenancy is changed: what changes, the fields that it asks for, and what saving does beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final, cast

from PySide6.QtWidgets import QWidget

from app.models.values import PaymentMethod, Tenure
from app.services.tenancies.changes import rules
from app.services.tenancies.changes.dto import Balance, Change
from app.services.tenancies.changes.shown import ChangeForm
from app.services.tenancies.starting.rules import TENURE_WORDS
from app.views.common import formats
from app.views.common.effects import WorkSheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_pickers import Find, Picker
from app.views.common.fields_protocol import Field
from app.views.rent.changing.kinds import RENAME, Kind
from app.views.rent.starting.tenants import TenantsField

_ALWAYS: Final = frozenset({"what", "on", "reason"})
_AFTER_TRIAL: Final = (Tenure.SECURE, Tenure.FLEXIBLE, Tenure.AFFORDABLE)
_HELD: Final = (
    Tenure.SECURE,
    Tenure.INTRODUCTORY,
    Tenure.FLEXIBLE,
    Tenure.AFFORDABLE,
    Tenure.NON_SECURE,
    Tenure.LICENCE,
)
_METHODS: Final = (
    PaymentMethod.DIRECT_DEBIT,
    PaymentMethod.PAYMENT_CARD,
    PaymentMethod.STANDING_ORDER,
    PaymentMethod.BANK_TRANSFER,
    PaymentMethod.UNIVERSAL_CREDIT,
    PaymentMethod.HOUSING_BENEFIT,
    PaymentMethod.CARD,
    PaymentMethod.CASH,
)


class ChangeSheet(WorkSheet):
    """One of a few kinds of change; fields that a kind doesn't ask for aren't shown.

    Args:
        title: what the sheet is called.
        kinds: those that fit the tenancy, the likeliest first.
        form: the tenancy.
        find_property, find_person: look for what is typed.
        today: gives the day at the office.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        kinds: Sequence[Kind],
        form: ChangeForm,
        find_property: Find,
        find_person: Find,
        today: Callable[[], date],
    ) -> None:
        note = f"Account {form.reference}, {form.name}, {form.address}"
        super().__init__(parent, title, save="Save", note=note, width=1060)
        self._kinds = {each.key: each for each in kinds}
        self._tenancy = form
        self._today = today
        self._proposed: date | None = None
        self.tenants = TenantsField(find_person)
        self.place = Picker(find_property, "a home", "an address, postcode or reference, or void")
        self.fields = self.form()
        self._names: list[str] = []
        self._add_fields()
        self._choice.changed.connect(self._show_kind)
        self._show_kind()

    @property
    def kind(self) -> Kind:
        """What is being changed."""
        return self._kinds[self._choice.value()]

    def command(self) -> Change | None:
        """What is typed; None while something is missing."""
        values = self.fields.values()
        return self.kind.command(self._tenancy, values) if values["on"] is not None else None

    def _add_fields(self) -> None:
        form, today = self._tenancy, self._today
        self._choice = ChoiceField([(each.words, each.key) for each in self._kinds.values()])
        self._add("what", "&What", self._choice)
        self._about = self.fields.add_words(self._choice)
        self._names.append("")
        self._add("on", "&Day", DateField(today, required=True))
        self._add("leaves", "Who &leaves", ChoiceField([(each.name, each.person_id) for each in form.holders]))
        self._add("tenants", "&Tenants", self.tenants)
        self._add("relation", "&Relation", _choice(rules.RELATIONS))
        self._add("lived_from", "Lived there &since", DateField(today), "Needed for family: twelve months at least")
        self._add("ground", "&Ground", _choice(rules.GROUNDS))
        self._add("excused", "Let nonet&heless", LineField(400, placeholder="Why, where there is no right to it"))
        self._add("property", "&New home", self.place)
        self._add("other", "&Other account", LineField(40, placeholder="A payment or tenancy reference"))
        self._add("tenure", "T&enure", ChoiceField([(TENURE_WORDS[each].capitalize(), each) for each in _HELD]))
        self._add(
            "becomes", "&Becomes", ChoiceField([(TENURE_WORDS[each].capitalize(), each) for each in _AFTER_TRIAL])
        )
        self._add("term_ends_on", "Term ends", DateField(today), "Of a flexible tenancy")
        balances = [("Stays with the old tenancy", Balance.FORMER), ("Goes to the new account", Balance.NEW)]
        self._add("balance", f"{form.balance} &on it", ChoiceField(balances))
        self._add("payment_method", "Pays &by", ChoiceField([(_method(each), each) for each in _METHODS]))
        for garage in form.garages:
            self._add(f"garage_{garage.tenancy_id}", garage.words, TickField(f"{garage.words} goes with it"))
        self._add("near", "Near", TickField("Those garages are near the new ho&me"))
        self._add("name", "Na&me on letters", LineField(200, placeholder="The tenants' names"))
        self._add("reason", "Wh&y", LineField(400, placeholder="Kept as a note on the account"))
        self._add("letter", "Letter", TickField("&A letter tells them"))
        self.fields.fill(self._first_values())

    def _first_values(self) -> dict[str, Any]:
        form = self._tenancy
        return {
            "letter": True,
            "tenure": form.tenure,
            "payment_method": form.payment_method,
            "balance": Balance.FORMER if form.owes else Balance.NEW,
            **{f"garage_{each.tenancy_id}": each.linked for each in form.garages},
        }

    def _add(self, name: str, title: str, field: QWidget, hint: str = "") -> None:
        self.fields.add(name, title, field, hint)
        self._names.append(name)

    def _show_kind(self) -> None:
        """Show what the kind asks for; propose its day unless another was typed."""
        kind = self.kind
        self._about.setText(kind.about)
        for at, name in enumerate(self._names):
            self.fields.setRowVisible(at, not name or self._asked(kind, name))
        on = cast("Field", self.fields.field("on"))
        if on.value() == self._proposed:
            self._proposed = kind.day(self._tenancy, self._today())
            on.set_value(self._proposed)
        self._propose_name(kind)

    def _propose_name(self, kind: Kind) -> None:
        """A rename begins with the name as it is; who comes or leaves with the tenants' own, so with nothing."""
        typed = self.fields.values()["name"]
        if typed in {"", self._tenancy.name}:
            self.fields.fill({"name": self._tenancy.name if kind is RENAME else ""})

    def _asked(self, kind: Kind, name: str) -> bool:
        if name in _ALWAYS or name in kind.fields:
            return True
        if name.startswith("garage_"):
            return "garages" in kind.fields
        return False

    def _confirm(self) -> None:
        """Only what is shown is looked at: a field that the kind doesn't ask for can't be wrong."""
        wrong = next((name for name in self._names if name and self._problem(name)), None)
        if wrong is None:
            self.messages.clear()
            self.confirmed.emit()
            return
        self.fields.check()
        self.fields.field(wrong).setFocus()

    def _problem(self, name: str) -> str:
        field = self.fields.field(name)
        return cast("Field", field).problem() if self._asked(self.kind, name) else ""


def _method(method: PaymentMethod) -> str:
    words = formats.method(method)
    return words[:1].upper() + words[1:]


def _choice(words: Any) -> ChoiceField:
    return ChoiceField([(text, value) for value, text in words.items()])
