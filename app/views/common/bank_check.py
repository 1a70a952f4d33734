"""The modulus check of an account at a bank, said while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.services.bacs.dto import Checked
from app.services.core.errors import UserError
from app.views.common.bank_fields import BankFields
from app.views.common.office import Office
from app.views.common.pause import Pause
from app.views.common.tasks import Task

_PAUSE_MS = 250


class BankChecking(QObject):
    """Checks an account at a bank as it is typed, a moment after the last key, off the GUI thread.

    Args:
        checks: the query, given the sort code and the account number: the verdict, and by which table.
        names: the query that gives the name of a bank and its branch by the sort code; None: it isn't asked for.
    """

    def __init__(
        self,
        office: Office,
        bank: BankFields,
        checks: Callable[..., tuple[Checked, str]],
        names: Callable[..., tuple[str, str]] | None = None,
    ) -> None:
        super().__init__(bank)
        self._checks = checks
        self._names = names
        self._office = office
        self._bank = bank
        self._asked: Task | None = None
        self._named: Task | None = None
        self._sort_code = ""
        self._pause = Pause(self, self._look, _PAUSE_MS)
        bank.typed.connect(self._pause.start)

    def _look(self) -> None:
        sort_code, digits = self._bank.sort_code(), self._bank.digits()
        if self._names is not None and sort_code and sort_code != self._sort_code:
            self._sort_code = sort_code
            self._named = self._office.ask(self, self._names, sort_code, then=self._name, instead_of=self._named)
        if digits is None:
            self._bank.verdict.wait()
            return
        self._asked = self._office.ask(
            self, self._checks, *digits, then=self._show, refused=self._refused, instead_of=self._asked
        )

    def _name(self, found: tuple[str, str]) -> None:
        self._bank.offer(*found)

    def _show(self, found: tuple[Checked, str]) -> None:
        if self._bank.digits() is not None:
            self._bank.verdict.show_checked(*found)

    def _refused(self, error: UserError) -> None:
        self._bank.verdict.wait(str(error))
