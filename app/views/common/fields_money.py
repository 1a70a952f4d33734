"""The field for money."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

from app.models.values import Money, MoneyError
from app.views.common.fields import LineField

_LONGEST = 40


class MoneyField(LineField):
    """An amount as an officer types it (`Money.parse`), written `1,234.50` when they move on. `value()` is Money or None.

    Args:
        credits_too: whether an amount may be a credit (brackets, a minus or CR).
        required: whether it may be left empty.
    """

    def __init__(self, *, credits_too: bool = False, required: bool = False) -> None:
        super().__init__(_LONGEST)
        self._credits = credits_too
        self._required = required
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)

    def value(self) -> Any:
        """The amount."""
        if self.problem() or not self.text().strip():
            return None
        return Money.parse(self.text())

    def set_value(self, value: Any) -> None:
        """Show an amount."""
        super().set_value(value.plain() if isinstance(value, Money) else "")

    def problem(self) -> str:
        """Why it is not an amount."""
        if not self.text().strip():
            return "An amount is needed: type pounds and pence, such as 118.42." if self._required else ""
        try:
            amount = Money.parse(self.text())
        except MoneyError as error:
            return str(error)
        return (
            "" if self._credits or amount.pence >= 0 else "A credit can't be given here: type an amount above nothing."
        )

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Typing replaces what is there."""
        super().focusInEvent(event)
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Write the amount as amounts are written."""
        self.tidy()
        super().focusOutEvent(event)

    def tidy(self) -> None:
        """Write what is typed as amounts are written, if it is one."""
        amount = self.value()
        if amount is not None and amount.plain() != self.text():
            self.setText(amount.plain())
