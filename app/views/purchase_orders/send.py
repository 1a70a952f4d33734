"""The sheet that sends an order: how, to whom, and the order as it is printed beside it."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import OrderSent, Subject
from app.services.core.errors import UserError
from app.services.purchase_orders.orders.dto import OrderDetail, Send
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.documents_view import DocumentView
from app.views.common.fields import ChoiceField, LineField
from app.views.common.forms import Form
from app.views.common.parts import Card, column, label, row
from app.views.common.theme import scaled

_EMAIL, _WIDE, _HIGH = 254, 1_080, 760
_WAYS: Final = (
    ("By e-mail", OrderSent.EMAIL),
    ("Printed, by post or by hand", OrderSent.PRINTED),
    ("In the finance system", OrderSent.FINANCE),
)
_WITH_FILE: Final = (
    "The order goes as a PDF, which the supplier downloads by a link; its lines stand in the e-mail too."
)
_AS_TEXT: Final = (
    "The e-mail says what is ordered, line by line, without the PDF: GOV.UK Notify isn't set up for files yet (Admin, E-mail "
    "and text). Where the supplier wants the PDF, print it."
)


class SendSheet(Sheet):
    """An order goes to its supplier.

    Args:
        shown: the order.
        email: where the supplier takes orders; empty: none is known.
        files: an e-mail takes the order as a PDF; else its lines go as text.
    """

    def __init__(self, parent: QWidget, shown: OrderDetail, email: str, files: bool = False) -> None:
        number = shown.row.number
        super().__init__(parent, f"Send {number}", primary="Send it", note=_note(shown))
        self.shown = shown
        self.about = (Subject.PURCHASE_ORDER, shown.row.order_id)
        self._way = ChoiceField(_WAYS)
        self._form = self.fields = Form()
        self.fields.changed.connect(self.typed_changed)
        self.fields.add("by", "&How", self._way)
        self.fields.add(
            "to", "&To", LineField(_EMAIL, placeholder="An e-mail address"), "As the supplier's record has it"
        )
        self.fields.fill({"to": email, "by": OrderSent.EMAIL if email else OrderSent.PRINTED})
        self.view = DocumentView(wide=True)
        self.view.show_message(number, "The order is being drawn ...")
        page = Card(margins=(12, 10, 12, 10))
        page.column.addWidget(self.view, 1)
        self.goes = label(_WITH_FILE if files else _AS_TEXT, "muted", wrap=True)
        left = column(None, self.fields, self.goes, None)
        halves = row(left, page, spacing=16)
        halves.setStretch(0, 2)
        halves.setStretch(1, 3)
        self.body.addLayout(halves, 1)
        self._way.changed.connect(self._follow)
        self._follow()
        self.resize(scaled(_WIDE), scaled(_HIGH))

    def show_paper(self, content: bytes) -> None:
        """Show the order as it is printed."""
        self.view.show_document(self.shown.row.number, content)

    def command(self) -> Send:
        """How it goes.

        Raises:
            UserError: there is no address to send it to.
        """
        values = self.fields.values()
        if values["by"] is OrderSent.EMAIL and not values["to"]:
            raise UserError("Type the address that it goes to.", "Or print it.", "to")
        to = values["to"] if values["by"] is OrderSent.EMAIL else ""
        return Send(self.shown.row.order_id, self.shown.version, values["by"], to)

    def _follow(self) -> None:
        by_email = self._way.value() is OrderSent.EMAIL
        self.fields.setRowVisible(self.fields.labels["to"], by_email)
        self.goes.setVisible(by_email)


def _note(shown: OrderDetail) -> str:
    row = shown.row
    again = f" It went on {formats.day(row.sent_on)}: it goes once more." if row.sent_on else ""
    return f"{row.title}, {row.net} and {row.vat} VAT, to {row.supplier}.{again}"
