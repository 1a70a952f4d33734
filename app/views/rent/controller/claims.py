"""What the register of benefits does: lists claims with what came against what was expected, and opens their accounts."""

from __future__ import annotations

from app.services.benefits import queries
from app.services.benefits.dto import BenefitFilter, BenefitRegister, BenefitRow, BenefitShown
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.rent.benefits.tables import CLAIMS

_CHOICES = (
    ("Differences", BenefitShown.DIFFERENT),
    ("Live", BenefitShown.LIVE),
    ("Rent to confirm", BenefitShown.UNCONFIRMED),
    ("Applied for", BenefitShown.APPLIED),
    ("All", BenefitShown.ALL),
)


class ClaimsController(RegisterDesk[BenefitRow]):
    """Joins the register of benefits to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[BenefitRow] = RegisterPage(
            "Benefits",
            CLAIMS,
            stretch="name",
            choices=_CHOICES,
            placeholder="A name or a reference",
            noun=("claim", "claims"),
            empty="There is no claim here. Open an account, press Ctrl+J and choose Keep a benefit claim.",
            key=lambda row: row.claim_id,
            areas=frozenset({"benefits", "ledger"}),
            help_topic="rent",
        )
        super().__init__(office, page, Listing(queries.register, BenefitFilter, most=queries.MOST))
        self.offer_account()

    def show(self, found: BenefitRegister) -> None:
        """Show the claims and how many each choice has, which are found together."""
        super().show(found.rows)
        self.count(found.counts)
