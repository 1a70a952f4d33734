"""The sheets of a receipt: quantities with the delivery note, what went back, and a receipt that was wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QLabel, QWidget

from app.models.values import Subject
from app.services.purchase_orders.amounts import write_quantity
from app.services.purchase_orders.receipts.dto import (
    FormLine,
    LineQuantity,
    NewCorrection,
    NewReceipt,
    NewReturn,
    ReceiptForm,
    ReceiptRow,
)
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.forms import Form
from app.views.common.parts import column, restyle, scrolled
from app.views.common.theme import scaled
from app.views.purchase_orders.fields_quantity import QuantityField
from app.views.purchase_orders.invoice_paper import PaperCard, beside
from app.views.purchase_orders.receiving_table import quantity_words

_WIDE, _HIGH, _ALONE = 1180, 720, 680
_NOTE, _REASON = 40, 400
_EMPTY: Final = "Drop the delivery note anywhere on this sheet, paste it (Ctrl+Shift+V) or choose it."


class QuantitiesSheet(Sheet):
    """A quantity for each line of an order, and beside each what there is of it; what a colleague records meanwhile is marked."""

    def __init__(self, parent: QWidget, form: ReceiptForm, title: str, primary: str, note: str) -> None:
        super().__init__(parent, title, primary=primary, note=note)
        self.about = (Subject.PURCHASE_ORDER, form.order_id)
        self.key = f"receipt:{uuid4()}"
        self.shown = form
        self.fields = Form()
        self._form = self.fields
        self._said: dict[int, QLabel] = {}
        self._was: Mapping[int, int] = {each.line_id: each.received for each in form.lines}
        self.fields.changed.connect(self.typed_changed)
        self.fields.changed.connect(self._tell)

    def written(self) -> list[str]:
        """Everything that is typed: a receipt half typed is kept as a draft."""
        return [str(value) for value in self.typed().values() if value]

    def add_lines(self, begin: Callable[[FormLine], int]) -> None:
        """A field for each line; `begin` says what stands in it."""
        for each in self.shown.lines:
            field = QuantityField()
            self.fields.add(_name(each.line_id), f"{each.place}  {each.description}"[:60], field)
            self._said[each.line_id] = self.fields.add_words(field)
            self.fields.fill({_name(each.line_id): begin(each) or None})
        self._tell()

    def rebase(self, form: ReceiptForm) -> None:
        """A colleague recorded something meanwhile: nothing typed is lost, and each line says what came of theirs."""
        self.shown = form
        self._tell()

    def quantities(self) -> tuple[LineQuantity, ...]:
        """What is typed; lines left empty are left out."""
        values = self.fields.values()
        typed = (
            (each.line_id, values[_name(each.line_id)]) for each in self.shown.lines if _name(each.line_id) in values
        )
        return tuple(LineQuantity(line_id, quantity) for line_id, quantity in typed if quantity)

    def words_of(self, line: FormLine, typed: int) -> tuple[str, str]:
        """What is said of a line with what is typed of it, and its colour."""
        raise NotImplementedError

    def arrange(self, paper: PaperCard | None) -> None:
        """The fields, with the delivery note beside them."""
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, self.fields, None).setContentsMargins(0, 0, scaled(10), 0)
        fields = scrolled(inside)
        self.body.addWidget(beside(fields, paper) if paper else fields, 1)
        self.resize(scaled(_WIDE if paper else _ALONE), scaled(_HIGH))

    def _tell(self) -> None:
        values = self.fields.values()
        for each in self.shown.lines:
            if (said := self._said.get(each.line_id)) is None:
                continue
            words, tone = self.words_of(each, values[_name(each.line_id)] or 0)
            moved = each.received - self._was.get(each.line_id, each.received)
            if moved:
                words = f"A colleague recorded {write_quantity(moved)} meanwhile. {words}"
                tone = tone or "warning"
            said.setText(words)
            restyle(said, role="" if tone else "muted", tone=tone)


class ReceiveSheet(QuantitiesSheet):
    """What came: all that is left stands there, and is typed over where less or more came."""

    def __init__(self, parent: QWidget, form: ReceiptForm, today: Callable[[], date]) -> None:
        note = f"{form.title}, {form.supplier}. {form.blocked}".strip()
        super().__init__(parent, form, f"Receive on {form.number}", "Record it", note)
        self.paper = PaperCard(takes=True, empty=_EMPTY)
        self.paper.take_drops_of(self)
        self.fields.add("received_on", "&Received on", DateField(today, required=True))
        self.add_lines(lambda each: each.left)
        self.fields.add("delivery_note", "Delivery &note", LineField(_NOTE, placeholder="Its number"))
        self.fields.add("note", "Re&mark", LineField(_REASON, placeholder="Such as: one carton was open"))
        self.fields.fill({"received_on": today()})
        first = next((each for each in form.lines if each.left), None)
        self.begin_at(self.fields.field(_name(first.line_id) if first else "received_on"))
        self.arrange(self.paper)

    def words_of(self, line: FormLine, typed: int) -> tuple[str, str]:
        """What was ordered and came, and whether what is typed is more than is left."""
        said = (
            f"{quantity_words(line.ordered - line.cancelled, line.unit)} ordered, {write_quantity(line.received)} received, "
            f"{write_quantity(line.left)} left."
        )
        if typed > line.most:
            return (
                f"{said} At most {write_quantity(line.most)} may be received: have the order amended, or send it back.",
                "bad",
            )
        if typed > line.left:
            return f"{said} {write_quantity(typed - line.left)} more than ordered: policy allows it.", "warning"
        return said, ""

    def command(self) -> NewReceipt | None:
        """What is asked for; None while something can't be read, or nothing came."""
        if not self.fields.check():
            return None
        values, lines = self.fields.values(), self.quantities()
        if not lines:
            self.messages.bad("Nothing is said to have come: type a quantity.")
            return None
        return NewReceipt(
            self.key,
            self.shown.order_id,
            self.shown.version,
            values["received_on"],
            lines,
            values["delivery_note"],
            values["note"],
            self.paper.file,
        )


