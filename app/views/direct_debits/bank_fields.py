"""The fields of an account at a bank: what is typed in them is never kept as a draft."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from PySide6.QtWidgets import QLabel

from app.services.bacs.dto import Checked
from app.services.bacs.rules import account_number_of, sort_code_of, spelled_sort_code
from app.services.core.errors import UserError
from app.views.common.fields_written import WrittenField
from app.views.common.parts import restyle

_TONES = {"valid": "good", "invalid": "bad", "unchecked": ""}
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


class Verdict:
    """What the modulus check says of what is typed, under its field, and by which table.

    Args:
        words: the line under the account number (`Form.add_words`).
    """

    def __init__(self, words: QLabel) -> None:
        self._words = words
        words.setAccessibleName("Modulus check")
        self.wait()

    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def wait(self, words: str = _WAITS) -> None:
        """There is nothing to check yet."""
        self._say(words, "")

    def show_checked(self, found: Checked, table: str = "") -> None:
        """Show the verdict, and the table with its age."""
        warns = found.verdict.value == "invalid" and not found.refuses
        self._say(f"{found.words} {table}".strip(), "warning" if warns else _TONES[found.verdict.value])

    def _say(self, words: str, tone: str) -> None:
        self._words.setText(words)
        restyle(self._words, role="" if tone else "muted", tone=tone)
        self._words.setAccessibleDescription(words)
