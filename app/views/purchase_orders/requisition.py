"""The sheet of a requisition: supplier and lines first, by keyboard alone; beside them what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Frequency, OrderKind, Subject
from app.services.core.errors import UserError, UserErrors
from app.services.purchase_orders.orders.dto import NewRequisition, OrderDetail, OrderForm
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Find, Picked, Picker
from app.views.purchase_orders.line_grid import ABOUT, LineGrid
from app.views.purchase_orders.table import year_words

_TITLE, _TEXT, _WIDE = 200, 400, 1_400
_ASK: Final = "As&k for approval at once"
_KINDS: Final = (
    ("An order", OrderKind.ORDINARY),
    ("An agreement to call off from", OrderKind.AGREEMENT),
    ("A template", OrderKind.TEMPLATE),
)
EVERY: Final = {
    Frequency.WEEKLY: "Every week",
    Frequency.FORTNIGHTLY: "Every two weeks",
    Frequency.FOUR_WEEKLY: "Every four weeks",
    Frequency.MONTHLY: "Every month",
    Frequency.QUARTERLY: "Every quarter",
}
_OF_KIND: Final = {
    OrderKind.AGREEMENT: ("most", "until_on"),
    OrderKind.TEMPLATE: ("repeat_every", "repeat_on", "repeat_until_on"),
}


def supplier_picker(find: Find, *, required: bool = False) -> Picker:
    """A supplier, by number, name or what the finance system calls it."""
    return Picker(find, "a supplier", "a name or number", required=required)


class RequisitionSheet(WorkSheet):
    """A requisition, new or a draft that is changed.

    Args:
        form: what it offers.
        find: looks for suppliers.
        shown: the draft that is changed; None: a new one.

    Attributes:
        lines: the grid of its lines.

    Signals:
        supplier_chosen(supplier_id): another supplier is chosen, and what is particular of it is wanted.
        year_chosen(year): the codes of another financial year are wanted.
    """

    supplier_chosen = Signal(int)
    year_chosen = Signal(int)
    named = "Requisition"

    def __init__(self, parent: QWidget, form: OrderForm, find: Find, shown: OrderDetail | None = None) -> None:
        title = f"{self.named} {shown.row.number}" if shown else f"New {self.named.lower()}"
        super().__init__(parent, title, save="Save", note=ABOUT, width=_WIDE)
        self.shown = shown
        self.offered = form
        self._key = f"requisition:{uuid4().hex}"
        self._supplier = supplier_picker(find)
        self._picked: int | None = None
        self.lines = LineGrid(form.codes)
        self._kind = ChoiceField(_KINDS)
        self._year = ChoiceField([(year_words(year), year) for year in form.years])
        self._contract = ChoiceField([("None", None)])
        self._category = ChoiceField([(each.name, each.id) for each in form.categories])
        self.fields = self.form()
        self._arrange(form)
        self.begin_at(self._supplier)
        self.fields.fill({"year": form.year, "ask": shown is None})
        if shown is not None:
            self.about = (Subject.PURCHASE_ORDER, shown.row.order_id)
            self._fill(shown)
        self._join()

    # Its fields

    def _arrange(self, form: OrderForm) -> None:
        fields = self.fields

        def today() -> Any:
            return form.today

        self.add_own()
        fields.add("supplier_id", "&Supplier", self._supplier)
        self._said = fields.add_words(self._supplier)
        fields.add("lines", "&Lines", self.lines, across=True)
        fields.add("ask", "", TickField(_ASK))
        fields.add("title", "&Title", LineField(_TITLE, placeholder="Left empty: as the first line"))
        fields.add("category_id", "&Category", self._category)
        points = [("Nowhere in particular", None), *((each.name, each.id) for each in form.delivery_points)]
        fields.add("delivery_point_id", "&Deliver to", ChoiceField(points))
        fields.add("wanted_on", "&Wanted by", DateField(today))
        fields.add("reason", "Wh&y", AreaField(_TEXT, height=46, placeholder="For whoever approves"))
        fields.add("instructions", "&Instructions", AreaField(_TEXT, height=46, placeholder="To the supplier; printed"))
        fields.add("contract_id", "C&ontract", self._contract)
        fields.add("after_the_event", "Ordered alre&ady", LineField(_TEXT, placeholder="Why before it was approved"))
        fields.add("year", "&Budgets of", self._year)
        self._arrange_kinds(today)

    def add_own(self) -> None:
        """Add what stands over the supplier; nothing of a plain requisition."""

    def _arrange_kinds(self, today: Any) -> None:
        fields = self.fields
        fields.add("kind", "T&his is", self._kind)
        fields.add("most", "At &most", MoneyField(), "Before VAT, of all that is called off it")
        fields.add("until_on", "&Until", DateField(today))
        every = [("Only by hand", None), *((words, each) for each, words in EVERY.items())]
        fields.add("repeat_every", "&Repeats", ChoiceField(every))
        fields.add("repeat_on", "&Next on", DateField(today), "A requisition is drafted from it on that day")
        fields.add("repeat_until_on", "Rep&eats until", DateField(today))
        if len(self.offered.years) < 2:
            self.show_row("year", shown=False)
        self.show_row("contract_id", shown=False)
        self._follow_kind()

    def _join(self) -> None:
        self._kind.changed.connect(self._follow_kind)
        self._supplier.changed.connect(self._follow_supplier)
        self._year.changed.connect(lambda: self.year_chosen.emit(self._year.value()))

    def _fill(self, shown: OrderDetail) -> None:
        row = shown.row
        if row.supplier_id is not None:
            self._supplier.set_value(Picked(row.supplier_id, row.supplier))
            self._picked = row.supplier_id
        self.lines.show_lines(shown.lines)
        names = ("category_id", "delivery_point_id", "reason", "instructions", "after_the_event", "most", "until_on")
        values = {name: getattr(shown, name) for name in (*names, "repeat_every", "repeat_on", "repeat_until_on")}
        of_row = {"title": row.title, "wanted_on": row.wanted_on, "year": row.year, "kind": row.kind}
        self.fields.fill({**values, **of_row})
        self.show_row("kind", shown=False)
        self.show_row("year", shown=False)
        self._follow_kind()

    def show_row(self, name: str, *, shown: bool) -> None:
        """Ask for a field, or don't."""
        self.fields.setRowVisible(self.fields.labels[name], shown)

    # For its controller

    def show_supplier(self, category_id: int, warning: str, contracts: Sequence[tuple[str, int]]) -> None:
        """What is particular of the supplier: its category is taken, what it is blocked for is said."""
        self._said.setText(warning)
        self._contract.offer([("None", None), *contracts])
        self.show_row("contract_id", shown=bool(contracts))
        if self.shown is None:
            self._category.set_value(category_id)
        elif self.shown.contract_id is not None:
            self._contract.set_value(self.shown.contract_id)

    def show_form(self, form: OrderForm) -> None:
        """The codes of another year."""
        self.lines.codes.offer(form.codes)
        self.typed_changed.emit()

    def requisition(self) -> NewRequisition | None:
        """The requisition as far as it is typed; None while it has no line."""
        values = self.fields.values()
        lines = values.pop("lines")
        if not lines and self.shown is None:
            return None
        for name in ("ask", *self.own_names()):
            values.pop(name)
        kind = self.shown.row.kind if self.shown else values.pop("kind")
        values.pop("kind", None)
        for other, names in _OF_KIND.items():
            if other is not kind:
                values.update(dict.fromkeys(names))
        values["title"] = values["title"] or (lines[0].description if lines else "")
        from_id = self.shown.from_id if self.shown else None
        return NewRequisition(entry_key=self._key, lines=lines, kind=kind, from_id=from_id, **values)

    def own_names(self) -> tuple[str, ...]:
        """The fields that are no part of the requisition; none of a plain one."""
        return ()

    def asks(self) -> bool:
        """Whether approval is asked for at once."""
        return bool(self.fields.values()["ask"]) and self._kind.value() is not OrderKind.TEMPLATE

    def show_error(self, error: UserError) -> None:
        """What is wrong with a line is marked in its cell; the rest as in every sheet."""
        several = error.errors if isinstance(error, UserErrors) else (error,)
        of_lines = {place: str(each) for each in several if (place := cell_of(each.field)) is not None}
        if of_lines:
            self.lines.show_faults(of_lines)
            others = [each for each in several if cell_of(each.field) is None]
            error = UserErrors([UserError(next(iter(of_lines.values())), field="lines"), *others])
        super().show_error(error)

    def _follow_kind(self) -> None:
        kind = self.shown.row.kind if self.shown else self._kind.value()
        for other, names in _OF_KIND.items():
            for name in names:
                self.show_row(name, shown=other is kind)
        self.show_row("ask", shown=kind is not OrderKind.TEMPLATE)

    def _follow_supplier(self) -> None:
        supplier_id = self._supplier.value()
        if supplier_id is None:
            self._said.setText("")
        elif supplier_id != self._picked:
            self.supplier_chosen.emit(supplier_id)
        self._picked = supplier_id


def cell_of(field: str | None) -> tuple[int, str] | None:
    """The line and the column that `lines.2.quantity` names."""
    parts = (field or "").split(".")
    return (int(parts[1]), parts[2]) if len(parts) == 3 and parts[0] == "lines" and parts[1].isdigit() else None
