"""Writing to the people of an account."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.rent.dto import AccountHeader
from app.views.common.fields_pickers import Picked
from app.views.common.letter_sheet import write_letter
from app.views.common.office import Office


class LetterController(QObject):
    """Opens the sheet of one letter over the account; it looks after itself.

    Attributes:
        template: which is chosen to begin with; empty: the general letter.
    """

    template = ""

    def __init__(self, office: Office, page: QWidget, header: AccountHeader) -> None:
        super().__init__(page)
        account = Picked(header.account_id, header.name, f"Account {header.reference}")
        write_letter(office, page, account, self.template)


class BalanceController(LetterController):
    """The same, with the letter that tells the balance."""

    template = "account_balance"
