"""The fields of an account at a bank: what is typed in them is never kept as a draft."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from PySide6.QtWidgets import QWidget

from app.services.bacs.dto import Checked
from app.services.bacs.rules import account_number_of, sort_code_of, spelled_sort_code
from app.services.core.errors import UserError
from app.views.common.fields_written import WrittenField
from app.views.common.parts import column, label, restyle
from app.views.common.theme import scaled

_TONES = {"valid": "good", "invalid": "bad", "unchecked": "warning"}
_WAITS = "Checked as soon as both are typed."


class _BankField(WrittenField):
    """Digits of an account at a bank. `value()` is what was typed, in its form; None while it can't be."""

    def read(self, text: str) -> str:
        """The digits.

        Raises:
            ValueError: they can't be; the sentence says why.
        """
        try:
            return self.digits(text)
        except UserError as error:
            raise ValueError(str(error)) from error

    @abstractmethod
    def digits(self, text: str) -> str:
        """The digits of what was typed.

        Raises:
            UserError: they can't be.
        """

    def typed(self) -> Any:
        """Nothing: a draft never holds it."""
        return ""

    def retype(self, typed: Any) -> None:
        """Nothing was kept."""


class SortCodeField(_BankField):
    """Six digits, written `20-00-00`."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(required=required, placeholder="Six digits")

    def digits(self, text: str) -> str:
        """Six digits."""
        return sort_code_of(text)

    def written(self, value: Any) -> str:
        """As a cheque book has it."""
        return spelled_sort_code(value)


class AccountNumberField(_BankField):
    """Eight digits; six or seven get zeros before them."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(required=required, placeholder="Eight digits")

    def digits(self, text: str) -> str:
        """Eight digits."""
        return account_number_of(text)

    def written(self, value: Any) -> str:
        """As they are."""
        return str(value)


class VerdictLine(QWidget):
    """What the modulus check says of what is typed, and by which table."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label(_WAITS, "muted", wrap=True)
        self._table = label("", "muted", wrap=True)
        self._table.setVisible(False)
        column(self, self._words, self._table, spacing=2)
        self.setMinimumHeight(scaled(20))
        self.setAccessibleName("Modulus check")

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def wait(self, words: str = _WAITS) -> None:
        """There is nothing to check yet."""
        self._say(words, "")
        self._table.setVisible(False)

    def show_checked(self, found: Checked, table: str = "") -> None:
        """Show the verdict, and the table with its age."""
        refuses_not = found.verdict.value == "invalid" and not found.refuses
        self._say(found.words, "warning" if refuses_not or found.old else _TONES[found.verdict.value])
        self._table.setText(table)
        self._table.setVisible(bool(table))

    def _say(self, words: str, tone: str) -> None:
        self._words.setText(words)
        restyle(self._words, role="" if tone else "muted", tone=tone)
        self.setAccessibleDescription(words)
