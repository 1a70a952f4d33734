"""What the register of voids does: lists what stands empty, and keeps why."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import Subject, VoidReason
from app.services.core.permissions import Permission
from app.services.tenancies.voids import commands, queries
from app.services.tenancies.voids.dto import REASONS, VoidRow
from app.views.common import formats
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.endings_table import EMPTY
from app.views.rent.register import RegisterPage
from app.views.rent.void_sheet import VoidSheet

_EVERY: tuple[tuple[str, VoidReason | None], ...] = (("All", None), *((words, each) for each, words in REASONS.items()))


class VoidsController(QObject):
    """Joins the register of voids to the services."""

    def __init__(self, office: Office) -> None:
        self.page: RegisterPage[VoidRow] = RegisterPage(
            "Voids",
            EMPTY,
            stretch="address",
            choices=_EVERY,
            placeholder="An address, an area or a property's reference",
            noun=("void", "voids"),
            empty="No property stands empty.",
            key=lambda row: row.property_id,
            areas=frozenset({"tenancies", "charges"}),
        )
        super().__init__(self.page)
        self._office = office
        self._asked: Task | None = None
        self._sheet: VoidSheet | None = None
        may = Permission.KEEP_TENANCIES in office.desk.officer.permissions
        self.page.action(
            "Ctrl+O", "Last account", "account-outline", self._open, fits=lambda row: row.account_id is not None
        )
        self.page.action("Ctrl+Shift+R", "Reason", "pencil-outline", self._change, fits=lambda _row: may, primary=True)
        self.page.opened.connect(self._change if may else self._open)
        self.page.asked.connect(self.refresh)
        self.page.refresh_wanted.connect(lambda _changes: self.refresh())

    def refresh(self) -> None:
        """List them again."""
        self._asked = self._office.ask(
            self, queries.listed, self.page.words, self.page.choice, then=self._show, instead_of=self._asked
        )

    def _show(self, rows: tuple[VoidRow, ...]) -> None:
        unexplained = sum(row.reason is None for row in rows)
        said = f"{formats.count(unexplained, 'void')} without a reason." if unexplained else ""
        self.page.show_rows(rows, said)

    def _open(self, row: VoidRow) -> None:
        if row.account_id is not None:
            self._office.open_record(Subject.ACCOUNT, row.account_id)

    def _change(self, row: VoidRow) -> None:
        self._sheet = sheet = VoidSheet(self.page, row, self._office.desk.clock.today)
        sheet.about = (Subject.PROPERTY, row.property_id)
        preview = Previewing(self._office, sheet, queries.preview, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        preview.ask()

    def _save(self) -> None:
        if self._sheet is not None:
            self._sheet.set_busy(busy=True)
            self._office.do(
                self, commands.change, self._sheet.command(), then=self._saved, refused=self._sheet.show_error
            )

    def _saved(self, _changes: object) -> None:
        if self._sheet is not None:
            self._sheet.close()
            self._sheet = None
        self._office.messages.good("The reason is kept.")
