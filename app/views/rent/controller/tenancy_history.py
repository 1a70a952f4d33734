"""The part of the account's card that tells of its tenancy, joined to the services."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.rent.dto import AccountHeader
from app.services.tenancies.changes.queries import history
from app.services.tenancies.changes.shown import TenancyHistory
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.changing.history import HistoryPart


class TenancyController(QObject):
    """Shows the tenancy of whichever account is open, and opens the other one that a line names.

    Signals:
        counted(int): how many lines its history has.
    """

    counted = Signal(int)

    def __init__(self, office: Office) -> None:
        self._part = HistoryPart()
        super().__init__(self._part)
        self._office = office
        self._account_id: int | None = None
        self._asked: Task | None = None
        self._part.other_wanted.connect(lambda account_id: office.open_record(Subject.ACCOUNT, account_id))

    @property
    def widget(self) -> QWidget:
        """What stands under the tab."""
        return self._part

    def show(self, header: AccountHeader) -> None:
        """Show the tenancy of this account."""
        self._account_id = header.account_id
        account_id = header.account_id

        def answer(found: TenancyHistory | None) -> None:
            if self._account_id == account_id:
                self._part.show_history(found)
                self.counted.emit(len(found.rows) if found else 0)

        self._asked = self._office.ask(
            self,
            history,
            account_id,
            then=answer,
            refused=lambda _error: self.clear(),
            instead_of=self._asked,
        )

    def clear(self) -> None:
        """No account is open."""
        self._account_id = None
        self._part.show_history(None)
