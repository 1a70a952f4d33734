"""The field for money."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt

from app.models.values import Money, MoneyError
from app.views.common.fields_written import WrittenField

_CREDIT: Final = "Less than nothing can't be meant here: type the amount without a minus, brackets or CR."


class MoneyField(WrittenField):
    """An amount as an officer types it (`Money.parse`), written `1,234.50` when they move on. `value()` is Money or None.

    Args:
        credits_too: whether an amount may be a credit (brackets, a minus or CR).
        required: whether it may be left empty.
    """

    def __init__(self, *, credits_too: bool = False, required: bool = False) -> None:
        super().__init__(required=required)
        self._credits = credits_too
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def value(self) -> Any:
        """The amount."""
        if self.problem() or not self.text().strip():
            return None
        return Money.parse(self.text())

    def written(self, value: Any) -> str:
        """An amount without the pound sign."""
        return str(value.plain())

    def problem(self) -> str:
        """Why it is not an amount."""
        if not self.text().strip():
            return "An amount is needed: type pounds and pence, such as 118.42." if self._required else ""
        try:
            amount = Money.parse(self.text())
        except MoneyError as error:
            return str(error)
        return "" if self._credits or amount.pence >= 0 else _CREDIT
