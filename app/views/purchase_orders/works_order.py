"""The sheet of a works order: the property, trade and priority first, then the contractor and lines as of any requisition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import OrderKind, Subject
from app.services.core.effects import Effect
from app.services.purchase_orders.orders.dto import NewRequisition, OrderDetail, OrderForm
from app.services.purchase_orders.works.dto import (
    PRIORITIES,
    TRADES,
    ChangedWorks,
    Complete,
    NewWorks,
    WorksForm,
    WorksPart,
)
from app.views.common import formats
from app.views.common.evidence import EvidencedSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_pickers import Find, Picked, Picker
from app.views.common.forms import Form
from app.views.purchase_orders.card_tables import quantity_words
from app.views.purchase_orders.order_sheets import OrderSheet
from app.views.purchase_orders.requisition import RequisitionSheet

_ACCESS, _WORDS = 400, 400
_ROUTINE: Final = "routine"


def property_picker(find: Find) -> Picker:
    """A property, by reference, address or postcode."""
    return Picker(find, "a property", "an address, postcode or reference", required=True)


class WorksSheet(RequisitionSheet):
    """Works on a property.

    Args:
        form: what a requisition offers.
        find: looks for suppliers.
        find_property: looks for properties.
        on: the property that it is opened on, with who lives there; None: it is chosen.

    Signals:
        property_chosen(property_id): another property is chosen, and who lives there is wanted.
    """

    property_chosen = Signal(int)
    named = "Works order"

    def __init__(
        self, parent: QWidget, form: OrderForm, find: Find, find_property: Find, on: WorksForm | None = None
    ) -> None:
        self._property = property_picker(find_property)
        self._priority = ChoiceField([(words, key) for key, words in PRIORITIES.items()])
        self._days: dict[str, int] = {}
        self._lives = ""
        super().__init__(parent, form, find)
        self.show_row("kind", shown=False)
        self.fields.fill({"reported_on": form.today, "priority": _ROUTINE})
        self.begin_at(self._property)
        if on is not None:
            self._property.set_value(Picked(on.property_id, on.address))
            self.show_property(on)
            self.about = (Subject.PROPERTY, on.property_id)
            self.begin_at(self.fields.field("trade"))
        self._property.changed.connect(self._follow_property)
        self.fields.changed.connect(self._follow_target)
        self._follow_target()

    def add_own(self) -> None:
        """The property, what is to be done there, and how soon."""
        fields = self.fields

        def today() -> date:
            return self.offered.today

        fields.add("property_id", "&Property", self._property)
        self._there = fields.add_words(self._property)
        add_trade(fields, self._priority, today)
        self._target = fields.add_words(self._priority)

    def show_property(self, found: WorksForm) -> None:
        """Who lives there, which works are open there, and the days of each priority."""
        self._days = {key: days for key, _, days in found.priorities}
        lives = f"Account {found.account}." if found.account else "Nobody lives there today."
        open_ = "; ".join(
            f"{each.number} {each.trade}, {each.words[:1].lower()}{each.words[1:]}" for each in found.open[:3]
        )
        more = f" Open there: {open_}." if open_ else ""
        self._there.setText(f"{lives}{more}")
        self._follow_target()

    def works(self) -> NewWorks | None:
        """What is typed; None while it has no line or no property."""
        values = self.fields.values()
        new = self.requisition()
        if new is None or values["property_id"] is None or values["reported_on"] is None:
            return None
        return NewWorks(
            new,
            values["property_id"],
            values["trade"],
            values["priority"],
            values["reported_on"],
            values["expected_on"],
            values["access"],
            values["rechargeable"],
        )

    def requisition(self) -> NewRequisition | None:
        """The requisition in it; wanted by its target where no other day is typed."""
        found = super().requisition()
        return replace(found, kind=OrderKind.WORKS, wanted_on=found.wanted_on or self.target()) if found else None

    def own_names(self) -> tuple[str, ...]:
        """The fields that are no part of the requisition."""
        return ("property_id", "trade", "priority", "reported_on", "expected_on", "access", "rechargeable")

    def target(self) -> date | None:
        """The day by which they are to be done."""
        values: dict[str, Any] = self.fields.values()
        days, reported = self._days.get(values["priority"]), values["reported_on"]
        return reported + timedelta(days=days) if days is not None and reported is not None else None

    def _follow_property(self) -> None:
        property_id = self._property.value()
        if property_id is None:
            self._there.setText("")
        else:
            self.property_chosen.emit(property_id)

    def _follow_target(self) -> None:
        target = self.target()
        self._target.setText(f"To be done by {formats.weekday(target)}." if target else "")


def add_trade(fields: Form, priority: ChoiceField, today: Any) -> None:
    """Add the fields of works: trade, priority, days, access, and whether the tenant may have to pay."""
    fields.add("trade", "T&rade", ChoiceField([("Choose a trade", ""), *((each, each) for each in TRADES)]))
    fields.add("priority", "Priority", priority)
    fields.add("reported_on", "R&eported on", DateField(today, required=True))
    fields.add("expected_on", "E&xpected", DateField(today), "When the contractor said; empty: not said yet")
    fields.add("access", "Access", LineField(_ACCESS, placeholder="How the contractor gets in"))
    fields.add("rechargeable", "", TickField("The tenant may have to pay: rechar&ge"))


class ChangeWorksSheet(OrderSheet):
    """What an order of works has besides its lines."""

    def __init__(self, parent: QWidget, shown: OrderDetail, found: WorksPart, today: date) -> None:
        note = "Trade, priority and the day of the report only while it is a draft; lines are changed or amended as of any order."
        super().__init__(parent, shown, f"Works of {shown.row.number}", "Save", note)
        row = found.row
        priority = ChoiceField([(words, key) for key, words in PRIORITIES.items()])
        add_trade(self.fields, priority, lambda: today)
        key = next((key for key, words in PRIORITIES.items() if words == row.priority), row.priority)
        self.fields.fill(
            {
                "trade": row.trade,
                "priority": key,
                "reported_on": row.reported_on,
                "expected_on": row.expected_on,
                "access": found.access,
                "rechargeable": row.rechargeable,
            }
        )

    def command(self) -> ChangedWorks | None:
        """What the fields say; None without the day of the report."""
        values = self.fields.values()
        if values["reported_on"] is None:
            return None
        return ChangedWorks(self.shown.row.order_id, self.shown.version, **values)


def _done(shown: OrderDetail, found: WorksPart) -> Iterator[Effect]:
    """What recording that works are done does: what is left is received, and the tenant may be recharged."""
    left = [each for each in shown.lines if each.to_come]
    for each in left:
        yield Effect("Received with it", each.description, after=quantity_words(each.to_come, each.unit))
    if not left:
        yield Effect("Received with it", "Nothing more: all of it was received")
    late = found.row.late_days
    words = (
        f"{formats.count(late, 'day')} after its target" if late > 0 else f"Due by {formats.day(found.row.target_on)}"
    )
    yield Effect("Its target", words, warns=late > 0)
    if found.row.rechargeable:
        yield Effect("The tenant", "May have to pay: Ctrl+Shift+H begins the recharge afterwards")


class DoneSheet(EvidencedSheet):
    """Works were done: the day, what was done, and photographs that are dropped on the sheet."""

    def __init__(self, parent: QWidget, shown: OrderDetail, found: WorksPart, key: str, today: date) -> None:
        number, row = shown.row.number, found.row
        note = f"{row.trade} at {row.address}. {row.words}. What is left of the order is received with it."
        super().__init__(parent, f"{number} is done", save="It is done", note=note, width=900)
        self.shown = shown
        self._key = key
        self._found = found
        self.about = (Subject.PURCHASE_ORDER, shown.row.order_id)
        self.fields.add("on", "&Done on", DateField(lambda: today, required=True))
        self.fields.add("words", "&What was done", AreaField(_WORDS, height=72))
        self.add_evidence("P&hotographs")
        self.fields.fill({"on": today})
        self.effects.show_effects(tuple(_done(shown, found)))

    def command(self) -> Complete | None:
        """What is recorded, without its photographs; None without a day."""
        values = self.fields.values()
        if values["on"] is None:
            return None
        return Complete(self.shown.row.order_id, self.shown.version, self._key, values["on"], values["words"])
