"""The mandates: listed, filtered, looked at; a mandate that another tab hands over is set up."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from app.models.values import Subject
from app.services.core.context import Context
from app.services.direct_debits.mandates import queries
from app.services.direct_debits.mandates.dto import MandateDetail, MandateFilter, MandateRow, MandateSort, MandateView
from app.services.direct_debits.schedules.dto import CollectionFilter
from app.services.direct_debits.schedules.keeping import day_options
from app.services.workbench.listing import Totals
from app.views.common.begin_work import BeginWork
from app.views.common.list_desk import ListDesk
from app.views.common.office import Office
from app.views.common.paged_driver import Source
from app.views.direct_debits.page import DirectDebitsPage
from app.views.direct_debits.works import OFFERED


class DirectDebitsController(ListDesk):
    """Joins the Direct Debits page to the services."""

    area = "direct_debits"
    subject = Subject.MANDATE
    detail = staticmethod(queries.detail)
    sections_of: ClassVar = {Subject.DIRECT_DEBIT_RUN: "runs", Subject.DIRECT_DEBIT_CASE: "cases"}

    def __init__(self, office: Office) -> None:
        offered = OFFERED.to(office.desk.officer.permissions)
        self.page = page = DirectDebitsPage(offered)
        source = Source(_ids, queries.rows, _row_id, _totals, _totals_of)
        super().__init__(office, page, source, page.card.parts, page.card.presence)

    def refresh(self) -> None:
        """List again, with how many each view has, and the days that may be filtered by."""
        self.ask("counts", _standing, then=lambda found: self.page.show_standing(*found))
        super().refresh()

    def show(self, found: MandateDetail) -> None:
        """Show a mandate."""
        self.page.show_mandate(found)

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.page.show_nothing()

    def open_line(self, row_id: int) -> None:
        """Enter: open the account of the mandate that is shown."""
        shown = self.page.detail
        if shown is not None and shown.row.mandate_id == row_id:
            self.office.open_record(Subject.ACCOUNT, shown.row.account_id)

    def show_only(self, wanted: MandateFilter | CollectionFilter | str | BeginWork) -> None:
        """List the mandates or collections of a filter, show a section, or begin work on an account that another tab hands over."""
        if isinstance(wanted, CollectionFilter):
            collections: Any = self.section("collections")
            collections.show_only(wanted)
        else:
            super().show_only(wanted)


def _standing(ctx: Context) -> tuple[Mapping[MandateView, int], tuple[int, ...]]:
    return queries.counts(ctx), day_options(ctx)


def _ids(ctx: Context, wanted: MandateFilter, sort: str, *, descending: bool) -> array[int]:
    return queries.ids(ctx, wanted, MandateSort(sort), descending=descending)


def _totals(ctx: Context, wanted: MandateFilter) -> Totals:
    """How many there are; the sums of mandates are no balances."""
    return Totals(queries.totals(ctx, wanted).count)


def _totals_of(ctx: Context, mandate_ids: Sequence[int]) -> Totals:
    return Totals(queries.totals_of(ctx, mandate_ids).count)


def _row_id(row: MandateRow) -> int:
    return row.mandate_id
