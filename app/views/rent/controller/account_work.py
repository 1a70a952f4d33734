"""What the works on an account have in common: each is done in a sheet, for the account that is open."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork


class AccountWork(SheetWork):
    """A work on an account; `asks` is given the account's id.

    Args:
        header: of the account; None where `account_id` says which.

    Attributes:
        note: the account in words, for the sheet.
    """

    def __init__(self, office: Office, page: QWidget, header: AccountHeader | None, account_id: int = 0) -> None:
        super().__init__(office, page)
        self.account_id = header.account_id if header is not None else account_id
        self.note = f"Account {header.reference}, {header.name}" if header is not None else ""
        assert self.account_id
        self.begin(self.account_id)
