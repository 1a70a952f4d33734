"""The section of collections, joined to the services."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.direct_debits.notices import queries as notices
from app.services.direct_debits.notices.dto import ListedNotice
from app.services.direct_debits.schedules import listing
from app.services.direct_debits.schedules.dto import CollectionFilter, CollectionSort, ListedCollection
from app.views.common.chart import load_library
from app.views.common.office import Office
from app.views.common.paged_driver import PagedDriver, Source
from app.views.common.questions import Questions
from app.views.direct_debits.collections import AHEAD, CollectionsSection
from app.views.direct_debits.controller.noticing import GiveNoticeController
from app.views.direct_debits.controller.recalculating import RecalculateController


class CollectionsController(QObject):
    """Lists the collections, and opens the works of the section."""

    def __init__(self, office: Office) -> None:
        keeps = Permission.KEEP_DIRECT_DEBITS in office.desk.officer.permissions
        self.page = page = CollectionsSection(keeps=keeps)
        super().__init__(page)
        self.office = office
        self._ask = Questions(office, self).ask
        source = Source(_ids, notices.listed, _row_id, listing.totals, listing.totals_of)
        self.rows = PagedDriver(office, page.list, source)
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.list.opened.connect(self._open)
        page.mandate_wanted.connect(lambda mandate_id: office.open_record(Subject.MANDATE, mandate_id))
        page.day_opened.connect(page.show_day)
        page.notice_wanted.connect(self._give)
        page.recalculation_wanted.connect(lambda: RecalculateController(office, page))
        page.chart.chart.library_wanted.connect(self._read)

    def refresh(self) -> None:
        """List again, and look what comes and who must be told."""
        today: date = self.office.desk.clock.today()
        self.rows.ask(keep=True)
        self._ask("days", listing.by_day, today, today + timedelta(days=AHEAD), then=self.page.show_days)
        self._ask("needed", notices.needed, then=lambda found: self.page.show_needed(found, today))

    def show_only(self, wanted: CollectionFilter) -> None:
        """List the collections of a filter, such as those of a day in the figures."""
        self.page.list.bar.ask(wanted)

    def _open(self, collection_id: int) -> None:
        """Enter on a collection: its mandate."""

        def show(found: Sequence[ListedCollection]) -> None:
            if found:
                self.office.open_record(Subject.MANDATE, found[0].mandate_id)

        self._ask("row", listing.rows, (collection_id,), then=show)

    def _give(self) -> None:
        GiveNoticeController(self.office, self.page, self.page.chosen())

    def _read(self) -> None:
        """The library of the chart, read off the GUI thread."""
        self.office.elsewhere(self, load_library, then=lambda _read: self.page.chart.chart.draw())


def _ids(ctx: Context, wanted: CollectionFilter, sort: str, *, descending: bool) -> array[int]:
    return listing.ids(ctx, replace(wanted, sort=CollectionSort(sort), descending=descending))


def _row_id(each: ListedNotice) -> int:
    return each.row.collection_id
