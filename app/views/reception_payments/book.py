"""The manual receipt book, keyed in after an outage: one grid, Enter moves on."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import TakenBy
from app.services.core.errors import UserError, UserErrors
from app.services.reception_payments.receipts.dto.asked import BookEntries, BookLine
from app.services.reception_payments.receipts.dto.forms import TakeForm
from app.views.common.dialogs import Sheet
from app.views.common.entry_grid import EntryGrid
from app.views.common.entry_model import EntryColumn
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.fields_money import MoneyField
from app.views.common.fields_written import WrittenField
from app.views.common.theme import scaled
from app.views.reception_payments.card_guard import CardGuard

_NUMBER, _REFERENCE, _PAPER, _NAME, _WIDE = 20, 40, 40, 120, 980
_LETTERS: Final = {
    "C": TakenBy.CASH,
    "Q": TakenBy.CHEQUE,
    "P": TakenBy.POSTAL_ORDER,
    "T": TakenBy.TERMINAL,
}
_WHICH: Final = "Type C for cash, Q for a cheque, P for a postal order or T for the terminal."
_ABOUT: Final = (
    "What was written in the receipt book while Rentbook couldn't be used: each line becomes a receipt of that day. "
    f"{_WHICH}"
)


class MeansField(WrittenField):
    """How a line was paid, by its letter."""

    def read(self, text: str) -> TakenBy:
        """The means."""
        found = _LETTERS.get(text.strip().upper()[:1])
        if found is None:
            raise ValueError(_WHICH)
        return found

    def written(self, value: Any) -> str:
        """Its letter."""
        return next(letter for letter, means in _LETTERS.items() if means is value)


class BookSheet(Sheet):
    """Lines of the book.

    Args:
        form: what it begins with.
    """

    def __init__(self, parent: QWidget, form: TakeForm) -> None:
        super().__init__(parent, "Manual receipt book", primary="Post them", note=_ABOUT)
        self.key = uuid4().hex

        def today() -> date:
            return form.today

        fields = self.fields = self.form()
        desk = ChoiceField([(each.name, each.desk_id) for each in form.desks])
        fields.add_beside(("desk_id", "&Desk", desk), ("on", "&Written on", DateField(today, required=True)))
        self.grid = EntryGrid(
            "Lines of the receipt book",
            (
                EntryColumn("number", "In the book", lambda: LineField(_NUMBER), 100),
                EntryColumn("reference", "Payment reference", lambda: LineField(_REFERENCE), 170),
                EntryColumn("amount", "Amount", lambda: MoneyField(required=True), 110, right=True, total=True),
                EntryColumn("taken_by", "Paid by", lambda: MeansField(required=True), 80),
                EntryColumn("paper", "Cheque or slip", lambda: LineField(_PAPER), 140),
                EntryColumn("drawer", "Name on the cheque", lambda: LineField(_NAME), 200),
            ),
            one="line",
        )
        fields.add("lines", "&Lines", self.grid, across=True)
        fields.fill({"on": form.today})
        self.setMinimumWidth(scaled(_WIDE))
        self._guard = CardGuard(self, self.messages.warn, form.pay_cards)

    def command(self) -> BookEntries | None:
        """What is asked for; None where something is lacking, which its cell says."""
        if not self.fields.check():
            return None
        values = self.fields.values()
        lines = tuple(
            BookLine(line["number"], line["reference"], line["amount"], line["taken_by"], line["paper"], line["drawer"])
            for line in values["lines"]
        )
        return BookEntries(self.key, values["desk_id"], values["on"], lines)

    def show_error(self, error: UserError) -> None:
        """Beside its cell, where it is about a line."""
        several = error.errors if isinstance(error, UserErrors) else (error,)
        cells: dict[tuple[int, str], str] = {}
        rest: list[UserError] = []
        for each in several:
            parts = (each.field or "").split(":")
            if len(parts) == 3 and parts[1].isdigit():
                cells[int(parts[1]), parts[2] or "reference"] = str(each)
            else:
                rest.append(each)
        if not cells:
            super().show_error(error)
            return
        self.set_busy(busy=False)
        self.grid.show_errors(cells)
        self.messages.bad(
            UserErrors([*rest, UserError(next(iter(cells.values())))]) if rest else next(iter(cells.values()))
        )
