"""The part of the account's card that shows its post, joined to the services."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.post_log.register.dto import RegisterRow
from app.services.post_log.register.queries import of_account
from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.post_part import PostPart


class PostOfAccountController(QObject):
    """Shows the post of whichever account is open.

    Signals:
        counted(int): how many of its items are open.
    """

    counted = Signal(int)

    def __init__(self, office: Office) -> None:
        self._part = PostPart()
        super().__init__(self._part)
        self._office = office
        self._account_id: int | None = None
        self._asked: Task | None = None
        self._part.opened.connect(self._open)

    @property
    def widget(self) -> QWidget:
        """What stands under the tab."""
        return self._part

    def show(self, header: AccountHeader) -> None:
        """Show what came and went about this account."""
        self._account_id = account_id = header.account_id
        self._asked = self._office.ask(
            self,
            of_account,
            account_id,
            then=lambda rows: self._show(account_id, rows),
            refused=lambda _error: self.clear(),
            instead_of=self._asked,
        )

    def clear(self) -> None:
        """No account is open."""
        self._account_id = None
        self._part.show_lines(())

    def _show(self, account_id: int, rows: tuple[RegisterRow, ...]) -> None:
        if account_id == self._account_id:
            self._part.show_lines(rows)
            self.counted.emit(sum(row.open for row in rows))

    def _open(self, row: RegisterRow) -> None:
        """What came in is shown on the Post tab, what went out on the Letters tab."""
        if row.outgoing_id is not None:
            self._office.open_record(Subject.LETTER, row.outgoing_id)
        else:
            self._office.open_record(Subject.POST_ITEM, row.row_id)
