"""Start a tenancy: one form by keyboard, with what saving will do beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Money, PaymentMethod, PropertyType, Tenure
from app.services.core.calendars import monday_on_or_after
from app.services.tenancies.starting.dto import NewCharge, Proposal, StartTenancy
from app.services.tenancies.starting.rules import TENURE_WORDS
from app.views.common import formats
from app.views.common.columns import row_height
from app.views.common.effects import WorkSheet
from app.views.common.entry_grid import EntryGrid
from app.views.common.entry_model import EntryColumn
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picked, Picker
from app.views.common.pause import Pause
from app.views.rent.starting.tenants import TenantsField

_PAUSE_MS: Final = 150
_GRID_ROWS: Final = 6
_SOMETIMES: Final = ("trial_ends_on", "term_ends_on", "home_id", "near_home", "second_home")
_METHODS: Final = (
    PaymentMethod.DIRECT_DEBIT,
    PaymentMethod.PAYMENT_CARD,
    PaymentMethod.STANDING_ORDER,
    PaymentMethod.BANK_TRANSFER,
    PaymentMethod.UNIVERSAL_CREDIT,
    PaymentMethod.HOUSING_BENEFIT,
    PaymentMethod.CARD,
    PaymentMethod.CASH,
    PaymentMethod.CHEQUE,
    PaymentMethod.SALARY,
    PaymentMethod.OTHER,
)


class StartSheet(WorkSheet):
    """A new let; its controller finds, proposes and saves.

    Signals:
        proposal_wanted: the property, the tenure, the first day or the people are others now.
    """

    proposal_wanted = Signal()

    def __init__(self, parent: QWidget, find_property: Find, find_person: Find, today: Callable[[], date]) -> None:
        super().__init__(parent, "Start a tenancy", save="Start", width=1100)
        self._today = today
        self._codes: tuple[tuple[str, str], ...] = ()
        self._proposed: Any = []
        self._property: int | None = None
        self._days: dict[str, date | None] = {}
        self.fields = self.form()
        self.place = Picker(find_property, "a property", "an address, postcode or reference, or void", required=True)
        self.tenants = TenantsField(find_person)
        self.charges = EntryGrid(
            "Charges",
            (
                EntryColumn("code", "Charge", lambda: Picker(self._find_code, "a charge", "its name or code"), 220),
                EntryColumn("amount", "A week", lambda: MoneyField(credits_too=True), 100, right=True, total=True),
            ),
            one="charge",
        )
        self.charges.table.setMinimumHeight(row_height() * _GRID_ROWS)
        self._add_fields()
        for name in _SOMETIMES:
            self._show(name, shown=False)
        self._pause = Pause(self, self.proposal_wanted, _PAUSE_MS)
        tenure, first_day = self.fields.field("tenure"), self.fields.field("start_on")
        assert isinstance(tenure, ChoiceField)
        assert isinstance(first_day, DateField)
        for changed in (self.place.changed, self.tenants.changed, tenure.changed, first_day.dateChanged):
            changed.connect(self._pause.start)

    def _add_fields(self) -> None:
        add = self.fields.add
        add("property", "&Property", self.place)
        add("tenants", "&Tenants", self.tenants)
        add("tenure", "T&enure", ChoiceField(_tenures(list(Tenure))))
        add("start_on", "First &day", DateField(self._today, required=True))
        add("trial_ends_on", "Trial ends", DateField(self._today))
        add("term_ends_on", "Term ends", DateField(self._today))
        add("home_id", "Goes with", ChoiceField([("No home of theirs", None)]))
        add("near_home", "", TickField("It is near that home"))
        add("charges", "&Charges", self.charges)
        add("payment_method", "Pays &by", ChoiceField([(formats.method(each), each) for each in _METHODS]))
        add("account_name", "Name on &letters", LineField(200, placeholder="The tenants' names"))
        add("second_home", "Two &homes, why", LineField(300, placeholder="Why both run together"))
        add("welcome", "", TickField("&Welcome letter and first statement"))
        add("ask_to_pay", "", TickField("&Ask for the card, mandate or claim"))
        self.fields.fill({"start_on": monday_on_or_after(self._today()), "welcome": True, "ask_to_pay": True})

    # What is typed

    def tenure(self) -> Tenure:
        """The tenure that is chosen."""
        chosen: Tenure = self.fields.values()["tenure"]
        return chosen

    def command(self) -> StartTenancy | None:
        """What would be started; None while the property or the first day isn't told."""
        values = self.fields.values()
        if values["property"] is None or values["start_on"] is None:
            return None
        rows = values.pop("charges")
        charges = tuple(
            NewCharge(self._codes[each["code"]][0], each["amount"] or Money(0))
            for each in rows
            if each["code"] is not None
        )
        for name in ("trial_ends_on", "term_ends_on", "home_id", "second_home"):
            if not self.fields.isRowVisible(self._row_of(name)):
                values[name] = "" if name == "second_home" else None
        values["tenure"] = self.tenure()
        values["near_home"] = bool(values["near_home"]) and values["home_id"] is not None
        return StartTenancy(property_id=values.pop("property"), charges=charges, **values)

    # What is proposed

    def propose(self, found: Proposal) -> None:
        """Offer what fits the property: its tenures, its charges unless others are typed, the days of trial and term."""
        self._codes = found.codes
        tenure = self.fields.field("tenure")
        assert isinstance(tenure, ChoiceField)
        tenure.offer(_tenures(found.tenures))
        garage = found.property.type is not PropertyType.DWELLING
        self._show("trial_ends_on", shown=found.trial_ends_on is not None)
        self._show("term_ends_on", shown=found.term_ends_on is not None)
        self._show("home_id", shown=garage)
        self._show("near_home", shown=garage)
        self._show("second_home", shown=bool(found.held) and not garage)
        self._propose_day("trial_ends_on", found.trial_ends_on)
        self._propose_day("term_ends_on", found.term_ends_on)
        if garage:
            self._offer_homes(found)
        self._propose_charges(found)

    def _propose_day(self, name: str, day: date | None) -> None:
        """Show a day, unless the officer typed another than was proposed before."""
        field = self.fields.field(name)
        assert isinstance(field, DateField)
        if field.value() == self._days.get(name) and field.value() != day:
            field.set_value(day)
        self._days[name] = day

    def _offer_homes(self, found: Proposal) -> None:
        home = self.fields.field("home_id")
        assert isinstance(home, ChoiceField)
        before = home.value()
        home.offer([("No home of theirs", None), *((address, number) for number, address in found.homes)])
        known = {number for number, _ in found.homes}
        if before is None and found.property.home_id in known:
            self.fields.fill({"home_id": found.property.home_id, "near_home": found.property.near_home})

    def _propose_charges(self, found: Proposal) -> None:
        if self.charges.typed() != self._proposed and self._property == found.property.property_id:
            return
        places = {code: at for at, (code, _) in enumerate(self._codes)}
        rows = [
            {"code": [str(places[each.code]), each.code, each.name], "amount": each.amount.plain()}
            for each in found.charges
        ]
        self._property = found.property.property_id
        self.charges.set_value(rows)
        self._proposed = self.charges.typed()

    def _find_code(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        words = text.casefold().split()
        offered = [Picked(at, code, name) for at, (code, name) in enumerate(self._codes)]
        then([each for each in offered if all(word in each.line().casefold() for word in words)])

    def _show(self, name: str, *, shown: bool) -> None:
        self.fields.setRowVisible(self._row_of(name), shown)

    def _row_of(self, name: str) -> int:
        """The row of a field: they stand in the order in which they were added."""
        return list(self.fields.values()).index(name)


def _tenures(offered: Sequence[Tenure]) -> list[tuple[str, object]]:
    return [(TENURE_WORDS[each].capitalize(), each) for each in offered]
