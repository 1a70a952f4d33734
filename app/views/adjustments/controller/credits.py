"""The credit list: accounts in credit by age and cause, looked at each month, and the refunds that begin there."""

from __future__ import annotations

from app.services.adjustments.refunds import listing, queries
from app.services.adjustments.refunds.dto import CreditFilter, CreditRow, Credits, Shown
from app.services.core.permissions import Permission
from app.views.adjustments.controller.attempts import AttemptsController
from app.views.adjustments.controller.credit_letter import CreditLetterController
from app.views.adjustments.controller.gating import GateController
from app.views.adjustments.controller.refunding import RefundController
from app.views.adjustments.credits import COLUMNS, bands_in_words
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage

_CHOICES = (
    ("All", Shown.ALL),
    ("Over 4 weeks", Shown.LONG),
    ("By benefit", Shown.BENEFIT),
    ("Tenancy ended", Shown.FORMER),
    ("Refund on its way", Shown.REFUND),
    ("Over 6 years", Shown.UNCLAIMED),
)


class CreditsController(RegisterDesk[CreditRow]):
    """Joins the credit list to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[CreditRow] = RegisterPage(
            "Credits",
            COLUMNS,
            stretch="name",
            choices=_CHOICES,
            placeholder="A name or a reference",
            noun=("account in credit", "accounts in credit"),
            empty="No account is in credit here.",
            key=lambda row: row.account_id,
            areas=frozenset({"adjustments", "ledger", "rent"}),
            help_topic="adjustments",
        )
        self._most = listing.MOST
        super().__init__(office, page, Listing(queries.in_credit, CreditFilter))
        may = Permission.ASK_REFUNDS in office.desk.officer.permissions
        self.offer_account(primary=False)
        page.action(
            "Ctrl+G", "Its refund", "gate", self._gate, fits=lambda credit: may and credit.refund_id is not None
        )
        page.action(
            "Ctrl+L", "Write to them", "email-outline", self._write, fits=lambda credit: may and not credit.held
        )
        page.action("Ctrl+T", "What was tried", "history", self._attempts, fits=lambda _credit: may)
        page.action(
            "Ctrl+Return",
            "New refund",
            "cash-refund",
            self._refund,
            fits=lambda credit: may and not credit.held,
            primary=True,
        )

    def show(self, found: Credits) -> None:
        """Show the credits, how old they are, and how many each choice has."""
        more = f"The first {self._most:,} are shown: find by a name. " if len(found.rows) == self._most else ""
        self.page.show_rows(found.rows, more + bands_in_words(found.bands))
        self.count(found.counts)

    def _refund(self, row: CreditRow) -> None:
        RefundController(self.office, self.page, (row.account_id,))

    def _write(self, row: CreditRow) -> None:
        CreditLetterController(self.office, self.page, row.account_id, row.refund_id)

    def _attempts(self, row: CreditRow) -> None:
        AttemptsController(self.office, self.page, row.account_id)

    def _gate(self, row: CreditRow) -> None:
        if row.refund_id is not None:
            GateController(self.office, self.page, (row.refund_id,))
