"""What the register of endings does: lists them, opens their accounts, carries over what came late."""

from __future__ import annotations

from app.models.values import EndingState
from app.services.core.permissions import Permission
from app.services.tenancies.endings import commands
from app.services.tenancies.endings import listing as queries
from app.services.tenancies.endings.dto import EndingFilter, EndingRow, EndingSaved, EndingShown
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.rent.endings_table import ENDINGS

_CHOICES = (
    ("Under way", EndingShown.OPEN),
    ("Keys overdue", EndingShown.KEYS_DUE),
    ("Closing statement to send", EndingShown.STATEMENT_DUE),
    ("Ended", EndingShown.ENDED),
    ("Taken back", EndingShown.TAKEN_BACK),
    ("All", EndingShown.ALL),
)


class EndingsController(RegisterDesk[EndingRow]):
    """Joins the register of endings to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[EndingRow] = RegisterPage(
            "Endings",
            ENDINGS,
            stretch="next",
            choices=_CHOICES,
            placeholder="A name, an address or a reference",
            noun=("ending", "endings"),
            empty="No ending is noted here. Open an account and press Ctrl+Shift+E when notice comes.",
            key=lambda row: row.ending_id,
            areas=frozenset({"tenancies", "ledger"}),
            help_topic="rent",
        )
        listing = Listing(queries.listed, EndingFilter, queries.counts, queries.MOST, "a name or an address")
        super().__init__(office, page, listing)
        may = Permission.KEEP_TENANCIES in office.desk.officer.permissions
        page.action(
            "Ctrl+Shift+C",
            "Carry over",
            "transfer",
            self._carry,
            fits=lambda row: may and row.ended and bool(row.left_behind),
        )
        self.offer_account()

    def _carry(self, row: EndingRow) -> None:
        if row.state is EndingState.ENDED:
            self.office.do(self, commands.carry_over, row.ending_id, then=self._carried)

    def _carried(self, saved: EndingSaved) -> None:
        self.office.messages.good(saved.told)
