"""What the register of arrangements does: lists them, tests them anew, opens their accounts."""

from __future__ import annotations

from app.services.arrangements import commands, queries
from app.services.arrangements.dto import ArrangementFilter, ArrangementRow, ArrangementShown, Tested
from app.services.core.permissions import Permission
from app.views.common import formats
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.rent.arrangements_table import ARRANGEMENTS

_CHOICES = (
    ("In force", ArrangementShown.LIVE),
    ("Behind", ArrangementShown.BEHIND),
    ("Broken", ArrangementShown.BROKEN),
    ("Paid off", ArrangementShown.COMPLETED),
    ("All", ArrangementShown.ALL),
)


class ArrangementsController(RegisterDesk[ArrangementRow]):
    """Joins the register of arrangements to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[ArrangementRow] = RegisterPage(
            "Arrangements",
            ARRANGEMENTS,
            stretch="name",
            choices=_CHOICES,
            placeholder="A name or a reference",
            noun=("arrangement", "arrangements"),
            empty="There is no arrangement here. Open an account and press Ctrl+Shift+D to make one.",
            key=lambda row: row.arrangement_id,
            areas=frozenset({"arrangements", "ledger"}),
            help_topic="rent",
        )
        super().__init__(office, page, Listing(queries.listed, ArrangementFilter, queries.counts, queries.MOST))
        if Permission.KEEP_TASKS in office.desk.officer.permissions:
            page.action("Ctrl+Shift+K", "Test them now", "refresh", self._test, fits=lambda _row: True)
        self.offer_account()

    def _test(self, _row: ArrangementRow) -> None:
        self.office.do(self, commands.test_all, then=self._tested)

    def _tested(self, found: Tested) -> None:
        said = f"{formats.count(found.broken, 'arrangement')} broken, {found.completed:,} paid off"
        self.office.messages.good(f"{said}; {found.live:,} in force, {found.behind:,} of them behind.")
        self.refresh()
