"""What the Accounts page does: finds accounts, and opens them."""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.later import Later
from app.services.rent import queries as accounts
from app.services.rent.listed_dto import EVERY_ACCOUNT, AccountFilter, AccountRow, AccountSort
from app.services.workbench.drafts.dto import Draft, DraftKey
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office, drop
from app.views.common.paged_driver import PagedDriver, Source
from app.views.common.pause import Pause
from app.views.common.saved_filters import SavedFilters
from app.views.common.sections import FIRST
from app.views.common.tasks import Task
from app.views.common.works import About, Work
from app.views.common.works_desk import WorksDesk
from app.views.rent.page import AccountsPage
from app.views.rent.works import OFFERED

if TYPE_CHECKING:
    from app.services.rent.dto import AccountHeader
    from app.views.rent.account import AccountPart
    from app.views.rent.controller.account import AccountController

_ACCOUNT = Later("app.views.rent.controller.account", "AccountController")
"""The list comes first; what shows an account is read when the first one is opened."""
_PAINT_MS = 60
"""The rows are painted and take what is typed before anything else is read."""
_HEADER = Later("app.services.rent.header", "account_header")
_ACCOUNT_OF = Later("app.services.rent.opening", "account_of")
_AREAS = frozenset({"diary"})
_SECTION_OF = {Subject.CHARGE_CHANGE: "bulk_changes", Subject.HOLD_CASE: "holds"}
"""The section that shows a record which belongs to no account."""
_CONTACTS = Later("app.views.rent.controller.contacts", "ContactController")
_OF_PAGE = {
    "contacts": _CONTACTS,
    "statement": Later("app.views.rent.controller.statement", "StatementController"),
    "letter": Later("app.views.rent.controller.writing", "LetterController"),
    "balance_letter": Later("app.views.rent.controller.writing", "BalanceController"),
}
"""What the page itself offers by a key, and another tab may begin."""


