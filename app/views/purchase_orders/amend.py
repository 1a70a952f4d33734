"""The sheet that amends an order: its lines as they should be; beside them what changes and whether it needs approval."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors
from app.services.purchase_orders.orders.dto import Amend, AmendPreview, CodeLeft, OrderDetail
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField
from app.views.purchase_orders.line_grid import ABOUT, LineGrid
from app.views.purchase_orders.requisition import cell_of

_WHY, _WIDE = 400, 1_400
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


def amend_effects(found: AmendPreview) -> tuple[Effect, ...]:
    """What an amendment does, as the panel beside the sheet says it."""
    return tuple(_told(found))


def _told(found: AmendPreview) -> Iterator[Effect]:
    yield Effect("What it comes to", "Net", before=str(found.before), after=str(found.after))
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
