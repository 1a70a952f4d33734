"""What the register of endings does: lists them, opens their accounts, carries over what came late."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import EndingState, Subject
from app.services.core.permissions import Permission
from app.services.tenancies.endings import commands, listing
from app.services.tenancies.endings.dto import EndingFilter, EndingRow, EndingSaved, EndingShown
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.endings_table import ENDINGS
from app.views.rent.register import RegisterPage

_CHOICES = (
    ("Under way", EndingShown.OPEN),
    ("Keys overdue", EndingShown.KEYS_DUE),
    ("Closing statement to send", EndingShown.STATEMENT_DUE),
    ("Ended", EndingShown.ENDED),
    ("Taken back", EndingShown.TAKEN_BACK),
    ("All", EndingShown.ALL),
)


class EndingsController(QObject):
    """Joins the register of endings to the services."""

    def __init__(self, office: Office) -> None:
        self.page: RegisterPage[EndingRow] = RegisterPage(
            "Endings",
            ENDINGS,
            stretch="next",
            choices=_CHOICES,
            placeholder="A name, an address or a reference",
            noun=("ending", "endings"),
            empty="No ending is noted here. Open an account and press Ctrl+Shift+E when notice comes.",
            key=lambda row: row.ending_id,
            areas=frozenset({"tenancies", "ledger"}),
        )
        super().__init__(self.page)
        self._office = office
        self._asked: Task | None = None
        may = Permission.KEEP_TENANCIES in office.desk.officer.permissions
        self.page.action(
            "Ctrl+Shift+C",
            "Carry over",
            "transfer",
            self._carry,
            fits=lambda row: may and row.ended and bool(row.left_behind),
        )
        self.page.action(
            "Ctrl+O", "Open the account", "account-outline", self._open, fits=lambda _row: True, primary=True
        )
        self.page.opened.connect(self._open)
        self.page.asked.connect(self.refresh)
        self.page.refresh_wanted.connect(lambda _changes: self.refresh())

    def refresh(self) -> None:
        """List them again."""
        wanted = EndingFilter(self.page.choice, self.page.words)
        self._asked = self._office.ask(self, listing.listed, wanted, then=self._show, instead_of=self._asked)
        self._office.ask(self, listing.counts, then=self._count)

    def _show(self, rows: tuple[EndingRow, ...]) -> None:
        many = (
            f"The first {listing.MOST:,} are shown: find by a name or an address." if len(rows) == listing.MOST else ""
        )
        self.page.show_rows(rows, many)

    def _count(self, counts: dict[EndingShown, int]) -> None:
        for shown, number in counts.items():
            self.page.count(shown, number)

    def _open(self, row: EndingRow) -> None:
        self._office.open_record(Subject.ACCOUNT, row.account_id)

    def _carry(self, row: EndingRow) -> None:
        if row.state is EndingState.ENDED:
            self._office.do(self, commands.carry_over, row.ending_id, then=self._carried)

    def _carried(self, saved: EndingSaved) -> None:
        self._office.messages.good(saved.told)
