"""What the sheet of a claim does: asks once what it needs, then works without the database until it is saved."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.benefits import commands, queries, rules
from app.services.benefits.dto import ClaimForm
from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.rent.benefits.sheet import ClaimSheet
from app.views.rent.controller.account_work import AccountWork


class ClaimController(AccountWork):
    """A benefit claim is kept.

    Args:
        claim_id: the claim that is shown; None shows the latest live one, or a new one where there is none.
        new: a new one, whatever there is.
    """

    asks = staticmethod(queries.claim_form)
    saves = staticmethod(commands.keep_claim)

    def __init__(
        self,
        office: Office,
        page: QWidget,
        header: AccountHeader | None,
        claim_id: int | None = None,
        *,
        new: bool = False,
    ) -> None:
        super().__init__(office, page, header)
        self._claim_id = claim_id
        self._new = new

    def make(self, form: ClaimForm) -> ClaimSheet | str:
        """The sheet; nobody claims where nobody holds the tenancy."""
        if not form.people:
            return "Nobody holds this tenancy, so nobody claims benefit for it."
        live = next((claim.claim_id for claim in form.claims if claim.state in rules.LIVE), None)
        shown = None if self._new else self._claim_id or live
        sheet = ClaimSheet(self.page, form, self.office.desk.clock.today, shown)
        sheet.about = (Subject.TENANCY, form.tenancy_id)
        return sheet
