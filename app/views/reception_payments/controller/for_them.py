"""What is done for whoever is at the desk: begun on the tab where it belongs, with their account carried over."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from app.services.core.permissions import Permission
from app.services.reception_payments.visits.dto import VisitRow
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage

DOES: Final = (
    ("&Take a payment", "reception_payments", "taking", Permission.TAKE_PAYMENTS),
    ("Print a &statement", "rent", "statement", None),
    ("Write the &balance to them", "rent", "balance_letter", Permission.SEND_LETTERS),
    ("&Write another letter", "rent", "letter", Permission.SEND_LETTERS),
    ("Order a pay point &card", "reception_payments", "ordering_card", Permission.ORDER_PAY_CARDS),
    ("&Log a document in the post", "post_log", "logging", Permission.LOG_POST),
    ("Set up a &Direct Debit", "direct_debits", "setting_up", Permission.KEEP_DIRECT_DEBITS),
    ("Change how they are &reached", "rent", "contacts", Permission.CHANGE_CONTACTS),
)
"""What it says, the tab, its work, and what the officer must hold; None: nothing."""


class ForThem(QObject):
    """A menu for the chosen visit; each entry has its letter."""

    def __init__(self, office: Office, page: RegisterPage[VisitRow]) -> None:
        super().__init__(page)
        self._office, self._page = office, page
        held = office.desk.officer.permissions
        self.menu = QMenu(page)
        self.menu.setAccessibleName("Do for them")
        for words, area, work, needs in DOES:
            if needs is None or needs in held:
                self.menu.addAction(words).triggered.connect(partial(self._begin, area, work))
        page.action("F3", "Do for them", "account-wrench-outline", self._open, fits=_has_account)

    def _open(self, _row: VisitRow) -> None:
        table = self._page.table
        below = table.visualRect(table.currentIndex()).bottomLeft() + QPoint(0, table.horizontalHeader().height())
        self.menu.popup(table.mapToGlobal(below))

    def _begin(self, area: str, work: str) -> None:
        row = self._page.table.row()
        if row is not None and row.account_id is not None:
            self._office.show_only(area, BeginWork(row.account_id, work))


def _has_account(row: VisitRow) -> bool:
    return row.account_id is not None and not row.shut
