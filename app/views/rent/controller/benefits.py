"""The part of the account's card that shows its benefits, joined to the services."""

from __future__ import annotations

from app.services.benefits.dto import AccountBenefits
from app.services.benefits.queries import account_benefits
from app.services.core.permissions import Permission
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.rent.benefits.part import BenefitsPart
from app.views.rent.controller.keep_claim import ClaimController


class BenefitsController(PartDesk):
    """Shows the benefits of whichever account is open, and opens the sheet of a claim."""

    def __init__(self, office: Office) -> None:
        self._shown = BenefitsPart(may_change=Permission.KEEP_BENEFITS in office.desk.officer.permissions)
        super().__init__(office, self._shown, account_benefits)
        self._shown.open_wanted.connect(self._open)

    def fill(self, found: AccountBenefits | None) -> None:
        """Show the claims."""
        self._shown.show_benefits(found)

    def count(self, found: AccountBenefits) -> int:
        """How many claims there are."""
        return len(found.claims)

    def _open(self, claim_id: int | None) -> None:
        if self.record is not None:
            ClaimController(self.office, self._shown.window(), self.record, claim_id, new=claim_id is None)
