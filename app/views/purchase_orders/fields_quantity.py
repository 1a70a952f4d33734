"""The fields for quantities and unit prices, which are finer than pence."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from app.services.purchase_orders.amounts import read_price, read_quantity, write_price, write_quantity
from app.views.common.fields_written import WrittenField


class _FigureField(WrittenField):
    """A figure at the right, typed on the number pad."""

    def __init__(self, *, required: bool = False, placeholder: str = "") -> None:
        super().__init__(required=required, placeholder=placeholder)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)


class QuantityField(_FigureField):
    """How much of something, in thousandths of a unit: `2`, `1.5`. `value()` is an int or None."""

    def read(self, text: str) -> int:
        """The thousandths."""
        return read_quantity(text)

    def written(self, value: Any) -> str:
        """A quantity without noughts at its end."""
        return write_quantity(int(value))


class MeterField(QuantityField):
    """A reading of a meter or what was used, in thousandths of a unit: a meter that is new opens at 0."""

    def read(self, text: str) -> int:
        """The thousandths, 0 among them."""
        return 0 if "0" in text and not text.strip("0. ") else super().read(text)


class PriceField(_FigureField):
    """The price of one unit before VAT, in thousandths of a penny: `12.50`, `0.0125`. `value()` is an int or None."""

    def read(self, text: str) -> int:
        """The thousandths of a penny."""
        return read_price(text)

    def written(self, value: Any) -> str:
        """A price with at least its pence."""
        return write_price(int(value))
