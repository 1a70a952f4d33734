"""What the register of holds does: lists them, opens their accounts and cases, changes and releases them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.core.permissions import Permission
from app.services.holds import queries
from app.services.holds.dto import HoldFilter, HoldRow, HoldsShown
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.rent.controller.hold_case import HoldCaseController
from app.views.rent.controller.release_hold import ReleaseHoldController
from app.views.rent.holds.table import HOLDS

_CHOICES = (
    ("In force", HoldsShown.LIVE),
    ("End in two weeks", HoldsShown.ENDING),
    ("To be looked at", HoldsShown.REVIEW),
    ("Breathing space and insolvency", HoldsShown.CASES),
    ("To come", HoldsShown.TO_COME),
    ("Ended", HoldsShown.ENDED),
    ("All", HoldsShown.ALL),
)


class HoldsController(RegisterDesk[HoldRow]):
    """Joins the register of holds to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[HoldRow] = RegisterPage(
            "Holds",
            HOLDS,
            stretch="name",
            choices=_CHOICES,
            placeholder="A name, a reference or a case",
            noun=("hold", "holds"),
            empty="Nothing is on hold here. Open an account and press Ctrl+J to place a hold or enter a case.",
            key=lambda row: row.hold_id,
            areas=frozenset({"holds", "rent"}),
            help_topic="rent",
        )
        listing = Listing(queries.register, HoldFilter, queries.counts, queries.MOST, "a name or a case")
        super().__init__(office, page, listing)
        self._sheet: QObject | None = None
        may = Permission.PLACE_HOLDS in office.desk.officer.permissions
        page.action("Ctrl+Shift+B", "Case", "shield-account-outline", self._case, fits=lambda row: bool(row.case_id))
        page.action(
            "Ctrl+Shift+R",
            "Change or release",
            "lock-open-outline",
            self._change,
            fits=lambda row: may and not row.released and (row.live or row.from_on > office.desk.clock.today()),
        )
        self.offer_account()

    def show_record(self, case_id: int) -> None:
        """Open the sheet of a case over the register."""
        self._sheet = HoldCaseController(self.office, self.page, case_id=case_id)

    def _change(self, row: HoldRow) -> None:
        self._sheet = ReleaseHoldController(self.office, self.page, of=(row.account_id, row.hold_id))

    def _case(self, row: HoldRow) -> None:
        self._sheet = HoldCaseController(self.office, self.page, case_id=row.case_id)
