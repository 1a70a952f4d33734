"""The field for money."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt

from app.models.values import Money, MoneyError
from app.views.common.fields_written import WrittenField

_NEEDED: Final = "An amount is needed: type pounds and pence, such as 118.42."
_CREDIT: Final = "Less than nothing can't be meant here: type the amount without a minus, brackets or CR."


class MoneyField(WrittenField):
    """An amount as an officer types it (`Money.parse`), written `1,234.50` when they move on. `value()` is Money or None.

    Args:
        credits_too: whether an amount may be a credit (brackets, a minus or CR).
        required: whether it may be left empty.
    """

    def __init__(self, *, credits_too: bool = False, required: bool = False, placeholder: str = "") -> None:
        super().__init__(required=required, placeholder=placeholder)
        self._credits = credits_too
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def read(self, text: str) -> Money:
        """The amount."""
        if not text.strip():
            raise MoneyError(_NEEDED)
        amount = Money.parse(text)
        if amount.pence < 0 and not self._credits:
            raise MoneyError(_CREDIT)
        return amount

    def written(self, value: Any) -> str:
        """An amount without the pound sign."""
        return str(value.plain())
