"""Who changed an account: the sheet, joined to the audit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.admin.audit.dto import AuditRow
from app.services.admin.audit.queries import history
from app.services.rent.dto import AccountHeader
from app.views.common.history import HistorySheet
from app.views.common.office import Office
from app.views.rent.page import AccountsPage


def show_history(owner: QObject, office: Office, page: AccountsPage, header: AccountHeader) -> None:
    """Show every change of the account and of what hangs on it."""

    def ask(show: Callable[[Sequence[AuditRow]], object]) -> None:
        office.ask(owner, history, Subject.ACCOUNT, header.account_id, then=show)

    HistorySheet(page, f"{header.reference}, {header.name}", ask).open()
