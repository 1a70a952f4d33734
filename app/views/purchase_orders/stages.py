"""How far an order has come: requisition, approved, sent, received, invoiced, paid, each with its day and who."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import InvoiceState, OrderKind, OrderSent, OrderState
from app.services.purchase_orders.orders.dto import OrderDetail
from app.views.common import formats, icons
from app.views.common.boxes import Grid
from app.views.common.parts import column, label, row
from app.views.common.theme import scaled

_SENT: Final = {
    OrderSent.EMAIL: "by e-mail",
    OrderSent.PRINTED: "printed",
    OrderSent.FINANCE: "finance system",
}
_OVER: Final = {
    OrderState.REFUSED: "Refused",
    OrderState.WITHDRAWN: "Withdrawn",
    OrderState.CANCELLED: "Cancelled",
}
_ACROSS: Final = 3


class Come(StrEnum):
    """Whether a stage is done."""

    DONE = "done"
    PART = "part"
    OPEN = "open"
    OVER = "over"


_MARKS: Final = {
    Come.DONE: ("check-circle", "good"),
    Come.PART: ("circle-half-full", "warning"),
    Come.OPEN: ("circle-outline", "muted"),
    Come.OVER: ("close-circle", "bad"),
}
_SPOKEN: Final = {Come.DONE: "done", Come.PART: "in part", Come.OPEN: "not yet", Come.OVER: "ended here"}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: what it is called, how far it is, and its day and officer in words."""

    title: str
    come: Come
    words: str = ""


def stages(found: OrderDetail) -> tuple[Stage, ...]:
    """The stages of an order in their order; a template has only the first, an agreement is approved, and then called off."""
    row = found.row
    first = Stage("Requisition", Come.DONE, _said(formats.day(row.made_on), row.made_by))
    if row.kind is OrderKind.TEMPLATE:
        return (Stage("Template", Come.DONE, first.words),)
    if row.kind is OrderKind.AGREEMENT:
        return (first, _approved(found))
    return (first, _approved(found), _sent(found), _received(found), _invoiced(found), _paid(found))


def _approved(found: OrderDetail) -> Stage:
    row = found.row
    if row.approved_on is not None:
        return Stage("Approved", Come.DONE, _said(formats.day(row.approved_on), found.approved_by))
    if row.state in _OVER:
        return Stage(_OVER[row.state], Come.OVER, found.settled_why)
    return Stage("Approved", Come.OPEN, "waits for an approver" if row.state is OrderState.WAITING else "")


def _sent(found: OrderDetail) -> Stage:
    row = found.row
    if row.sent_on is not None:
        how = _SENT[found.sent_by] if found.sent_by else ""
        return Stage("Sent", Come.DONE, _said(formats.day(row.sent_on), how))
    return Stage("Sent", Come.OPEN, "to be sent" if row.state is OrderState.OPEN else "")


def _received(found: OrderDetail) -> Stage:
    last = max((each.received_on for each in found.receipts), default=None)
    by = next((each.officer for each in found.receipts if each.received_on == last), "")
    wanted = f"wanted by {formats.day(found.row.wanted_on)}" if found.row.wanted_on else ""
    come = _how_far([(line.received, line.quantity - line.cancelled) for line in found.lines])
    words = _said(formats.day(last), by) if last and come is not Come.OPEN else wanted
    return Stage("Received", come, words if found.row.state is not OrderState.CANCELLED else "")


def _invoiced(found: OrderDetail) -> Stage:
    last = max((each.received_on for each in found.invoices if each.state is not InvoiceState.CANCELLED), default=None)
    come = _how_far([(line.invoiced, line.quantity - line.cancelled) for line in found.lines])
    if come is Come.OPEN and last is not None:
        return Stage("Invoiced", Come.PART, f"came {formats.day(last)}")
    return Stage("Invoiced", come, formats.day(last))


def _paid(found: OrderDetail) -> Stage:
    live = [each for each in found.invoices if each.state is not InvoiceState.CANCELLED]
    paid = [each.paid_on for each in live if each.state is InvoiceState.PAID and each.paid_on]
    if live and len(paid) == len(live):
        whole = _invoiced(found).come is Come.DONE
        return Stage("Paid", Come.DONE if whole else Come.PART, formats.day(max(paid)))
    if any(each.disputed for each in live):
        return Stage("Paid", Come.PART if paid else Come.OPEN, "disputed")
    due = min((each.pay_by_on for each in live if each.state is not InvoiceState.PAID), default=None)
    return Stage("Paid", Come.PART if paid else Come.OPEN, f"by {formats.day(due)}" if due else "")


def _how_far(lines: Sequence[tuple[int, int]]) -> Come:
    """Whether all of every line is there, or some of any."""
    wanted = [(done, whole) for done, whole in lines if whole > 0]
    if wanted and all(done >= whole for done, whole in wanted):
        return Come.DONE
    return Come.PART if any(done for done, _ in lines) else Come.OPEN


def _said(*words: str) -> str:
    return "\n".join(each for each in words if each)


class StagesLine(QWidget):
    """The stages side by side in two lines, each with a mark, its name, and the day and officer under it."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = Grid(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scaled(10))
        self._grid.setVerticalSpacing(scaled(6))
        self._cells: list[QWidget] = []

    def show_stages(self, shown: Sequence[Stage]) -> None:
        """Show these; nothing where there are none."""
        for each in self._cells:
            self._grid.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._cells = [_cell(each) for each in shown]
        for at, each in enumerate(self._cells):
            self._grid.addWidget(each, at // _ACROSS, at % _ACROSS)
        for at in range(_ACROSS):
            self._grid.setColumnStretch(at, 1)
        self.setVisible(bool(shown))
        said = (f"{each.title} {_SPOKEN[each.come]}{_aloud(each.words)}" for each in shown)
        self.setAccessibleName(f"How far it is: {'; '.join(said)}")


def _aloud(words: str) -> str:
    return f", {words.replace(chr(10), ', ')}" if words else ""


def _cell(stage: Stage) -> QWidget:
    made = QWidget()
    name, tone = _MARKS[stage.come]
    mark = label()
    icons.dress(mark, name, tone, 16)
    mark.setFixedWidth(scaled(18))
    mark.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
    title = label(stage.title, "strong" if stage.come is not Come.OPEN else "muted")
    words = label(stage.words, "muted", wrap=True)
    words.setVisible(bool(stage.words))
    line = row(mark, column(None, title, words, None, spacing=0), spacing=6)
    line.setStretch(1, 1)
    made.setLayout(line)
    return made