class ReturnSheet(QuantitiesSheet):
    """What went back to the supplier."""

    def __init__(self, parent: QWidget, form: ReceiptForm, today: Callable[[], date]) -> None:
        note = f"{form.title}, {form.supplier}. Of what is invoiced already a credit note is to come, which a task asks for."
        super().__init__(parent, form, f"Send back of {form.number}", "Record it", note)
        self.fields.add("returned_on", "Went &back on", DateField(today, required=True))
        self.add_lines(lambda _each: 0)
        self.fields.add("reason", "&Why", AreaField(_REASON, height=70))
        self.fields.add("delivery_note", "Their &note", LineField(_NOTE, placeholder="The number of the collection"))
        self.fields.fill({"returned_on": form.today})
        first = next((each for each in form.lines if each.received), None)
        self.begin_at(self.fields.field(_name(first.line_id) if first else "returned_on"))
        self.arrange(None)

    def words_of(self, line: FormLine, typed: int) -> tuple[str, str]:
        """What is here of a line."""
        said = f"{quantity_words(line.received, line.unit)} received, {write_quantity(line.invoiced)} invoiced."
        return (f"{said} No more can go back than came.", "bad") if typed > line.received else (said, "")

    def command(self) -> NewReturn | None:
        """What is asked for; None while something can't be read."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        return NewReturn(
            self.key,
            self.shown.order_id,
            self.shown.version,
            values["returned_on"],
            self.quantities(),
            values["reason"],
            values["delivery_note"],
        )


class CorrectSheet(QuantitiesSheet):
    """A receipt was wrong: what it should have said. The wrong one stays as it was, and another one carries the difference."""

    def __init__(self, parent: QWidget, form: ReceiptForm, receipt: ReceiptRow) -> None:
        note = f"Type what {receipt.number} should have said; a line left empty should not have been there."
        super().__init__(parent, form, f"Put {receipt.number} right", "Put it right", note)
        self._receipt = receipt
        self._again = bool(receipt.corrected_by)
        self._says = dict(receipt.stands)
        self.add_lines(lambda each: self._says.get(each.line_id, 0))
        self.fields.add("reason", "&What was wrong", AreaField(_REASON, height=70))
        self.arrange(None)

    def words_of(self, line: FormLine, typed: int) -> tuple[str, str]:
        """What the receipt says of a line, and what changes."""
        says = self._says.get(line.line_id, 0)
        said = (
            f"The receipt {'and what put it right say' if self._again else 'says'} {quantity_words(says, line.unit)}."
        )
        if typed == says:
            return said, ""
        return f"{said} {write_quantity(abs(typed - says))} {'more' if typed > says else 'fewer'}.", "warning"

    def command(self) -> NewCorrection | None:
        """What is asked for; None while something can't be read."""
        if not self.fields.check():
            return None
        reason = self.fields.values()["reason"]
        return NewCorrection(self.key, self._receipt.receipt_id, self.shown.version, self.quantities(), reason)


def _name(line_id: int) -> str:
    return f"line{line_id}"
