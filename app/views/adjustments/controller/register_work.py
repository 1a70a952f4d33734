"""What the works of the tab have in common: done in a sheet or at once, for the record that is shown or for an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.context import Context
from app.services.rent.listed_dto import AccountRow
from app.services.rent.queries import find
from app.views.adjustments.page import AdjustmentsPage
from app.views.common.begin_work import BeginWork
from app.views.common.fields_pickers import Picked
from app.views.common.from_account import FromAccount
from app.views.common.office import Office

_MOST_FOUND = 12


class RegisterWork(FromAccount):
    """A work on a record of the register or on an account; an officer who came from an account is back there after it.

    Args:
        ids: of the record that is shown; none where the work is of the office.
        wanted: what another tab hands over, such as the account that it shows.
    """

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int] = (), wanted: BeginWork | None = None) -> None:
        super().__init__(office, page)
        self.ids = tuple(ids)
        self.wanted = wanted
        self.begin(*self.asked())

    def asked(self) -> tuple[Any, ...]:
        """What `asks` is given: the account that another tab hands over, else the record that is shown."""
        return (self.wanted.account_id,) if self.wanted is not None else self.ids[:1]

    def record_of(self, saved: Any) -> tuple[Subject, int] | None:
        """What was made, to be shown in the register; None: nothing new."""

    def tell(self, saved: Any) -> None:
        """Say what was done, and show it: on the account that the officer came from, or in the register."""
        record = self.record_of(saved)
        if self.wanted is not None:
            self.go_back()
        elif record is not None:
            self.office.open_record(*record)
        super().tell(saved)

    def find_accounts(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        """Look for accounts, for a picker."""

        def show(rows: tuple[AccountRow, ...]) -> None:
            then([Picked(row.account_id, row.name, f"Account {row.reference}") for row in rows])

        self.office.ask(self, _found, text, then=show)


class AtOnce(QObject):
    """A work on the record that is shown that asks nothing.

    Attributes:
        does: the command, given the record; what it gives back says what was done.
    """

    does: ClassVar[Callable[..., Any]]

    def __init__(self, office: Office, page: AdjustmentsPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        office.do(self, type(self).does, ids[0], then=lambda saved: office.messages.good(saved.told))


def _found(ctx: Context, text: str) -> tuple[AccountRow, ...]:
    return find(ctx, text, limit=_MOST_FOUND)
