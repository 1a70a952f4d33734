"""What the works of the tab have in common: each is done in a sheet, for the record that is shown or for an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.services.core.context import Context
from app.services.rent.dto import AccountRow
from app.services.rent.queries import find
from app.views.adjustments.page import AdjustmentsPage
from app.views.common.begin_work import BeginWork
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork

_MOST_FOUND = 12


class RegisterWork(SheetWork):
    """A work on a record of the register or on an account.

    Args:
        ids: of the record that is shown; none where the work is of the office.
        wanted: what another tab hands over, such as the account that it shows.
    """

    page: AdjustmentsPage

    def __init__(
        self, office: Office, page: AdjustmentsPage, ids: Sequence[int] = (), wanted: BeginWork | None = None
    ) -> None:
        super().__init__(office, page)
        self.ids = tuple(ids)
        self.wanted = wanted
        self.begin(*self.asked())

    def asked(self) -> tuple[object, ...]:
        """What `asks` is given: the record that is shown."""
        return self.ids[:1]

    def find_accounts(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        """Look for accounts, for a picker."""

        def show(rows: tuple[AccountRow, ...]) -> None:
            then([Picked(row.account_id, row.name, f"Account {row.reference}") for row in rows])

        self.office.ask(self, _found, text, then=show)


def _found(ctx: Context, text: str) -> tuple[AccountRow, ...]:
    return find(ctx, text, limit=_MOST_FOUND)