class AccountsController(WorksDesk):
    """Joins the Accounts page to the services; every question runs off the GUI thread."""

    area = "rent"

    def __init__(self, office: Office) -> None:
        offered = OFFERED.to(office.desk.officer.permissions)
        self.page = AccountsPage(office.desk.clock.today(), office.year_of, offered)
        super().__init__(office, self.page)
        self._one: AccountController | None = None
        self._finding: Task | None = None
        self._choices_due = False
        self._offering = Pause(self, self._offer, _PAINT_MS)
        source = Source(_ids, accounts.account_rows, _row_id, accounts.account_totals, accounts.totals_of)
        self._list = PagedDriver(office, self.page.finder.list, source, stay_on=self._opened)
        self._list.shown.connect(self._found)
        self.page.finder.opened.connect(self._open_found)
        self.page.account_made.connect(self._join_account)
        self.page.refresh_wanted.connect(self._catch_up)

    @property
    def filters(self) -> SavedFilters | None:
        """The saved filters of the list; None where the office has none."""
        return self._list.saved

    @property
    def header(self) -> AccountHeader | None:
        """The account that is shown."""
        return self._one.header if self._one is not None else None

    @property
    def account_id(self) -> int | None:
        """The account that is shown."""
        return self.header.account_id if self.header is not None else None

    def show_only(self, wanted: AccountFilter | str | BeginWork) -> None:
        """List the accounts of this filter, such as a bar of a chart on another page, or show a section by its key.

        Work that another page hands over is begun on its account.
        """
        if isinstance(wanted, BeginWork):
            self._begin_at(wanted)
            return
        if isinstance(wanted, str):
            self.page.sections.open(wanted)
            return
        self.page.sections.open(FIRST)
        self.page.finder.show_only(wanted)

    def look_for(self, text: str) -> None:
        """Find this and go to the list."""
        self.page.sections.open(FIRST)
        self.page.finder.look_for(text)
        self.page.finder.text.setFocus()

    def open_record(self, subject: Subject, record_id: int) -> None:
        """Show the account of a record: of a person or a property, the one that they live under."""

        def show(account_id: int | None) -> None:
            if account_id is not None:
                self.open_account(account_id)
            else:
                self.office.messages.info(f"No account belongs to this {subject.value}.")

        if subject in _SECTION_OF:
            self.section(_SECTION_OF[subject]).show_record(record_id)  # type: ignore[attr-defined]
            return
        self._account().person_id = record_id if subject is Subject.PERSON else None
        drop(self._finding)
        if subject is Subject.ACCOUNT:
            self.open_account(record_id)
        else:
            self._finding = self.office.ask(self, _ACCOUNT_OF, subject, record_id, then=show)
        if subject is Subject.PERSON and self.office.drafts:
            self.office.drafts.find(self, DraftKey("contacts", subject, record_id), self._tell_draft)

    def _tell_draft(self, draft: Draft | None) -> None:
        if draft is not None:
            self.office.messages.info("Their contact details are half typed: F7 goes on with them.")

    def open_account(self, account_id: int) -> None:
        """Show an account."""
        self.page.sections.open(FIRST)
        if account_id != self._opened():
            self.page.finder.mark(account_id)
            self._account().open(account_id)

    # Works

    def about(self, work: Work) -> AccountHeader | None:
        """The account that is open."""
        return self.header if work.about is About.ONE else None

    def _begin_at(self, wanted: BeginWork) -> None:
        """Show an account, and open the sheet of a work over it that begins with what is known."""
        if (of_page := _OF_PAGE.get(wanted.work)) is not None:
            self._begin_of_page(wanted.account_id, of_page)
            return
        if (work := self.work_of(wanted)) is None:
            return
        self.open_account(wanted.account_id)

        def begin(header: AccountHeader) -> None:
            self.read_work(work, lambda made: made(self.office, self.page, header, wanted.known))

        self.office.ask(self, _HEADER, wanted.account_id, then=begin)

    def _begin_of_page(self, account_id: int, wanted: Later) -> None:
        """Show an account, and open what the page offers by a key of its own."""
        self.open_account(account_id)

        def begin(header: AccountHeader) -> None:
            if wanted is _CONTACTS and not header.people:
                self.office.messages.info("Nobody is named on this account.")
                return
            self.office.elsewhere(self, wanted.found, then=lambda made: made(self.office, self.page, header))

        self.office.ask(self, _HEADER, account_id, then=begin)

    # One account

    def _opened(self) -> int | None:
        return self._one.account_id if self._one is not None else None

    def _account(self) -> AccountController:
        """What shows an account; it is made with its part of the page."""
        self.page.make_account()
        assert self._one is not None
        return self._one

    def _join_account(self, part: AccountPart) -> None:
        self._one = _ACCOUNT(self.office, self.page, part)
        part.header.linked_opened.connect(self.open_account)

    # Finding

    def _open_found(self, account_id: int) -> None:
        """The officer is on an account of the list; the first is opened when the rows are there to be seen."""
        model, table = self.page.finder.model, self.page.finder.table
        if self._one is not None or not table.isVisible() or model.row_at(table.currentIndex().row()) is not None:
            self.open_account(account_id)
            return
        read = Pause(self, partial(self._read_account, account_id), _PAINT_MS)
        model.dataChanged.connect(lambda *_changed: read.start(), Qt.ConnectionType.SingleShotConnection)

    def _read_account(self, account_id: int) -> None:
        """Read what shows an account off the GUI thread, so that the list can be used meanwhile; then open the first."""
        self.office.elsewhere(self, _ACCOUNT.found, then=lambda _read: self._open_first(account_id))

    def _open_first(self, account_id: int) -> None:
        if self._opened() is None:
            self.open_account(account_id)

    def _found(self) -> None:
        """The list is there, and what it can be filtered by follows; where nothing is loaded there is no account to show."""
        finder = self.page.finder
        if self._choices_due:
            self._choices_due = False
            self._offering.start()
        if not finder.model.rowCount() and finder.list.filter == EVERY_ACCOUNT:
            self.page.account.show_nothing()

    def _offer(self) -> None:
        self.office.ask(self, accounts.choices, then=self.page.finder.show_choices)

    def _catch_up(self, changes: Changes) -> None:
        if changes.areas - _AREAS:
            self._choices_due = True
            self._list.ask(keep=True)
        if self._one is not None and (not changes.account_ids or self._one.account_id in changes.account_ids):
            self._one.refresh()


def _ids(ctx: Context, wanted: AccountFilter, sort: str, *, descending: bool) -> array[int]:
    return accounts.account_ids(ctx, wanted, AccountSort(sort), descending=descending)


def _row_id(row: AccountRow) -> int:
    return row.account_id
