"""What the works done in a sheet of their own have in common: they ask, open, tell what saving does, save and close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.views.common.effects import Previewing, WorkSheet
from app.views.common.office import Office


class SheetWork(QObject):
    """One sheet, from the menu until its work is done or the officer leaves.

    Args:
        header: of the account that it is done to; None where `account_id` says which.

    Attributes:
        asks: the query that finds what the sheet is made of, given the account.
        saves: the command.
        previews: the query that tells what saving does; None: the sheet tells it itself.
        at_once: it is told as soon as the sheet opens, not only when something is typed.
        missing: what is said where the sheet has no command yet; None: its fields say so.
        sheet: the sheet, once it is open.
    """

    asks: Callable[..., Any]
    saves: Callable[..., Any]
    previews: Callable[..., Any] | None = None
    at_once = True
    missing: UserError | None = None

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None, account_id: int = 0) -> None:
        super().__init__(page)
        self.office = office
        self.page = page
        self.sheet: Any = None
        self.account_id = header.account_id if header is not None else account_id
        self.note = f"Account {header.reference}, {header.name}" if header is not None else ""
        assert self.account_id
        office.ask(self, type(self).asks, self.account_id, then=self._open)

    def make(self, found: Any) -> WorkSheet | str:
        """The sheet, with the record that it is about; or why there is nothing to be done."""
        raise NotImplementedError

    def opened(self) -> None:
        """The sheet is open."""

    def save(self, command: Any) -> None:
        """Do the work."""
        self.do(type(self).saves, command)

    def do(self, saves: Callable[..., Any], command: Any) -> None:
        """Do it by this command."""
        self.office.do(self, saves, command, then=self.done, refused=self.refuse)

    def refuse(self, error: UserError) -> None:
        """Say why it can't be done."""
        self.sheet.show_error(error)

    def done(self, saved: Any) -> None:
        """It is done: the sheet goes, and what was done is told."""
        self.sheet.close()
        self.tell(saved)

    def tell(self, saved: Any) -> None:
        """Say what was done."""
        self.office.messages.good(saved.told)

    def _open(self, found: Any) -> None:
        sheet = self.make(found)
        if isinstance(sheet, str):
            self.office.messages.info(sheet)
            self.deleteLater()
            return
        self.sheet = sheet
        self.setParent(sheet)
        previews = type(self).previews
        preview = Previewing(self.office, sheet, previews, self.sheet.command) if previews is not None else None
        sheet.confirmed.connect(self._confirm)
        sheet.open()
        if preview is not None and self.at_once:
            preview.ask()
        self.opened()

    def _confirm(self) -> None:
        try:
            command = self.sheet.command()
        except UserError as error:
            self.refuse(error)
            return
        if command is not None:
            self.sheet.set_busy(busy=True)
            self.save(command)
        elif self.missing is not None:
            self.sheet.show_error(self.missing)
