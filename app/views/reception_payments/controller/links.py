"""A link to pay, by text message."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.reception_payments.callers.dto import Caller
from app.services.reception_payments.receipts import commands
from app.views.common.office import Office
from app.views.common.sheet_work import open_sheet
from app.views.reception_payments.link import LinkSheet


def open_link(office: Office, over: QWidget, caller: Caller, mobile: str, pay_cards: tuple[str, int]) -> LinkSheet:
    """Open the sheet over another one, which knows the references of `pay_cards`."""
    sheet = LinkSheet(over, caller.account_id, caller.reference, mobile, pay_cards)
    open_sheet(office, sheet, commands.send_link, sheet.command, "")
    return sheet
