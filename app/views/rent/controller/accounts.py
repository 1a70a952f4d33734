"""What the Accounts page does: finds, opens, explains, notes, and hands statements on."""

from __future__ import annotations

import tempfile
from array import array
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app.models.values import Basis, Subject
from app.services.core.changes import Changes
from app.services.diary import commands as diary_commands
from app.services.diary import queries as diary
from app.services.documents import commands as document_commands
from app.services.documents import queries as documents
from app.services.documents.dto import Attached, DocumentFile, DocumentRow, NewFile
from app.services.ledger import queries as ledger
from app.services.ledger.explaining import explain
from app.services.rent import header as headers
from app.services.rent import queries as accounts
from app.services.rent.dto import AccountFilter, AccountHeader, AccountRow, AccountSort
from app.services.rent.opening import account_of
from app.views.common.chart import load_library
from app.views.common.dialogs import ask_open, ask_save
from app.views.common.files import read_file, write_file
from app.views.common.office import Office, drop
from app.views.common.paged_table import PagedModel
from app.views.common.tasks import Task
from app.views.rent.page import AccountsPage

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
        self._drafts: dict[int, str] = {}
        self._join()

    @property
    def header(self) -> AccountHeader | None:
        """The account that is shown."""
        return self._header

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

        if subject is Subject.ACCOUNT:
            self.open_account(record_id)
        else:
            self._ask("record", account_of, subject, record_id, then=show)

    def open_account(self, account_id: int) -> None:
        """Show an account."""
        if account_id == self._account:
            return
        notes = self.page.notes
        if self._account is not None:
            self._drafts[self._account] = notes.text.toPlainText()
        self._account = account_id
        notes.text.setPlainText(self._drafts.pop(account_id, ""))
        self.page.why.begin_at(self._office.desk.clock.today())
        self.page.finder.mark(account_id)
        self._refresh()

    def _join(self) -> None:
        page, finder = self.page, self.page.finder
        finder.wanted.connect(self._find)
        finder.model.page_wanted.connect(self._fetch)
        finder.opened.connect(self.open_account)
        page.header.linked_opened.connect(self.open_account)
        page.ledger.filter_changed.connect(lambda _filter: self._ask_ledger())
        page.why.asked.connect(lambda _as_at, _basis: self._ask_why())
        page.explain_wanted.connect(self._explain)
        page.why.chart.library_wanted.connect(self._load_charts)
        page.statement_wanted.connect(self._open_statement)
        page.notes.added.connect(self._add_note)
        page.documents.attach_wanted.connect(self._attach)
        page.documents.open_wanted.connect(self._open_document)
        page.documents.save_wanted.connect(self._save_document)
        page.refresh_wanted.connect(self._catch_up)

    # Finding

    def _find(self, wanted: AccountFilter, sort: AccountSort, descending: bool) -> None:
        generation = self.page.finder.model.ask_anew()

        def show(ids: array[int]) -> None:
            any_accounts = bool(ids) or wanted != AccountFilter()
            self.page.finder.show_found(generation, ids, self._account, any_accounts=any_accounts)
            if not any_accounts:
                self.page.show_nothing()

        self._ask("find", accounts.account_ids, wanted, sort, descending=descending, then=show)

    def _fetch(self, generation: int, number: int, ids: list[int]) -> None:
        model: PagedModel[AccountRow] = self.page.finder.model

        def show(rows: tuple[AccountRow, ...]) -> None:
            by_id = {row.account_id: row for row in rows}
            model.show_page(generation, number, [by_id.get(row_id) for row_id in ids])

        self._office.ask(self, accounts.account_rows, ids, then=show)

    # One account

    def _refresh(self) -> None:
        if self._account is None:
            return
        self._ask("header", headers.account_header, self._account, then=self._show_header)
        self._ask_ledger()
        self._ask_why()
        self._ask("notes", diary.notes, Subject.ACCOUNT, self._account, then=self.page.show_notes)
        self._ask("documents", documents.listed, Subject.ACCOUNT, self._account, then=self.page.show_documents)

    def _show_header(self, header: AccountHeader) -> None:
        self._header = header
        self.page.show_header(header)

    def _ask_ledger(self) -> None:
        if self._account is None:
            return
        wanted = self.page.ledger.wanted()
        self._ask(
            "ledger",
            ledger.ledger_page,
            self._account,
            wanted.from_on,
            wanted.to_on,
            wanted.kinds,
            then=self.page.show_ledger,
        )

    def _ask_why(self) -> None:
        if self._account is None:
            return
        as_at, basis = self.page.why.question()
        self._ask("why", explain, self._account, as_at, Basis(basis), then=self.page.show_explanation)

    def _explain(self) -> None:
        """F8: at the date of the line that the officer is on, else as the panel says; then on to the panel's date."""
        line = self.page.ledger.line()
        if self.page.ledger.table.hasFocus() and line is not None and line.on is not None:
            self.page.why.set_date(line.on)
        self._ask_why()
        self.page.why.as_at.setFocus()

    def _load_charts(self) -> None:
        chart = self.page.why.chart
        self._office.elsewhere(self, load_library, then=lambda _done: chart.draw())

    def _catch_up(self, changes: Changes) -> None:
        if changes.areas - _AREAS:
            self.page.finder.ask(keep=True)
        if not changes.account_ids or self._account in changes.account_ids:
            self._refresh()

    def _open_statement(self) -> None:
        from app.views.rent.controller.statement import StatementController

        if self._header is not None:
            StatementController(self._office, self.page, self._header)

    # Notes and documents

    def _add_note(self, text: str) -> None:
        account = self._account

        def written(_changes: Changes) -> None:
            if account == self._account:
                self.page.notes.accepted()
            self._office.messages.good("The note is on the account.")

        if self._account is not None:
            self._office.do(self, diary_commands.add_note, Subject.ACCOUNT, self._account, text, then=written)

    def _attach(self) -> None:
        account = self._account

        def attach(path: str) -> None:
            file = Path(path)

            def kept(done: Attached) -> None:
                if done.refused:
                    self._office.messages.bad(done.refused[0].message)
                else:
                    self._office.messages.good(f"{file.name} is kept with the account.")

            def keep(content: bytes) -> None:
                new = [NewFile(file.name, content)]
                self._office.do(self, document_commands.attach, Subject.ACCOUNT, account, new, then=kept)

            self._office.elsewhere(self, partial(read_file, file), then=keep)

        ask_open(self.page, "Attach a file to the account", "All files (*)").fileSelected.connect(attach)

    def _open_document(self, chosen: DocumentRow) -> None:
        def show(file: DocumentFile) -> None:
            path = Path(tempfile.mkdtemp(prefix="rentbook-")) / Path(file.file_name).name

            def opened(_done: None) -> None:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

            self._office.elsewhere(self, lambda: write_file(path, file.content), then=opened)

        self._office.ask(self, documents.opened, chosen.link_id, then=show)

    def _save_document(self, chosen: DocumentRow) -> None:
        dialog = ask_save(self.page, "Save a copy", chosen.file_name, "All files (*)")

        def save(path: str) -> None:
            def write(file: DocumentFile) -> None:
                self._office.elsewhere(
                    self,
                    lambda: write_file(Path(path), file.content),
                    then=lambda _done: self._office.messages.good(f"Saved as {path}"),
                )

            self._office.ask(self, documents.opened, chosen.link_id, then=write)

        dialog.fileSelected.connect(save)

    def _ask(self, what: str, query: Any, *args: Any, then: Any, **named: Any) -> None:
        """Ask; a question of the same kind that is still being asked is dropped."""
        drop(self._asked.get(what))
        self._asked[what] = self._office.ask(self, query, *args, then=then, **named)
