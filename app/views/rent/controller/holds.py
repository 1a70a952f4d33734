"""What the register of holds does: lists them, opens their accounts and cases, changes and releases them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.permissions import Permission
from app.services.holds import queries
from app.services.holds.dto import HoldFilter, HoldRow, HoldsShown
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.controller.hold_case import HoldCaseController
from app.views.rent.controller.release_hold import ReleaseHoldController
from app.views.rent.holds.table import HOLDS
from app.views.rent.register import RegisterPage

_CHOICES = (
    ("In force", HoldsShown.LIVE),
    ("End in two weeks", HoldsShown.ENDING),
    ("To be looked at", HoldsShown.REVIEW),
    ("Breathing space and insolvency", HoldsShown.CASES),
    ("To come", HoldsShown.TO_COME),
    ("Ended", HoldsShown.ENDED),
    ("All", HoldsShown.ALL),
)


class HoldsController(QObject):
    """Joins the register of holds to the services."""

    def __init__(self, office: Office) -> None:
        self.page: RegisterPage[HoldRow] = RegisterPage(
            "Holds",
            HOLDS,
            stretch="name",
            choices=_CHOICES,
            placeholder="A name, a reference or a case",
            noun=("hold", "holds"),
            empty="Nothing is on hold here. Open an account and press Ctrl+J to place a hold or enter a case.",
            key=lambda row: row.hold_id,
            areas=frozenset({"holds", "rent"}),
        )
        super().__init__(self.page)
        self._office = office
        self._asked: Task | None = None
        self._sheet: QObject | None = None
        may = Permission.PLACE_HOLDS in office.desk.officer.permissions
        self.page.action(
            "Ctrl+Shift+B", "Case", "shield-account-outline", self._case, fits=lambda row: bool(row.case_id)
        )
        self.page.action(
            "Ctrl+Shift+R",
            "Change or release",
            "lock-open-outline",
            self._change,
            fits=lambda row: may and not row.released and (row.live or row.from_on > office.desk.clock.today()),
        )
        self.page.action(
            "Ctrl+O", "Open the account", "account-outline", self._open, fits=lambda _row: True, primary=True
        )
        self.page.opened.connect(self._open)
        self.page.asked.connect(self.refresh)
        self.page.refresh_wanted.connect(lambda _changes: self.refresh())

    def refresh(self) -> None:
        """List them again."""
        wanted = HoldFilter(self.page.choice, self.page.words)
        self._asked = self._office.ask(self, queries.register, wanted, then=self._show, instead_of=self._asked)
        self._office.ask(self, queries.counts, then=self._count)

    def _show(self, rows: tuple[HoldRow, ...]) -> None:
        many = f"The first {queries.MOST:,} are shown: find by a name or a case." if len(rows) == queries.MOST else ""
        self.page.show_rows(rows, many)

    def _count(self, counts: dict[HoldsShown, int]) -> None:
        for shown, number in counts.items():
            self.page.count(shown, number)

    def _open(self, row: HoldRow) -> None:
        self._office.open_record(Subject.ACCOUNT, row.account_id)

    def _change(self, row: HoldRow) -> None:
        self._sheet = ReleaseHoldController(self._office, self.page, of=(row.account_id, row.hold_id))

    def _case(self, row: HoldRow) -> None:
        self._sheet = HoldCaseController(self._office, self.page, case_id=row.case_id)
