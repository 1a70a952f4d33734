"""The part of the account's card that shows its benefits, joined to the services."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services.benefits.dto import AccountBenefits
from app.services.benefits.queries import account_benefits
from app.services.core.permissions import Permission
from app.services.rent.dto import AccountHeader
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.benefits.part import BenefitsPart
from app.views.rent.controller.keep_claim import ClaimController


class BenefitsController(QObject):
    """Shows the benefits of whichever account is open, and opens the sheet of a claim.

    Signals:
        counted(int): how many claims there are.
    """

    counted = Signal(int)

    def __init__(self, office: Office) -> None:
        self._part = BenefitsPart(may_change=Permission.KEEP_BENEFITS in office.desk.officer.permissions)
        super().__init__(self._part)
        self._office = office
        self._header: AccountHeader | None = None
        self._asked: Task | None = None
        self._part.open_wanted.connect(self._open)

    @property
    def widget(self) -> QWidget:
        """What stands under the tab."""
        return self._part

    def show(self, header: AccountHeader) -> None:
        """Show the benefits of this account."""
        self._header = header
        self._asked = self._office.ask(
            self,
            account_benefits,
            header.account_id,
            then=self._show,
            refused=lambda _error: self.clear(),
            instead_of=self._asked,
        )

    def clear(self) -> None:
        """No account is open."""
        self._header = None
        self._part.show_benefits(None)

    def _show(self, found: AccountBenefits) -> None:
        if self._header is not None and self._header.account_id == found.account_id:
            self._part.show_benefits(found)
            self.counted.emit(len(found.claims))

    def _open(self, claim_id: int | None) -> None:
        if self._header is not None:
            ClaimController(self._office, self._part.window(), self._header, claim_id, new=claim_id is None)
