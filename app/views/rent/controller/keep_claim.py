"""What the sheet of a claim does: asks once what it needs, then works without the database until it is saved."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.benefits import commands, queries, rules
from app.services.benefits.dto import ClaimForm, ClaimSaved
from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.rent.benefits.sheet import ClaimSheet


class ClaimController(QObject):
    """One sheet, from the menu until the claim is saved or the officer leaves.

    Args:
        claim_id: the claim that is shown; None shows the latest live one, or a new one where there is none.
        new: a new one, whatever there is.
    """

    def __init__(
        self,
        office: Office,
        page: QWidget,
        header: AccountHeader | None,
        claim_id: int | None = None,
        *,
        new: bool = False,
    ) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self._claim_id = claim_id
        self._new = new
        self.sheet: ClaimSheet | None = None
        assert header is not None
        office.ask(self, queries.claim_form, header.account_id, then=self._open)

    def _open(self, form: ClaimForm) -> None:
        if not form.people:
            self._office.messages.info("Nobody holds this tenancy, so nobody claims benefit for it.")
            self.deleteLater()
            return
        live = next((claim.claim_id for claim in form.claims if claim.state in rules.LIVE), None)
        shown = None if self._new else self._claim_id or live
        self.sheet = sheet = ClaimSheet(self._page, form, self._office.desk.clock.today, shown)
        sheet.about = (Subject.TENANCY, form.tenancy_id)
        self.setParent(sheet)
        sheet.confirmed.connect(self._save)
        sheet.open()

    def _save(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        try:
            command = sheet.command()
        except UserError as error:
            sheet.show_error(error)
            return
        if command is not None:
            sheet.set_busy(busy=True)
            self._office.do(self, commands.keep_claim, command, then=self._done, refused=sheet.show_error)

    def _done(self, saved: ClaimSaved) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good(saved.told)
