"""What the parts of the account's card have in common: each asks for what belongs to whichever account is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.common.tasks import Task


class PartDesk(QObject):
    """Joins a part to the services; an answer about an account that is left meanwhile is dropped.

    Args:
        part: what stands under the tab.
        asks: the query, given the account.

    Signals:
        counted(int): how many there are behind the tab.
    """

    counted = Signal(int)

    def __init__(self, office: Office, part: QWidget, asks: Callable[..., Any]) -> None:
        super().__init__(part)
        self.office = office
        self.header: AccountHeader | None = None
        self._part = part
        self._asks = asks
        self._asked: Task | None = None

    @property
    def widget(self) -> QWidget:
        """What stands under the tab."""
        return self._part

    def show(self, header: AccountHeader) -> None:
        """Show what belongs to this account."""
        self.header = header
        self._asked = self.office.ask(
            self,
            self._asks,
            header.account_id,
            then=lambda found: self._show(header.account_id, found),
            refused=lambda _error: self.clear(),
            instead_of=self._asked,
        )

    def clear(self) -> None:
        """No account is open, or none that may be: the header says why."""
        self.header = None
        self.fill(None)

    def fill(self, found: Any) -> None:
        """Show what was found; None: nothing."""
        raise NotImplementedError

    def count(self, found: Any) -> int:
        """How many there are of what was found."""
        raise NotImplementedError

    def _show(self, account_id: int, found: Any) -> None:
        if self.header is not None and self.header.account_id == account_id:
            self.fill(found)
            self.counted.emit(self.count(found))
