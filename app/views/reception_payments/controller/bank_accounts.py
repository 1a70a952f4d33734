"""The council's bank accounts: listed with where they stand and their statements, set up, changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.reception_payments.bank import accounts, queries
from app.services.reception_payments.bank.kept import BankChange, BankRow, NewBank
from app.views.common.office import Office
from app.views.common.sheet_work import open_sheet
from app.views.common.tasks import Task
from app.views.reception_payments.bank_accounts import BankAccountsPage
from app.views.reception_payments.bank_sheets import BankSheet


class BankAccountsController(QObject):
    """Joins the section Bank accounts to the services."""

    def __init__(self, office: Office) -> None:
        held = office.desk.officer.permissions
        self.page = page = BankAccountsPage(may_keep=Permission.KEEP_RECEPTION in held)
        super().__init__(page)
        self.office = office
        self._found: tuple[BankRow, ...] = ()
        self._wanted: int | None = None
        self._asked: Task | None = None
        self._listed: Task | None = None
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.asked.connect(self._list)
        page.bank_chosen.connect(self._show_statements)
        page.new_wanted.connect(lambda: self._open(None))
        page.change_wanted.connect(self._open)

    def refresh(self) -> None:
        """List them again."""
        self._asked = self.office.ask(self, queries.banks, then=self._show, instead_of=self._asked)

    def open_record(self, _subject: Subject, statement_id: int) -> None:
        """Show the account of a statement, which is among those beside it."""

        def show(bank_id: int | None) -> None:
            self._wanted = bank_id
            self.page.text.clear()
            self.refresh()

        self.office.ask(self, queries.bank_of, statement_id, then=show)

    def _show(self, found: tuple[BankRow, ...]) -> None:
        self._found = found
        self._list()
        places = [at for at, row in enumerate(self.page.model.rows) if row.bank_id == self._wanted]
        self._wanted = None
        if places:
            self.page.table.go_to(places[0])

    def _list(self) -> None:
        page = self.page
        page.show_rows(page.found_among(self._found, lambda row: f"{row.name} {row.tail}"))
        self._show_statements(page.table.row() if page.model.rows else None)

    def _show_statements(self, row: BankRow | None) -> None:
        card = self.page.statements
        if row is None:
            card.show_rows(())
        else:
            self._listed = self.office.ask(
                self, queries.statements, row.bank_id, then=card.show_rows, instead_of=self._listed
            )

    def _open(self, row: BankRow | None) -> None:
        sheet = BankSheet(self.page, row, self.office.desk.clock.today)
        open_sheet(self.office, sheet, _save, sheet.command, "The bank account is saved.")


def _save(ctx: Context, command: NewBank | BankChange) -> Any:
    return accounts.add(ctx, command) if isinstance(command, NewBank) else accounts.change(ctx, command)
