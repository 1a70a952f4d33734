"""The fields of an account at a bank: what is typed in them is never kept as a draft."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

from app.services.bacs.dto import Checked
from app.services.bacs.rules import account_number_of, sort_code_of, spelled_sort_code
from app.services.core.errors import UserError
from app.views.common.fields import LineField
from app.views.common.fields_written import WrittenField
from app.views.common.forms import Form
from app.views.common.parts import restyle

_TONES = {"valid": "good", "invalid": "bad", "unchecked": ""}
_WAITS = "Checked as soon as both are typed."
_NAME = 80


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


class BankFields(QObject):
    """An account at a bank in a form: its digits, what the modulus check says of them, and the name of the bank.

    Args:
        fields: the form that they are added to.
        sort_code, account_number: what the digits are called; the keys that are free differ from form to form.
        names_bank: whether the name of the bank and its branch are asked for.

    Attributes:
        verdict: what the modulus check says.

    Signals:
        typed: the sort code or the account number is another.
    """

    typed = Signal()

    def __init__(self, fields: Form, sort_code: str, account_number: str, *, names_bank: bool = True) -> None:
        super().__init__(fields)
        self._sort_code, self._number = SortCodeField(), AccountNumberField()
        self._bank, self._branch = LineField(_NAME, placeholder="Where known"), LineField(_NAME)
        self._offered = ("", "")
        fields.add_beside(("sort_code", sort_code, self._sort_code), ("account_number", account_number, self._number))
        self.verdict = Verdict(fields.add_words(self._bank))
        if names_bank:
            fields.add("bank_name", "&Bank", self._bank)
            fields.add("branch", "Branc&h", self._branch)
        for field in (self._sort_code, self._number):
            field.changed.connect(self.typed)

    def offer(self, bank_name: str, branch: str) -> None:
        """Fill in what was typed for the same sort code before, where nothing else was typed; nothing, where none is known.

        What was filled in for another sort code goes, what the officer typed stays.
        """
        if (self._bank.value(), self._branch.value()) in {("", ""), self._offered}:
            self._offered = (bank_name, branch)
            self._bank.set_value(bank_name)
            self._branch.set_value(branch)

    def digits(self) -> tuple[str, str] | None:
        """The sort code and the account number, once both are whole."""
        typed = self._sort_code.value(), self._number.value()
        return typed if all(typed) else None

    def sort_code(self) -> str:
        """The sort code, once it is whole."""
        return self._sort_code.value() or ""
