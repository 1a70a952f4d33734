"""The register: listed, filtered, looked at; work that other tabs hand over is begun."""

from __future__ import annotations

from array import array

from app.models.values import Subject
from app.services.adjustments.register import queries
from app.services.adjustments.register.dto import (
    RegisterDetail,
    RegisterFilter,
    RegisterRow,
    RegisterSort,
    What,
    record_of,
    row_id_of,
)
from app.services.core.context import Context
from app.services.workbench.presence import Record
from app.views.adjustments.page import AdjustmentsPage
from app.views.adjustments.works import HANDED, OFFERED
from app.views.common.list_desk import ListDesk
from app.views.common.office import Office
from app.views.common.paged_driver import Source


class AdjustmentsController(ListDesk):
    """Joins the Adjustments page to the services."""

    area = "adjustments"
    subject = Subject.ADJUSTMENT
    detail = staticmethod(queries.detail)

    def __init__(self, office: Office) -> None:
        offered = OFFERED.to(office.desk.officer.permissions)
        self.page = page = AdjustmentsPage(offered)
        source = Source(_ids, queries.rows, _row_id, queries.totals, queries.totals_of)
        super().__init__(office, page, source, page.card.parts, page.card.presence)
        held = office.desk.officer.permissions
        self.handed = {work.key: work for work in (*offered.works, *HANDED) if work.shown_to(held)}

    def refresh(self) -> None:
        """List again, with how many each view has."""
        self.ask("register", queries.register, then=self.page.show_register)
        super().refresh()

    def record_of(self, row_id: int) -> Record:
        """The adjustment, recharge, refund or write-off of a line."""
        what, record_id = record_of(row_id)
        return Record(what.subject, record_id)

    def show(self, found: RegisterDetail) -> None:
        """Show a line."""
        self.page.show_line(found)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.page.show_nothing()

    def open_line(self, row_id: int) -> None:
        """Enter: open the account of the line that is shown."""
        shown = self.page.detail
        if shown is not None and shown.row.row_id == row_id and shown.row.account_id is not None:
            self.office.open_record(Subject.ACCOUNT, shown.row.account_id)

    def open_record(self, subject: Subject, record_id: int) -> None:
        """Show an adjustment, a recharge, a refund or a write-off."""
        super().open_record(subject, row_id_of(What(subject.value), record_id))


def _ids(ctx: Context, wanted: RegisterFilter, sort: str, *, descending: bool) -> array[int]:
    return queries.ids(ctx, wanted, RegisterSort(sort), descending=descending)


def _row_id(row: RegisterRow) -> int:
    return row.row_id
