"""A mandate is set up: from the tab, or for the account that the Accounts page hands over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.context import Context
from app.services.direct_debits import setting_up
from app.services.direct_debits.mandates import queries
from app.services.direct_debits.mandates.dto import Saved
from app.services.direct_debits.setting_up import SetUp, Start
from app.services.rent.listed_dto import AccountRow
from app.services.rent.queries import find
from app.views.common.begin_work import BeginWork
from app.views.common.evidence import read_evidence
from app.views.common.fields_pickers import Picked
from app.views.common.from_account import FromAccount
from app.views.common.office import Office
from app.views.direct_debits.controller.mandate_work import BankCheck
from app.views.direct_debits.set_up import SetUpSheet

_MOST_FOUND = 12


class SetUpController(FromAccount):
    """The sheet of a new mandate; an officer who came from an account is back there after it."""

    sheet: SetUpSheet
    asks = staticmethod(setting_up.start)
    previews = staticmethod(setting_up.effects)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int] = (), wanted: BeginWork | None = None) -> None:
        super().__init__(office, page)
        self.wanted = wanted
        self.begin(*((wanted.account_id,) if wanted is not None else ()))

    def make(self, found: Start) -> SetUpSheet | str:
        """The sheet, where the account can have a mandate."""
        if found.form is not None and found.form.refused:
            return found.form.refused
        sheet = SetUpSheet(self.page, found, self._find)
        if found.form is not None:
            sheet.about = (Subject.ACCOUNT, found.form.account_id)
        sheet.account_chosen.connect(self._ask_account)
        BankCheck(self.office, sheet.bank)
        return sheet

    def save(self, command: SetUp) -> None:
        """Keep it with the signed form."""
        read_evidence(
            self,
            self.sheet.files(),
            lambda files: self.do(setting_up.set_up, replace(command, files=files)),
        )

    def tell(self, saved: Saved) -> None:
        """Say what was done, and show the mandate, or the account that the officer came from."""
        if self.wanted is not None:
            self.go_back()
        else:
            self.office.open_record(Subject.MANDATE, saved.mandate_id)
        super().tell(saved)

    def _ask_account(self, account_id: int) -> None:
        self.ask(queries.set_up_form, account_id, then=self.sheet.show_account)

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        """Look for accounts, for the picker."""

        def show(rows: tuple[AccountRow, ...]) -> None:
            then([Picked(row.account_id, row.name, f"Account {row.reference}") for row in rows])

        self.office.ask(self, _found, text, then=show)


def _found(ctx: Context, text: str) -> Any:
    return find(ctx, text, limit=_MOST_FOUND)
