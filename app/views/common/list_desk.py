"""What joins a tab that is a list to the services: it is listed and filtered, and the line that is chosen is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from app.models.values import Subject
from app.services.workbench.presence import Record
from app.views.common.begin_work import BeginFromPost, BeginWork
from app.views.common.list_page import ListPage
from app.views.common.office import Office
from app.views.common.paged_driver import PagedDriver, Source
from app.views.common.part_desk import PartsOfCard
from app.views.common.presence import PresencePill
from app.views.common.sections import FIRST
from app.views.common.tabbed_card import TabbedCard
from app.views.common.works import Work
from app.views.common.works_desk import WorksDesk


class ListDesk(WorksDesk):
    """Joins a `ListPage` to the services; every question runs off the GUI thread.

    Args:
        page: with its list and card.
        source: the queries behind the list.
        card: the tabbed card whose parts are made when they are first opened.
        presence: says who else has the record open.

    Attributes:
        subject: what kind of record a line is.
        detail: the query for the chosen line, given its id.
        sections_of: the sections that show records of their own.
    """

    subject: ClassVar[Subject]
    sections_of: ClassVar[Mapping[Subject, str]] = {}
    detail: Callable[..., Any]

    def __init__(
        self, office: Office, page: ListPage, source: Source, card: TabbedCard, presence: PresencePill
    ) -> None:
        super().__init__(office, page)
        self._list_page = page
        self._presence = presence
        self.shown_id: int | None = None
        self.parts = PartsOfCard(office, self.area, page.offered.parts, card)
        self.rows = PagedDriver(office, page.list, source, stay_on=lambda: self.shown_id)
        self.rows.shown.connect(self._found)
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.line_chosen.connect(self.choose)
        page.line_opened.connect(self.open_line)
        page.account_wanted.connect(lambda account_id: office.open_record(Subject.ACCOUNT, account_id))

    # For the desks made of it

    def show(self, found: Any) -> None:
        """Show the chosen line in the card, and `page.show_detail`."""
        raise NotImplementedError

    def show_nothing(self) -> None:
        """Nothing is chosen: empty the card, and `page.show_detail(None, None)`."""
        raise NotImplementedError

    def open_line(self, row_id: int) -> None:
        """Enter on a line: open what it belongs to."""
        raise NotImplementedError

    def record_of(self, row_id: int) -> Record:
        """The record that a line stands for, which its presence and the parts of its card are about."""
        return Record(self.subject, row_id)

    def refresh(self) -> None:
        """List again, and show the chosen line again."""
        self.rows.ask(keep=True)
        if self.shown_id is not None:
            self.choose(self.shown_id)

    def choose(self, row_id: int) -> None:
        """Show a line."""
        self.shown_id = row_id
        asks = type(self).detail
        show = self._shower(row_id)
        self.ask("detail", asks, row_id, then=show, refused=lambda _error: self.clear())

    # For everybody

    @property
    def account_id(self) -> int | None:
        """The account of what is shown."""
        return self._list_page.account_shown

    def about(self, work: Work) -> tuple[int, ...]:
        """The ids of what a work is done to; none where it is about the office."""
        return self._list_page.done_to(work)

    def show_only(self, wanted: Any) -> None:
        """List the lines of a filter, such as a card of the home page, show a section, or begin what another tab hands over."""
        if isinstance(wanted, BeginWork | BeginFromPost):
            if (work := self.work_of(wanted)) is not None:
                self.read_work(work, lambda made: made(self.office, self._list_page, (), wanted))
        elif isinstance(wanted, str):
            self._list_page.sections.open(wanted)
        else:
            self._list_page.show_only(wanted)

    def open_record(self, subject: Subject, record_id: int) -> None:
        """Show a record, or another one in its section."""
        if (key := self.sections_of.get(subject)) is not None:
            if self.sees(key):
                section: Any = self.section(key)
                section.open_record(subject, record_id)
            return
        self._list_page.sections.open(FIRST)
        self._list_page.list.mark(record_id)
        self.choose(record_id)

    def clear(self) -> None:
        """Nothing is chosen."""
        self.shown_id = None
        self.leave()
        self.show_nothing()

    def leave(self) -> None:
        """No record is shown any more."""
        if self.office.presence is not None:
            self.office.presence.leave(self)
            self._presence.show_others(())
        self.parts.clear()

    def _shower(self, row_id: int) -> Callable[[Any], None]:
        def show(found: Any) -> None:
            if row_id != self.shown_id:
                return
            self.show(found)
            record = self.record_of(row_id)
            if self.office.presence is not None:
                self.office.presence.watch(self, record, self._presence.show_others)
            self.parts.show(record.subject_id, found)

        return show

    def _found(self) -> None:
        if not self._list_page.list.model.rowCount():
            self.clear()
