"""What the register of arrangements does: lists them, tests them anew, opens their accounts."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.arrangements import commands, queries
from app.services.arrangements.dto import ArrangementFilter, ArrangementRow, ArrangementShown, Tested
from app.services.core.permissions import Permission
from app.views.common import formats
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.arrangements_table import ARRANGEMENTS
from app.views.rent.register import RegisterPage

_CHOICES = (
    ("In force", ArrangementShown.LIVE),
    ("Behind", ArrangementShown.BEHIND),
    ("Broken", ArrangementShown.BROKEN),
    ("Paid off", ArrangementShown.COMPLETED),
    ("All", ArrangementShown.ALL),
)


class ArrangementsController(QObject):
    """Joins the register of arrangements to the services."""

    def __init__(self, office: Office) -> None:
        self.page: RegisterPage[ArrangementRow] = RegisterPage(
            "Arrangements",
            ARRANGEMENTS,
            stretch="name",
            choices=_CHOICES,
            placeholder="A name or a reference",
            noun=("arrangement", "arrangements"),
            empty="There is no arrangement here. Open an account and press Ctrl+Shift+D to make one.",
            key=lambda row: row.arrangement_id,
            areas=frozenset({"arrangements", "ledger"}),
        )
        super().__init__(self.page)
        self._office = office
        self._asked: Task | None = None
        if Permission.KEEP_TASKS in office.desk.officer.permissions:
            self.page.action("Ctrl+Shift+K", "Test them now", "refresh", self._test, fits=lambda _row: True)
        self.page.action(
            "Ctrl+O", "Open the account", "account-outline", self._open, fits=lambda _row: True, primary=True
        )
        self.page.opened.connect(self._open)
        self.page.asked.connect(self.refresh)
        self.page.refresh_wanted.connect(lambda _changes: self.refresh())

    def refresh(self) -> None:
        """List them again."""
        wanted = ArrangementFilter(self.page.choice, self.page.words)
        self._asked = self._office.ask(self, queries.listed, wanted, then=self._show, instead_of=self._asked)
        self._office.ask(self, queries.counts, then=self._count)

    def _show(self, rows: tuple[ArrangementRow, ...]) -> None:
        many = f"The first {queries.MOST:,} are shown: find by a name." if len(rows) == queries.MOST else ""
        self.page.show_rows(rows, many)

    def _count(self, counts: dict[ArrangementShown, int]) -> None:
        for shown, number in counts.items():
            self.page.count(shown, number)

    def _open(self, row: ArrangementRow) -> None:
        self._office.open_record(Subject.ACCOUNT, row.account_id)

    def _test(self, _row: ArrangementRow) -> None:
        self._office.do(self, commands.test_all, then=self._tested)

    def _tested(self, found: Tested) -> None:
        said = f"{formats.count(found.broken, 'arrangement')} broken, {found.completed:,} paid off"
        self._office.messages.good(f"{said}; {found.live:,} in force, {found.behind:,} of them behind.")
        self.refresh()
