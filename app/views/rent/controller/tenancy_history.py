"""The part of the account's card that tells of its tenancy, joined to the services."""

from __future__ import annotations

from app.models.values import Subject
from app.services.tenancies.changes.queries import history
from app.services.tenancies.changes.shown import TenancyHistory
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.rent.changing.history import HistoryPart


class TenancyController(PartDesk):
    """Shows the tenancy of whichever account is open, and opens the other one that a line names."""

    def __init__(self, office: Office) -> None:
        self._shown = HistoryPart()
        super().__init__(office, self._shown, history)
        self._shown.other_wanted.connect(lambda account_id: office.open_record(Subject.ACCOUNT, account_id))

    def fill(self, found: TenancyHistory | None) -> None:
        """Show its facts and its history."""
        self._shown.show_history(found)

    def count(self, found: TenancyHistory | None) -> int:
        """How many lines its history has."""
        return len(found.rows) if found else 0
