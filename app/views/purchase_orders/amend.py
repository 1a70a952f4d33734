"""The sheets that amend an order or an agreement, as it should be; beside it what changes and whether it needs approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors
from app.services.purchase_orders.orders.dto import Amend, AmendAgreement, AmendPreview, CodeLeft, OrderDetail
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.purchase_orders.line_grid import ABOUT, LineGrid
from app.views.purchase_orders.requisition import cell_of

_WHY, _WIDE = 400, 1_400
_AGREEMENT: Final = "More, or for longer, is approved again; less stands at once."
_NOTE: Final = f"A line that is taken out is cancelled as far as it hasn't come. {ABOUT}"


class AmendSheet(WorkSheet):
    """An order as it should be.

    Args:
        shown: the order as it stands.
        codes: those of its year.
    """

    def __init__(self, parent: QWidget, shown: OrderDetail, codes: tuple[CodeLeft, ...]) -> None:
        number = shown.row.number
        super().__init__(parent, f"Amend {number}", save="Amend it", note=_NOTE, width=_WIDE)
        self.shown = shown
        self.about = (Subject.PURCHASE_ORDER, shown.row.order_id)
        self.lines = LineGrid(codes)
        self.lines.show_lines(shown.lines)
        self.fields = self.form()
        self.fields.add("lines", "&Lines", self.lines, across=True)
        self.fields.add("reason", "&Why", AreaField(_WHY, height=56, placeholder="Whoever approves reads it"))

    def command(self) -> Amend | None:
        """What is asked for; None while it has no line."""
        values = self.fields.values()
        if not values["lines"]:
            return None
        return Amend(self.shown.row.order_id, self.shown.version, values["reason"], values["lines"])

    def show_error(self, error: UserError) -> None:
        """What is wrong with a line is marked in its cell."""
        several = error.errors if isinstance(error, UserErrors) else (error,)
        of_lines = {place: str(each) for each in several if (place := cell_of(each.field)) is not None}
        if of_lines:
            self.lines.show_faults(of_lines)
            error = UserError(next(iter(of_lines.values())), field="lines")
        super().show_error(error)


class AgreementSheet(WorkSheet):
    """What may be called off an agreement, and until when, as it should be."""

    def __init__(self, parent: QWidget, shown: OrderDetail, today: date) -> None:
        note = f"{shown.called_off} is called off so far. {_AGREEMENT}"
        super().__init__(parent, f"Amend agreement {shown.row.number}", save="Amend it", note=note)
        self.shown = shown
        self.about = (Subject.PURCHASE_ORDER, shown.row.order_id)
        self.fields = self.form()
        self.fields.add("most", "At &most", MoneyField(required=True), "Before VAT, of all that is called off it")
        self.fields.add("until_on", "&Until", DateField(lambda: today, required=True))
        self.fields.add("reason", "&Why", AreaField(_WHY, height=72, placeholder="Whoever approves reads it"))
        self.fields.fill({"most": shown.most, "until_on": shown.until_on})

    def command(self) -> AmendAgreement | None:
        """What is asked for; None while the amount or the day is missing."""
        values, row = self.fields.values(), self.shown.row
        if values["most"] is None or values["until_on"] is None:
            return None
        return AmendAgreement(row.order_id, self.shown.version, values["reason"], values["most"], values["until_on"])


def amend_effects(found: AmendPreview) -> tuple[Effect, ...]:
    """What an amendment does, as the panel beside the sheet says it."""
    return tuple(_told(found))


def _told(found: AmendPreview) -> Iterator[Effect]:
    yield Effect("What it comes to", "Before VAT", before=str(found.before), after=str(found.after))
    if not found.changes:
        yield Effect("What changes", "Nothing yet")
    for words in found.changes:
        yield Effect("What changes", words)
    title = "It needs a new approval" if found.needs_approval else "It stands at once"
    yield Effect("Approval", title, after=found.why, warns=found.needs_approval)
    for words in found.wanting:
        yield Effect("Standing orders", words, warns=True)
    for code in found.codes:
        after = f"{-code.after} over" if code.after.pence < 0 else str(code.after)
        over = code.after.pence < 0
        yield Effect("What is left of each code", f"{code.code} {code.name}", str(code.left), after, warns=over)
