"""The short sheets of an order: why it is withdrawn or closed, what of it is cancelled, a call-off, a template."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.purchase_orders.orders.dto import CancelRest, LineRow, OrderDetail, Repeat
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.theme import scaled
from app.views.common.ticks import TickList
from app.views.purchase_orders.card_tables import quantity_words

_WHY, _TITLE, _WIDE = 400, 200, 560


class OrderSheet(Sheet):
    """A short form about an order; what is written in it is kept as a draft of that order."""

    def __init__(self, parent: QWidget, shown: OrderDetail, title: str, primary: str, note: str = "") -> None:
        super().__init__(parent, title, primary=primary, close="Leave it", note=note)
        self.shown = shown
        self.about = (Subject.PURCHASE_ORDER, shown.row.order_id)
        self.fields = self.form()
        self.setMinimumWidth(scaled(_WIDE))


class WhySheet(OrderSheet):
    """Something is done to an order for a reason."""

    def __init__(self, parent: QWidget, shown: OrderDetail, words: tuple[str, str, str, str]) -> None:
        title, does, note, such_as = words
        super().__init__(parent, shown, f"{title} {shown.row.number}", does, note)
        self.fields.add("reason", "&Why", AreaField(_WHY, height=72, placeholder=such_as))

    def command(self) -> str:
        """The reason."""
        return str(self.fields.values()["reason"])


class CancelRestSheet(OrderSheet):
    """What hasn't come of some lines won't."""

    def __init__(self, parent: QWidget, shown: OrderDetail) -> None:
        left = [line for line in shown.lines if line.to_come]
        note = (
            "What came stays on the order, and the budgets get back what was bound for the rest. What is left is a new version: send"
            " it to the supplier."
        )
        super().__init__(parent, shown, f"Cancel what is left of {shown.row.number}", "Cancel it", note)
        ticks = TickList([(_left(line), line.line_id) for line in left])
        for at in range(ticks.count()):
            ticks.item(at).setCheckState(ticks.item(at).checkState().Checked)
        self.fields.add("lines", "&Lines", ticks)
        self.fields.add("reason", "&Why", AreaField(_WHY, height=72, placeholder="Such as: the supplier has no more"))

    def command(self) -> CancelRest:
        """What is cancelled.

        Raises:
            UserError: no line is ticked.
        """
        values, row = self.fields.values(), self.shown.row
        chosen = [line.line_id for line in self.shown.lines if line.line_id in values["lines"]]
        if not chosen:
            raise UserError("Tick the lines of which no more is to come.", field="lines")
        return CancelRest(row.order_id, self.shown.version, values["reason"], tuple(chosen))


class RepeatSheet(OrderSheet):
    """A template is kept like an order, or something is called off an agreement."""

    def __init__(self, parent: QWidget, shown: OrderDetail, today: date, *, template: bool) -> None:
        row = shown.row
        if template:
            title, does = f"A template like {row.number}", "Keep the template"
            note = "It stands under Templates. Change it there to say how often a requisition is drafted from it."
        else:
            title, does = f"Call off from {row.number}", "Draft the call-off"
            until = f" It ends on {formats.day(shown.until_on)}." if shown.until_on else ""
            most = f" {shown.called_off} is called off of {shown.most}." if shown.most is not None else ""
            note = f"A requisition with its supplier, lines and codes, to be changed and asked for.{most}{until}"
        super().__init__(parent, shown, title, does, note)
        self._template = template
        self._key = f"repeat:{uuid4().hex}"
        self.fields.add("title", "&Title", LineField(_TITLE))
        if not template:
            self.fields.add("wanted_on", "&Wanted by", DateField(lambda: today))
        self.fields.fill({"title": row.title})

    def command(self) -> Repeat:
        """What is asked for."""
        values = self.fields.values()
        return Repeat(self.shown.row.order_id, self._key, values.get("wanted_on"), self._template, str(values["title"]))


def _left(line: LineRow) -> str:
    return f"{line.description}: {quantity_words(line.to_come, line.unit)} to come"


WITHDRAW: Final = (
    "Withdraw",
    "Withdraw it",
    "What waits for approval is a draft again; a draft is withdrawn for good and stays in the list.",
    "Such as: the work isn't needed any more",
)
CLOSE: Final = (
    "Close",
    "Close it",
    "What hasn't come won't, and the budgets get it back. What came and isn't invoiced stays owed.",
    "Such as: the supplier will send no more",
)
WITHDRAW_AMENDMENT: Final = (
    "Take back the amendment of",
    "Take it back",
    "The order stays as it stands.",
    "Such as: a line of it was wrong",
)
