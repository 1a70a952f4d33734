"""What the register of voids does: lists what stands empty, and keeps why."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.values import Subject, VoidReason
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.tenancies.voids import commands, queries
from app.services.tenancies.voids.dto import REASONS, VoidRow
from app.views.common import formats
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.rent.endings_table import EMPTY
from app.views.rent.void_sheet import VoidSheet

_EVERY: tuple[tuple[str, VoidReason | None], ...] = (("All", None), *((words, each) for each, words in REASONS.items()))


class VoidsController(RegisterDesk[VoidRow]):
    """Joins the register of voids to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[VoidRow] = RegisterPage(
            "Voids",
            EMPTY,
            stretch="address",
            choices=_EVERY,
            placeholder="An address, an area or a property's reference",
            noun=("void", "voids"),
            empty="No property stands empty.",
            key=lambda row: row.property_id,
            areas=frozenset({"tenancies", "charges"}),
            help_topic="rent",
        )
        super().__init__(office, page, Listing(_listed, lambda reason, text: (text, reason)))
        self._sheet: VoidSheet | None = None
        self._may = Permission.KEEP_TENANCIES in office.desk.officer.permissions
        self.offer_account("Last account", primary=False)
        page.action("Ctrl+Shift+R", "Reason", "pencil-outline", self._change, fits=lambda _row: self._may, primary=True)

    def said(self, rows: Sequence[VoidRow]) -> str:
        """How many have no reason."""
        unexplained = sum(row.reason is None for row in rows)
        return f"{formats.count(unexplained, 'void')} without a reason." if unexplained else ""

    def open(self, row: VoidRow) -> None:
        """Enter changes the reason; whoever may not is shown the last account."""
        if self._may:
            self._change(row)
        else:
            self.open_account(row)

    def _change(self, row: VoidRow) -> None:
        self._sheet = sheet = VoidSheet(self.page, row, self.office.desk.clock.today)
        sheet.about = (Subject.PROPERTY, row.property_id)
        preview = Previewing(self.office, sheet, queries.preview, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        preview.ask()

    def _save(self) -> None:
        if self._sheet is not None:
            self._sheet.set_busy(busy=True)
            self.office.do(
                self, commands.change, self._sheet.command(), then=self._saved, refused=self._sheet.show_error
            )

    def _saved(self, _changes: object) -> None:
        if self._sheet is not None:
            self._sheet.close()
            self._sheet = None
        self.office.messages.good("The reason is kept.")


def _listed(ctx: Context, asked: tuple[str, VoidReason | None]) -> tuple[VoidRow, ...]:
    return queries.listed(ctx, *asked)
