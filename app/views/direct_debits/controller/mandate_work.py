"""What the works of a mandate have in common: done in a sheet for the mandate that is shown; its bank account is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.bacs.dto import Checked
from app.services.bacs.queries import table_in_force
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.mandates import queries
from app.services.direct_debits.mandates.dto import Saved
from app.views.common.office import Office
from app.views.common.pause import Pause
from app.views.common.sheet_work import SheetWork
from app.views.common.tasks import Task
from app.views.direct_debits.bank_fields import BankFields

_PAUSE_MS = 250
_OLD = "That table came with Rentbook and is over {years} years old: load the current one (Admin, Weight tables)."


class MandateWork(SheetWork):
    """A sheet about the mandate that is shown."""

    asks: Callable[..., Any] | None = staticmethod(queries.detail)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.begin(ids[0])

    def tell(self, saved: Saved) -> None:
        """Say what was done, and show it."""
        super().tell(saved)
        self.office.open_record(Subject.MANDATE, saved.mandate_id)


class BankCheck(QObject):
    """Checks an account at a bank as it is typed, a moment after the last key, off the GUI thread."""

    def __init__(self, office: Office, bank: BankFields) -> None:
        super().__init__(bank)
        self._office = office
        self._bank = bank
        self._asked: Task | None = None
        self._named: Task | None = None
        self._sort_code = ""
        self._pause = Pause(self, self._look, _PAUSE_MS)
        bank.typed.connect(self._pause.start)

    def _look(self) -> None:
        sort_code, digits = self._bank.sort_code(), self._bank.digits()
        if sort_code and sort_code != self._sort_code:
            self._sort_code = sort_code
            self._named = self._office.ask(self, queries.bank_named, sort_code, then=self._name, instead_of=self._named)
        if digits is None:
            self._bank.verdict.wait()
            return
        self._asked = self._office.ask(
            self, _checked, *digits, then=self._show, refused=self._refused, instead_of=self._asked
        )

    def _name(self, found: tuple[str, str]) -> None:
        self._bank.offer(*found)

    def _show(self, found: tuple[Checked, str]) -> None:
        if self._bank.digits() is not None:
            self._bank.verdict.show_checked(*found)

    def _refused(self, error: UserError) -> None:
        self._bank.verdict.wait(str(error))


def _checked(ctx: Context, sort_code: str, account_number: str) -> tuple[Checked, str]:
    """The verdict, and by which table of what age."""
    found, table = queries.modulus(ctx, sort_code, account_number), table_in_force(ctx)
    if table is None:
        return found, ""
    return found, _OLD.format(years=table.months // 12) if table.shipped else table.words
