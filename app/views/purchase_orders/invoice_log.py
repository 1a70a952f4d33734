"""The sheet that logs an invoice, a credit note or a utility bill: typed at the left, with the document at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, InvoiceKind, PurchaseVat
from app.services.core.errors import UserError
from app.services.purchase_orders.invoices.dto import NewInvoice, NewInvoiceLine, OrderChoice, Suspect
from app.services.purchase_orders.orders.dto import LineRow
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_pickers import Picked, Picker
from app.views.common.forms import Form
from app.views.common.parts import action_button, column, label, row, scrolled
from app.views.common.theme import scaled
from app.views.purchase_orders.invoice_entry import (
    Choices,
    Rates,
    lines_grid,
    lines_words,
    order_words,
    read_lines,
    read_readings,
    readings_grid,
    sums,
    typed_lines,
    values_of,
    vat_words,
)
from app.views.purchase_orders.invoice_paper import DROP_HERE, PaperCard, beside
from app.views.purchase_orders.invoice_table import KINDS, SUSPECTS

_WIDE, _HIGH = 1420, 860
_NUMBER, _NOTE, _HEAD, _ROW = 40, 400, 40, 30
_PRICE_ALONE: Final = (
    "Where only the price is put right: leave the quantity empty, and type what is given back as the price."
)


class LogSheet(Sheet):
    """An invoice as it arrived.

    Signals:
        order_typed(text, supplier_id or None): find the order that is quoted.
        rates_wanted(date): the rates of VAT of the invoice's date.
        suspects_wanted(NewInvoice): which others may be the same.
    """

    order_typed = Signal(str, object)
    rates_wanted = Signal(object)
    suspects_wanted = Signal(object)

    def __init__(
        self, parent: QWidget, choices: Choices, title: str, *, kind: InvoiceKind, save: str = "Log it"
    ) -> None:
        note = "The day that it reached the council, anywhere, starts the time to pay. Enter moves on; what is typed is kept."
        super().__init__(parent, title, primary=save, note=note)
        self._choices = choices
        self._key = f"invoice:{uuid4()}"
        self._order: OrderChoice | None = None
        self._order_lines: tuple[LineRow, ...] = ()
        self._rates: Rates = {}
        self._rates_on: date | None = None
        self._kept: tuple[NewInvoiceLine, ...] = ()
        self._asked: tuple[str, object] = ("", None)
        self.post_item_id: int | None = None
        self.kept_document: str | None = None
        self.paper = PaperCard(takes=True, empty=DROP_HERE)
        self.paper.take_drops_of(self)
        self.fields = Form()
        self._form = self.fields
        self.take = QAction("Take over the order's lines", self)
        self.take.setShortcut(QKeySequence("Ctrl+Shift+T"))
        self.take.triggered.connect(self.take_over)
        self.addAction(self.take)
        self._add_head()
        self._add_amounts()
        self._add_rest()
        self.suspects: ListModel[Suspect] = ListModel(SUSPECTS)
        self._arrange()
        self.fields.changed.connect(self.typed_changed)
        self.fields.changed.connect(self._follow)
        self.fields.fill({"kind": kind, "received_on": choices.today()})
        self.show_suspects(())
        self._follow()
        self.begin_at(self.fields.field("supplier"))
        self.resize(scaled(_WIDE), scaled(_HIGH))

    # What is typed

    def written(self) -> list[str]:
        """Everything that is typed: an invoice half typed is kept as a draft."""
        return [str(value) for name, value in self.typed().items() if name not in {"kind", "received_on"} and value]

    def fill(self, found: NewInvoice, supplier: Picked | None, order: OrderChoice | None) -> None:
        """Begin with an invoice as it is, or with what the post says of one; the order's lines were shown before."""
        self.post_item_id, self.kept_document = found.post_item_id, found.document_sha256
        self._kept = found.lines
        self._asked = (found.order_quoted, found.supplier_id or None)
        self.show_order(order, self._order_lines)
        self.fields.fill({**values_of(found), "supplier": supplier})
        self.fields.fill({"lines": typed_lines(found.lines, {each.line_id: each.place for each in self._order_lines})})
        self._follow()

    def command(self) -> NewInvoice | None:
        """What is asked for; None while something can't be read.

        Raises:
            UserError: a line names a line that the order hasn't, or a meter has no figures.
        """
        return self._new() if self.fields.check() else None

    def _new(self) -> NewInvoice:
        values = self.fields.values()
        kind: InvoiceKind = values["kind"]
        utility = kind is InvoiceKind.UTILITY
        return NewInvoice(
            self._key,
            values["supplier"],
            values["supplier_number"],
            values["invoice_on"],
            values["received_on"],
            values["net"],
            values["vat"] if values["vat"] is not None else ZERO,
            kind,
            due_on=values["due_on"],
            order_quoted=values["order_quoted"],
            order_id=self._order.order_id if self._order else None,
            category_id=values["category"],
            credits_id=values["credits"] if kind is InvoiceKind.CREDIT_NOTE else None,
            lines=self._lines(values["lines"]),
            readings=read_readings(values["readings"]) if utility else (),
            post_item_id=self.post_item_id,
            file=self.paper.file,
            document_sha256=None if self.paper.file else self.kept_document,
            retention=values["retention"] if values["retention"] is not None else ZERO,
            retention_on=values["retention_on"],
            labour=values["labour"],
            note=values["note"],
            duplicates_why=values["duplicates_why"],
        )

    def _lines(self, typed: Sequence[Mapping[str, Any]]) -> tuple[NewInvoiceLine, ...]:
        places = {each.place: each for each in self._order_lines}
        return read_lines(typed, self._rates, places, self._kept)

    # What is shown

    def show_order(self, order: OrderChoice | None, lines: Sequence[LineRow]) -> None:
        """Show the order that was found by what is quoted."""
        self._order, self._order_lines = order, tuple(lines)
        self.take.setEnabled(bool(lines))
        self._said_of_order.setText(order_words(order) if order else self._no_order())
        values = self.fields.values()
        if order is not None and values["supplier"] is None and order.supplier_id is not None:
            self.fields.fill({"supplier": Picked(order.supplier_id, order.supplier)})

    def show_rates(self, on: date, rates: Rates) -> None:
        """The rates of VAT on the invoice's date."""
        self._rates_on, self._rates = on, dict(rates)
        self._tell_vat()

    def show_suspects(self, found: Sequence[Suspect]) -> None:
        """Show those that this one may be a copy of; a reason is asked for, unless it is one for certain."""
        self.suspects.show_rows(tuple(found))
        self._table.setFixedHeight(scaled(_HEAD + _ROW * min(len(found), 3)))
        self._suspected.setVisible(bool(found))
        exact = any(each.exact for each in found)
        self._suspected_words.setText(
            "This invoice is logged already: it can't be logged twice."
            if exact
            else "It may be logged already. Compare them; if it is another one, say below why."
        )
        self.fields.setRowVisible(self._why_row, bool(found) and not exact)

    def take_over(self) -> None:
        """Fill the lines with what the order has left to be charged: what came, or all of it where nothing came yet."""
        came = any(each.received > each.invoiced for each in self._order_lines)
        lines = []
        for each in self._order_lines:
            left = (each.received if came else each.quantity - each.cancelled) - each.invoiced
            if left > 0:
                lines.append(
                    NewInvoiceLine(each.description, left, each.price, each.vat_kind, ZERO, order_line_id=each.line_id)
                )
        rows = typed_lines(lines, {each.line_id: each.place for each in self._order_lines})
        self.fields.fill({"lines": [{**each, "vat": ""} for each in rows]})
        self._follow()

    # Its parts

    def _add_head(self) -> None:
        form, today = self.fields, self._choices.today
        form.add("kind", "&Kind", ChoiceField([(words, each) for each, words in KINDS.items()]))
        by = "its number, name or reference"
        form.add("supplier", "&Supplier", Picker(self._choices.suppliers, "a supplier", by, required=True))
        form.add("supplier_number", "Their &number", LineField(_NUMBER, placeholder="As it is printed"))
        form.add("invoice_on", "&Dated", DateField(today, required=True))
        form.add("received_on", "&Received", DateField(today, required=True))
        form.add("order_quoted", "&Order number", LineField(_NUMBER, placeholder="As it is printed, such as PO 12"))
        self._said_of_order = form.add_words(form.field("order_quoted"))
        self._credits_row = form.rowCount()
        form.add("credits", "&Takes back", Picker(self._choices.invoices, "an invoice", "its number or theirs"))

    def _add_amounts(self) -> None:
        form = self.fields
        form.add("net", "&Before VAT", MoneyField(required=True))
        form.add("vat", "&VAT", MoneyField())
        self._said_of_vat = form.add_words(form.field("vat"))
        self._lines_row = form.rowCount()
        form.add("lines", "&Lines", lines_grid())
        self._said_of_lines = form.add_words(form.field("lines"))
        self._readings_row = form.rowCount()
        form.add("readings", "&Meters", readings_grid(self._choices.meters, self._choices.today))
        self._why_row = form.rowCount()
        form.add("duplicates_why", "Why it is &another", LineField(_NOTE, placeholder="Such as: a second delivery"))

    def _add_rest(self) -> None:
        form, today = self.fields, self._choices.today
        form.add("due_on", "Du&e later, on", DateField(today), "Where the invoice or the terms name a later day")
        categories: list[tuple[str, object]] = [("As of the order or the supplier", None), *self._choices.categories]
        form.add("category", "Cate&gory", ChoiceField(categories))
        form.add("labour", "Labour &under CIS", MoneyField(), "Left empty: by the order's lines of labour")
        form.add("retention", "Ke&pt back", MoneyField())
        form.add("retention_on", "Until", DateField(today))
        form.add("note", "Note", LineField(_NOTE))
        self.post_row = form.rowCount()
        form.add("close_post", "", TickField("Close the item of the post"))
        form.setRowVisible(self.post_row, False)

    def _arrange(self) -> None:
        self._suspected_words = label("", tone="bad", wrap=True)
        self._table = DataTable("May be the same", self.suspects, stretch="why", empty="")
        self._suspected = QWidget()
        self._suspected.setObjectName("canvas")
        column(self._suspected, self._suspected_words, self._table, spacing=4)
        inside = QWidget()
        inside.setObjectName("canvas")
        lines = column(inside, self._suspected, self.fields, None, spacing=10)
        lines.setContentsMargins(0, 0, scaled(10), 0)
        self.body.addWidget(beside(scrolled(inside), self.paper), 1)
        self.left_buttons.addLayout(row(action_button(self.take, icon="table-arrow-left")))

    def _follow(self) -> None:
        """Something else is typed: ask for what belongs to it."""
        values = self.fields.values()
        credit, utility = (values["kind"] is each for each in (InvoiceKind.CREDIT_NOTE, InvoiceKind.UTILITY))
        self.fields.setRowVisible(self._credits_row, credit)
        self._said_of_lines.setText(_PRICE_ALONE if credit else "")
        self.fields.setRowVisible(self._readings_row, utility)
        self.fields.setRowVisible(self._lines_row, not utility or bool(values["lines"]))
        asked = (values["order_quoted"], values["supplier"])
        if asked != self._asked:
            self._asked = asked
            self.order_typed.emit(*asked)
        on = values["invoice_on"]
        if on is not None and on != self._rates_on:
            self.rates_wanted.emit(on)
        self._tell_vat()
        needed = (values["supplier"], values["supplier_number"], on, values["received_on"], values["net"])
        if all(needed):
            try:
                self.suspects_wanted.emit(self._new())
            except (UserError, TypeError):  # a line that is half typed: ask again when it is whole
                return

    def _tell_vat(self) -> None:
        """What VAT should be, and what the lines come to beside the invoice's own sums."""
        values = self.fields.values()
        net, vat = values["net"], values["vat"]
        rate = self._rates.get(PurchaseVat.STANDARD)
        try:
            lines = self._lines(values["lines"])
        except (UserError, TypeError):  # half typed
            lines = ()
        if net is None or rate is None:
            self._said_of_vat.setText("")
        elif lines:
            self._said_of_vat.setText(lines_words(sums(lines), net, vat))
        else:
            self._said_of_vat.setText(vat_words(net, vat, rate))

    def _no_order(self) -> str:
        quoted = self._asked[0]
        if not quoted:
            return "Without an order number: it is paid only in a category that needs none, or approved by its band."
        return f"'{quoted}' is no order of ours{' of this supplier' if self._asked[1] else ''}."
