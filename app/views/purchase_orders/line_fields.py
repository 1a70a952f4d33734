"""The fields of the lines of an order: VAT, code, the share of a code, and what is special of a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt

from app.models.values import Money, MoneyError, PurchaseVat
from app.services.purchase_orders.amounts import read_percent, write_percent
from app.services.purchase_orders.orders.dto import CodeLeft
from app.views.common.fields_pickers import Find, Picked, Picker, among
from app.views.common.fields_written import WrittenField

SHORT_VAT: Final = {
    PurchaseVat.STANDARD: "Standard",
    PurchaseVat.REDUCED: "Reduced",
    PurchaseVat.ZERO: "Zero",
    PurchaseVat.EXEMPT: "Exempt",
    PurchaseVat.OUTSIDE: "Outside",
}
_LETTERS: Final = {words[0].lower(): each for each, words in SHORT_VAT.items()}
_FIGURES: Final = {"20": PurchaseVat.STANDARD, "5": PurchaseVat.REDUCED, "0": PurchaseVat.ZERO}
LABOUR, NOT_BACK = "Labour", "VAT not got back"


class VatField(WrittenField):
    """The VAT of a line by its first letter (S, R, Z, E, O) or its rate; empty: as the line before."""

    def read(self, text: str) -> PurchaseVat | None:
        """The kind of VAT."""
        typed = text.strip().rstrip("%").casefold()
        if not typed:
            return None
        found = _FIGURES.get(typed) or next((each for each in PurchaseVat if SHORT_VAT[each].lower() == typed), None)
        found = found or (_LETTERS.get(typed) if len(typed) == 1 else None)
        if found is None:
            raise ValueError("Type S for standard, R reduced, Z zero, E exempt or O outside; or 20, 5 or 0.")
        return found

    def written(self, value: Any) -> str:
        """Its word."""
        return SHORT_VAT[value]


class ShareField(WrittenField):
    """The share of a code: `40%` as hundredths of a percent, `200.00` as Money; empty: all of the line."""

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def read(self, text: str) -> int | Money | None:
        """A percentage where it ends with %, else an amount."""
        typed = text.strip()
        if not typed:
            return None
        if typed.endswith("%"):
            return read_percent(typed)
        try:
            return Money.parse(typed)
        except MoneyError as error:
            raise ValueError(f"{error} A percentage ends with %.") from error

    def written(self, value: Any) -> str:
        """As it is typed."""
        return value.plain() if isinstance(value, Money) else write_percent(value)


class MarksField(WrittenField):
    """What is special of a line: L labour under CIS, N VAT that can't be got back; `LN` both."""

    def read(self, text: str) -> frozenset[str]:
        """The marks."""
        typed = text.strip()
        words = {each.strip() for each in typed.split(",")}
        if words <= {LABOUR, NOT_BACK}:
            return frozenset(words)
        letters = set(typed.casefold()) - {" ", ","}
        if not letters <= {"l", "n"}:
            raise ValueError("Type L for labour under CIS, N where the VAT can't be got back.")
        return frozenset({LABOUR for _ in letters & {"l"}} | {NOT_BACK for _ in letters & {"n"}})

    def written(self, value: Any) -> str:
        """In words."""
        return ", ".join(each for each in (LABOUR, NOT_BACK) if each in value)


class CodePicker(Picker):
    """A code as typed by its number or name; the only one that fits is taken when the officer goes on."""

    def __init__(self, find: Find) -> None:
        super().__init__(find, "a code", "its number or name")

    def tidy(self) -> None:
        """Take the only one that fits."""
        text = self.text().strip()
        if self.picked is None and text:
            self._find(text, self._only)

    def _only(self, found: Sequence[Picked]) -> None:
        if len(found) == 1:
            self.set_value(found[0])


def code_choice(code: CodeLeft) -> Picked:
    """A code as it is offered: with its name and what is left of it."""
    return Picked(code.budget_id, code.code, f"{code.name}   {code.left} left")


class Codes:
    """The codes of a year, which change while the grid stands."""

    def __init__(self, codes: Sequence[CodeLeft]) -> None:
        self.offer(codes)

    def offer(self, codes: Sequence[CodeLeft]) -> None:
        """Offer these."""
        self._choices = tuple(code_choice(each) for each in codes)

    def choice(self, budget_id: int) -> Picked | None:
        """A code by its id."""
        return next((each for each in self._choices if each.id == budget_id), None)

    def find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        """Look among them."""
        among(self._choices)(text, then)
