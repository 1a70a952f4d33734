"""What the works of a mandate have in common: done in a sheet for the mandate that is shown; its bank account is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.bacs.dto import Checked
from app.services.bacs.queries import table_in_force
from app.services.core.context import Context
from app.services.direct_debits.mandates import queries
from app.services.direct_debits.mandates.dto import Saved
from app.views.common.bank_check import BankChecking
from app.views.common.bank_fields import BankFields
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork

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


class BankCheck(BankChecking):
    """Checks an account at a bank as it is typed, and names the bank as it was for the same sort code before."""

    def __init__(self, office: Office, bank: BankFields) -> None:
        super().__init__(office, bank, _checked, queries.bank_named)


def _checked(ctx: Context, sort_code: str, account_number: str) -> tuple[Checked, str]:
    """The verdict, and by which table of what age."""
    found, table = queries.modulus(ctx, sort_code, account_number), table_in_force(ctx)
    if table is None:
        return found, ""
    return found, _OLD.format(years=table.months // 12) if table.shipped else table.words
