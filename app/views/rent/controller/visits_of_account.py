"""The part of the account's card that shows who came or called about it, joined to the services."""

from __future__ import annotations

from app.services.reception_payments.visits.dto import VisitRow
from app.services.reception_payments.visits.queries import of_account
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.rent.visits_part import VisitsPart


class VisitsOfAccountController(PartDesk):
    """Shows the visits and calls about whichever account is open."""

    def __init__(self, office: Office) -> None:
        self._shown = VisitsPart()
        super().__init__(office, self._shown, of_account)

    def fill(self, found: tuple[VisitRow, ...] | None) -> None:
        """Show them."""
        self._shown.show_visits(found or ())

    def count(self, found: tuple[VisitRow, ...]) -> int:
        """How many there are."""
        return len(found)
