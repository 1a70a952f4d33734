"""What the Accounts page does: finds, opens, explains, notes, and hands statements on."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from app.models.values import Basis, Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.later import Later
from app.services.rent import queries as accounts
from app.services.rent.dto import EVERY_ACCOUNT, AccountFilter, AccountHeader, AccountRow, AccountSort
from app.services.workbench.drafts.dto import Draft, DraftKey
from app.services.workbench.presence import Record
from app.views.common.chart import load_library
from app.views.common.kept_text import KeptText
from app.views.common.office import Office
from app.views.common.paged_driver import PagedDriver, Source
from app.views.common.saved_filters import SavedFilters
from app.views.common.tasks import Task
from app.views.rent.page import AccountsPage

if TYPE_CHECKING:
    from app.views.common.documents_desk import DocumentsDesk
    from app.views.common.tasks_of_record import TasksOfRecord

_HEADER = Later("app.services.rent.header", "account_header")
_LEDGER = Later("app.services.ledger.queries", "ledger_page")
_EXPLAIN = Later("app.services.ledger.explaining", "explain")
_ACCOUNT_OF = Later("app.services.rent.opening", "account_of")
"""The list comes first; what an account is made of is read when the first one is opened."""
_AREAS = frozenset({"diary"})


class AccountsController(QObject):
    """Joins the Accounts page to the services; every question runs off the GUI thread."""

    def __init__(self, office: Office) -> None:
        self.page = AccountsPage(office.desk.clock.today(), office.year_of)
        super().__init__(self.page)
        self._office = office
        self._account: int | None = None
        self._header: AccountHeader | None = None
        self._asked: dict[str, Task] = {}
        self._person: int | None = None
        self._note = KeptText(office, self.page.notes.text, "note")
        source = Source(_ids, accounts.account_rows, _row_id, accounts.account_totals, accounts.totals_of)
        self._list = PagedDriver(office, self.page.finder.list, source, stay_on=lambda: self._account)
        self._documents: DocumentsDesk | None = None
        assert office.diary is not None
        self._diary = office.diary
        self._tasks: TasksOfRecord | None = None
        self.page.task_wanted.connect(self._new_task)
        self._join()

    @property
    def filters(self) -> SavedFilters | None:
        """The saved filters of the list; None where the office has none."""
        return self._list.saved

    @property
    def header(self) -> AccountHeader | None:
        """The account that is shown."""
        return self._header

    def show_only(self, wanted: AccountFilter) -> None:
        """List the accounts of this filter, such as a bar of a chart on another page."""
        self.page.finder.show_only(wanted)

    def look_for(self, text: str) -> None:
        """Find this and go to the list."""
        self.page.finder.look_for(text)
        self.page.finder.text.setFocus()

    def open_record(self, subject: Subject, record_id: int) -> None:
        """Show the account of a record: of a person or a property, the one that they live under."""

        def show(account_id: int | None) -> None:
            if account_id is not None:
                self.open_account(account_id)
            else:
                self._office.messages.info(f"No account belongs to this {subject.value}.")

        self._person = record_id if subject is Subject.PERSON else None
        if subject is Subject.ACCOUNT:
            self.open_account(record_id)
        else:
            self._ask("record", _ACCOUNT_OF, subject, record_id, then=show)
        if self._person is not None and self._office.drafts:
            self._office.drafts.find(self, DraftKey("contacts", subject, record_id), self._tell_draft)

    def _tell_draft(self, draft: Draft | None) -> None:
        if draft is not None:
            self._office.messages.info("Their contact details are half typed: F7 goes on with them.")

    def open_account(self, account_id: int) -> None:
        """Show an account."""
        if account_id == self._account:
            return
        self._account = account_id
        if self._office.presence:
            record = Record(Subject.ACCOUNT, account_id)
            self._office.presence.watch(self, record, self.page.header.presence.show_others)
        self._note.open(Subject.ACCOUNT, account_id, "A note on an account")
        self.page.why.begin_at(self._office.desk.clock.today())
        self.page.finder.mark(account_id)
        self._refresh()

    def _join(self) -> None:
        page, finder = self.page, self.page.finder
        self._list.shown.connect(self._found)
        finder.opened.connect(self._open_found)
        page.header.linked_opened.connect(self.open_account)
        page.ledger.filter_changed.connect(lambda _filter: self._ask_ledger())
        page.why.asked.connect(lambda _as_at, _basis: self._ask_why())
        page.explain_wanted.connect(self._explain)
        page.why.chart.library_wanted.connect(self._load_charts)
        page.statement_wanted.connect(self._open_statement)
        page.letter_wanted.connect(self._write_letter)
        page.contacts_wanted.connect(self._open_contacts)
        page.history_wanted.connect(self._open_history)
        page.notes.added.connect(self._add_note)
        page.refresh_wanted.connect(self._catch_up)

    # Finding

    def _open_found(self, account_id: int) -> None:
        """The officer is on an account of the list; the first is opened when the rows are there to be seen."""
        model, table = self.page.finder.model, self.page.finder.table
        if self._account is not None or not table.isVisible() or model.row_at(table.currentIndex().row()) is not None:
            self.open_account(account_id)
            return
        model.dataChanged.connect(lambda: self._open_first(account_id), Qt.ConnectionType.SingleShotConnection)

    def _open_first(self, account_id: int) -> None:
        if self._account is None:
            self.open_account(account_id)

    def _found(self) -> None:
        """The list is there; where nothing is loaded yet there is no account to show either."""
        finder = self.page.finder
        if not finder.model.rowCount() and finder.list.filter == EVERY_ACCOUNT:
            self.page.show_nothing()

    # One account

    def _refresh(self) -> None:
        if self._account is None:
            return
        self._ask("header", _HEADER, self._account, then=self._show_header, refused=self._refuse)
        self._ask_ledger()
        self._ask_why()
        about = (Subject.ACCOUNT, self._account)
        self._ask("notes", self._diary.notes, *about, then=self.page.show_notes, refused=self._leave_out)
        self._show_documents(self._account)

    def _refuse(self, error: UserError) -> None:
        """The account may not be opened: nothing of it is shown, nor of the one before it."""
        self._header = None
        self.page.show_closed()
        self._office.messages.bad(error)

    def _leave_out(self, error: UserError) -> None:
        """A part of the page that may not be opened; the header says why, where it was refused too."""
        if self._header is not None and self._header.account_id == self._account:
            self._office.messages.bad(error)

    def _show_header(self, header: AccountHeader) -> None:
        self._header = header
        self.page.show_header(header)
        self._show_tasks(header)

    def _ask_ledger(self) -> None:
        if self._account is None:
            return
        wanted = self.page.ledger.wanted()
        self._ask(
            "ledger",
            _LEDGER,
            self._account,
            wanted.from_on,
            wanted.to_on,
            wanted.kinds,
            then=self.page.show_ledger,
            refused=self._leave_out,
        )

    def _ask_why(self) -> None:
        if self._account is None:
            return
        as_at, basis = self.page.why.question()
        self._ask(
            "why",
            _EXPLAIN,
            self._account,
            as_at,
            Basis(basis),
            then=self.page.show_explanation,
            refused=self._leave_out,
        )

    def _explain(self) -> None:
        """F8: at the date of the line that the officer is on, else as the panel says; then on to the panel's date."""
        line = self.page.ledger.line()
        if self.page.ledger.table.hasFocus() and line is not None and line.on is not None:
            self.page.why.set_date(line.on)
        self._ask_why()
        self.page.why.as_at.setFocus(Qt.FocusReason.TabFocusReason)

    def _load_charts(self) -> None:
        chart = self.page.why.chart
        self._office.elsewhere(self, load_library, then=lambda _done: chart.draw())

    def _catch_up(self, changes: Changes) -> None:
        if changes.areas - _AREAS:
            self._list.ask(keep=True)
            self._office.ask(self, accounts.choices, then=self.page.finder.show_choices)
        if not changes.account_ids or self._account in changes.account_ids:
            self._refresh()

    def _open_contacts(self) -> None:
        from app.views.rent.controller.contacts import ContactController

        if self._header is not None and self._header.people:
            ContactController(self._office, self.page, self._header, self._person)

    def _open_statement(self) -> None:
        from app.views.rent.controller.statement import StatementController

        if self._header is not None:
            StatementController(self._office, self.page, self._header)

    def _write_letter(self) -> None:
        from app.views.common.fields_pickers import Picked
        from app.views.common.letter_sheet import write_letter

        if self._header is not None:
            shown = self._header
            write_letter(self._office, self.page, Picked(shown.account_id, shown.name, f"Account {shown.reference}"))

    def _open_history(self) -> None:
        from app.views.rent.controller.history import show_history

        if self._header is not None:
            show_history(self, self._office, self.page, self._header)

    def _show_tasks(self, header: AccountHeader) -> None:
        """The tasks about the account; what works on them is read when the first account is open."""
        if self._tasks is None:
            from app.views.common.tasks_of_record import TasksOfRecord

            self._tasks = TasksOfRecord(self._office, self.page.tasks)
            self._tasks.counted.connect(self.page.count_tasks)
        self._tasks.show_record(Subject.ACCOUNT, header.account_id, f"{header.reference}, {header.name}")

    def _show_documents(self, account_id: int) -> None:
        """Its documents; what works on them is read when the first account is open."""
        if self._documents is None:
            from app.views.common.documents_desk import DocumentsDesk

            self._documents = DocumentsDesk(self._office, self.page.documents)
            self._documents.counted.connect(self.page.count_documents)
        self._documents.show_record(Subject.ACCOUNT, account_id)

    def _new_task(self) -> None:
        if self._tasks is not None:
            self._tasks.new()

    # Notes

    def _add_note(self, text: str) -> None:
        account = self._account
        if account is None:
            return

        def written(_changes: Changes) -> None:
            self._note.saved(Subject.ACCOUNT, account)
            self._office.messages.good("The note is on the account.")

        self._office.do(self, self._diary.add_note, Subject.ACCOUNT, account, text, then=written)

    def _ask(self, what: str, query: Any, *args: Any, then: Any, **named: Any) -> None:
        """Ask; a question of the same kind that is still being asked is dropped."""
        before = self._asked.get(what)
        self._asked[what] = self._office.ask(self, query, *args, then=then, instead_of=before, **named)


def _ids(ctx: Context, wanted: AccountFilter, sort: str, *, descending: bool) -> array[int]:
    return accounts.account_ids(ctx, wanted, AccountSort(sort), descending=descending)


def _row_id(row: AccountRow) -> int:
    return row.account_id
