"""The credits that were written on: listed, and paid where somebody asks for one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.adjustments.credits import claims, proposing, queries
from app.services.adjustments.credits.dto import Proposal, WrittenOnRow
from app.services.adjustments.refunds.dto import Saved
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.views.adjustments.controller.gating import GateController
from app.views.adjustments.writing_on import WriteOnSheet
from app.views.adjustments.written_on import WRITTEN_ON, ClaimSheet
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import SheetWork


class ClaimController(SheetWork):
    """A written-on credit goes back on its account, and the gate of its refund opens."""

    saves = staticmethod(claims.claim)

    def __init__(self, office: Office, page: QWidget, row: WrittenOnRow) -> None:
        super().__init__(office, page)
        self._row = row
        self.begin()

    def make(self, _found: None) -> ClaimSheet:
        """The sheet."""
        return ClaimSheet(self.page, self._row, self.office.desk.clock.today())

    def tell(self, saved: Saved) -> None:
        """Say so, and open the gate."""
        super().tell(saved)
        GateController(self.office, self.page, (saved.refund_id,))


class WriteOnController(SheetWork):
    """Credits that nobody claimed are put forward together to be written on."""

    asks = staticmethod(proposing.proposal)
    saves = staticmethod(proposing.put_forward)
    missing = UserError("No credit is left to be written on.", "Close this, and begin again.")

    def __init__(self, office: Office, page: QWidget) -> None:
        super().__init__(office, page)
        self.begin()

    def make(self, found: Proposal) -> WriteOnSheet | str:
        """The sheet; it isn't made where no credit may be written on."""
        if found.rows:
            return WriteOnSheet(self.page, found)
        if not found.lacking:
            return "No credit is over six years old."
        reference, why = next(iter(found.lacking.items()))
        return f"No credit may be written on yet. {reference}: {why}"


class WrittenOnController(RegisterDesk[WrittenOnRow]):
    """Joins the list of written-on credits to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[WrittenOnRow] = RegisterPage(
            "Written-on credits",
            WRITTEN_ON,
            stretch="name",
            choices=(),
            placeholder="A name or a reference",
            noun=("written-on credit", "written-on credits"),
            empty="No credit was written on. Credits that nobody claimed stand under Credits, Over 6 years.",
            key=lambda row: (row.adjustment_id, row.account_id),
            areas=frozenset({"adjustments", "approvals"}),
            help_topic="adjustments",
        )
        super().__init__(office, page, Listing(queries.written_on, lambda _choice, words: words, most=queries.MOST))
        self.offer_account(primary=False)
        if Permission.ADJUST_ACCOUNTS in office.desk.officer.permissions:
            page.offer("Ctrl+N", "Write on", "cash-plus", self._write_on)
        if Permission.ASK_REFUNDS not in office.desk.officer.permissions:
            return
        page.action("Ctrl+G", "Its refund", "gate", self._gate, fits=lambda row: row.refund_id is not None)
        page.action(
            "Ctrl+Return",
            "They ask for it",
            "cash-refund",
            self._claim,
            fits=lambda row: row.claimable,
            primary=True,
        )

    def _write_on(self) -> None:
        WriteOnController(self.office, self.page)

    def _claim(self, row: WrittenOnRow) -> None:
        ClaimController(self.office, self.page, row)

    def _gate(self, row: WrittenOnRow) -> None:
        if row.refund_id is not None:
            GateController(self.office, self.page, (row.refund_id,))
