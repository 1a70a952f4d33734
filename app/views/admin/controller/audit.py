"""The audit: asked by filter, shown a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.admin.audit import queries
from app.services.admin.audit.dto import AuditRow
from app.services.workbench.listing import Totals
from app.views.admin.audit import AuditPage
from app.views.common.office import Office
from app.views.common.paged_driver import PagedDriver, Source


class AuditController(QObject):
    """Joins the section of the audit to the services."""

    def __init__(self, office: Office) -> None:
        self.page = AuditPage(office.desk.clock.today)
        super().__init__(self.page)
        self._office = office
        self._shown: int | None = None
        source = Source(queries.audit_ids, queries.audit_rows, _row_id, queries.audit_count, _count)
        self._list = PagedDriver(office, self.page.list, source, stay_on=lambda: self._shown)
        self.page.list.moved.connect(self._show)
        self._list.shown.connect(self._found)
        self.page.account_wanted.connect(lambda account_id: office.open_record(Subject.ACCOUNT, account_id))
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())

    def _refresh(self) -> None:
        self._office.ask(self, queries.choices, then=self.page.show_choices)
        self._list.ask()

    def _found(self) -> None:
        if not self.page.list.model.rowCount():
            self._show(None)

    def _show(self, row_id: int | None) -> None:
        self._shown = row_id
        if row_id is None:
            self.page.show_change(None)
            return

        def show(found: Sequence[AuditRow]) -> None:
            if found and found[0].id == self._shown:
                self.page.show_change(found[0])

        self._office.ask(self, queries.audit_rows, [row_id], then=show)


def _row_id(found: AuditRow) -> int:
    return found.id


def _count(_ctx: Any, ids: Sequence[int]) -> Totals:
    return Totals(len(ids))
