"""What the register of benefits does: lists claims with what came against what was expected, and opens their accounts."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.benefits import queries
from app.services.benefits.dto import BenefitFilter, BenefitRegister, BenefitRow, BenefitShown
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.benefits.tables import CLAIMS
from app.views.rent.register import RegisterPage

_CHOICES = (
    ("Differences", BenefitShown.DIFFERENT),
    ("Live", BenefitShown.LIVE),
    ("Rent to confirm", BenefitShown.UNCONFIRMED),
    ("Applied for", BenefitShown.APPLIED),
    ("All", BenefitShown.ALL),
)


class ClaimsController(QObject):
    """Joins the register of benefits to the services."""

    def __init__(self, office: Office) -> None:
        self.page: RegisterPage[BenefitRow] = RegisterPage(
            "Benefits",
            CLAIMS,
            stretch="name",
            choices=_CHOICES,
            placeholder="A name or a reference",
            noun=("claim", "claims"),
            empty="There is no claim here. Open an account, press Ctrl+J and choose Keep a benefit claim.",
            key=lambda row: row.claim_id,
            areas=frozenset({"benefits", "ledger"}),
        )
        super().__init__(self.page)
        self._office = office
        self._asked: Task | None = None
        self.page.action(
            "Ctrl+O", "Open the account", "account-outline", self._open, fits=lambda _row: True, primary=True
        )
        self.page.opened.connect(self._open)
        self.page.asked.connect(self.refresh)
        self.page.refresh_wanted.connect(lambda _changes: self.refresh())

    def refresh(self) -> None:
        """List them again."""
        wanted = BenefitFilter(self.page.choice, self.page.words)
        self._asked = self._office.ask(self, queries.register, wanted, then=self._show, instead_of=self._asked)

    def _show(self, found: BenefitRegister) -> None:
        rows = found.rows
        many = f"The first {queries.MOST:,} are shown: find by a name." if len(rows) == queries.MOST else ""
        self.page.show_rows(rows, many)
        for shown, number in found.counts.items():
            self.page.count(shown, number)

    def _open(self, row: BenefitRow) -> None:
        self._office.open_record(Subject.ACCOUNT, row.account_id)
