"""The queue and the register: looked at, approved, printed, cancelled, returned, sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.permissions import Permission
from app.services.letters import jobs
from app.services.letters.commands import queue as commands
from app.services.letters.dto import (
    BatchResult,
    BatchRow,
    LetterFile,
    OutgoingDetail,
    OutgoingFilter,
    OutgoingRow,
    OutgoingSort,
    PrintRun,
    SendResult,
)
from app.services.letters.queries import batches as batch_queries
from app.services.letters.queries import figures
from app.services.letters.queries import queue as queries
from app.services.letters.queries import templates as template_queries
from app.views.common import formats
from app.views.common.dialogs import ask_save
from app.views.common.files import write_file
from app.views.common.letter_sheet import write_letter
from app.views.common.office import Office
from app.views.common.paged_driver import PagedDriver, Source
from app.views.common.printing import print_pdf
from app.views.common.tasks import Task
from app.views.letters.controller.batch import BatchController
from app.views.letters.dialogs import CancelSheet, PrintSheet, ReturnedSheet
from app.views.letters.page import LettersPage

_AREAS = frozenset({"letters"})


class LettersController(QObject):
    """Joins the Letters page to the services."""

    def __init__(self, office: Office) -> None:
        self.page = LettersPage(may_approve=Permission.APPROVE_LETTERS in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self._shown: int | None = None
        self._asked: dict[str, Task] = {}
        source = Source(_ids, queries.rows, _row_id, queries.totals, queries.totals_of)
        self._list = PagedDriver(office, self.page.list, source, stay_on=lambda: self._shown)
        self._list.shown.connect(self._found)
        self._join()

    def show_only(self, wanted: OutgoingFilter) -> None:
        """List the letters of this filter, such as a card of the home page."""
        self.page.show_only(wanted)

    def open_record(self, subject: Subject, record_id: int) -> None:
        """Show a letter, or the letters of a batch."""
        if subject is Subject.LETTER_BATCH:
            self.show_only(OutgoingFilter(batch_id=record_id))
        else:
            self.page.list.mark(record_id)
            self._show(record_id)

    def _join(self) -> None:
        page = self.page
        page.refresh_wanted.connect(lambda _changes: self._refresh())
        page.letter_chosen.connect(self._show)
        page.letter_opened.connect(self._open_account)
        page.write_wanted.connect(lambda: write_letter(self._office, page))
        page.batch_wanted.connect(lambda: BatchController(self._office, page))
        page.send_wanted.connect(self._send)
        page.print_wanted.connect(self._print)
        page.approve_wanted.connect(lambda ids: self._do(commands.approve, ids, said="approved"))
        page.printed_wanted.connect(lambda ids: self._do(commands.mark_printed, ids, said="marked as printed"))
        page.undo_wanted.connect(lambda ids: self._do(commands.undo_printed, ids, said="put back in the queue"))
        page.again_wanted.connect(lambda ids: self._do(commands.try_again, ids, said="put back in the queue"))
        page.instead_wanted.connect(self._print_instead)
        page.cancel_wanted.connect(self._cancel)
        page.returned_wanted.connect(self._returned)
        page.save_wanted.connect(lambda found: self._save(queries.letter_file, found))
        page.word_wanted.connect(lambda found: self._save(template_queries.letter_docx, found))
        page.address_wanted.connect(self._address_checked)
        page.carry_on_wanted.connect(self._carry_on)
        page.batch_chosen.connect(self._show_left_out)

    # Looking

    def _refresh(self) -> None:
        self._list.ask(keep=True)
        self._ask("counts", figures.counts, then=self.page.show_counts)
        self._ask("batches", batch_queries.listed, then=self.page.show_batches)
        if self._shown is not None:
            self._show(self._shown)

    def _found(self) -> None:
        if not self.page.list.model.rowCount():
            self._shown = None
            self.page.show_nothing()

    def _show(self, outgoing_id: int) -> None:
        self._shown = outgoing_id
        self._ask("detail", queries.detail, outgoing_id, then=self._show_detail)

    def _show_detail(self, found: OutgoingDetail) -> None:
        if found.row.outgoing_id == self._shown:
            self.page.show_detail(found)

    def _show_left_out(self, batch: BatchRow) -> None:
        self._ask("left out", batch_queries.left_out, batch.batch_id, then=self.page.show_left_out)

    def _open_account(self, outgoing_id: int) -> None:
        def open_it(rows: tuple[OutgoingRow, ...]) -> None:
            if rows and rows[0].account_id is not None:
                self._office.open_record(Subject.ACCOUNT, rows[0].account_id)

        self._office.ask(self, queries.rows, [outgoing_id], then=open_it)

    # Doing

    def _do(self, command: Any, ids: list[int], *, said: str) -> None:
        def done(_changes: Changes) -> None:
            self._office.messages.good(f"{formats.count(len(ids), 'letter')} {said}.")

        self._office.do(self, command, ids, then=done)

    def _print_instead(self, ids: list[int]) -> None:
        def done(_changes: Changes) -> None:
            self._office.messages.good(f"{formats.count(len(ids), 'message')} put in the print queue as letters.")

        self._office.do(self, commands.print_instead, ids, then=done)

    def _cancel(self, ids: list[int]) -> None:
        if not ids:
            return
        sheet = CancelSheet(self.page, len(ids))

        def cancel() -> None:
            reason = str(sheet.reason.value())
            self._office.do(self, commands.cancel, ids, reason, then=done, refused=sheet.show_error)

        def done(_changes: Changes) -> None:
            self._office.messages.good(f"{formats.count(len(ids), 'letter')} cancelled.")
            sheet.close()

        sheet.confirmed.connect(cancel)
        sheet.open()

    def _returned(self, shown: OutgoingRow) -> None:
        sheet = ReturnedSheet(self.page, shown, self._office.desk.clock.today)

        def note() -> None:
            back = sheet.back()
            if back is not None:
                self._office.do(self, commands.returned, shown.outgoing_id, back, then=done, refused=sheet.show_error)

        def done(_changes: Changes) -> None:
            self._office.messages.good("Noted. The account is marked, and there is a task to find the right address.")
            sheet.close()

        sheet.confirmed.connect(note)
        sheet.open()

    def _address_checked(self, shown: OutgoingRow) -> None:
        def done(_changes: Changes) -> None:
            self._office.messages.good("The account is no longer marked; letters go to its address again.")

        if shown.account_id is not None:
            self._office.do(self, commands.address_checked, shown.account_id, then=done)

    def _carry_on(self, batch: BatchRow) -> None:
        def done(result: BatchResult) -> None:
            self._office.messages.good(
                f"Batch {result.batch_id} finished: {formats.count(result.made, 'letter')}, "
                f"{formats.count(result.left_out, 'account')} left out."
            )

        self._office.job(self, jobs.carry_on, batch.batch_id, then=done, label="Letters", changes=_AREAS)

    def _print(self, chosen: list[int]) -> None:
        """The chosen letters; with one chosen or none, everything that is to be printed."""
        sheet = PrintSheet(self.page)

        def ask(ids: Any) -> None:
            two_sided = bool(sheet.two_sided.value())
            self._ask(
                "print",
                queries.print_run,
                list(ids),
                two_sided=two_sided,
                then=sheet.show_run,
                refused=sheet.show_error,
                label="Putting the letters together",
            )

        def gather(_two_sided: bool = False) -> None:
            if len(chosen) > 1:
                ask(chosen)
            else:
                self._office.ask(self, queries.to_print, then=ask, refused=sheet.show_error)

        sheet.run_wanted.connect(gather)
        sheet.save_wanted.connect(lambda: self._save_run(sheet.run))
        sheet.confirmed.connect(lambda: self._print_run(sheet))
        sheet.open()
        gather()

    def _print_run(self, sheet: PrintSheet) -> None:
        """Hand the pages to the printer; what was printed is marked when the officer has chosen one."""
        run = sheet.run
        if run is None or not run.pdf:
            return

        def printed() -> None:
            self._do(commands.mark_printed, list(run.outgoing_ids), said="printed; undo with Ctrl+Z until tonight")
            sheet.close()

        print_pdf(sheet, run.pdf, "Letters").accepted.connect(printed)

    def _save_run(self, run: PrintRun | None) -> None:
        if run is not None and run.pdf:
            self._write(LetterFile("Letters.pdf", "application/pdf", run.pdf))

    def _save(self, query: Any, outgoing_id: int) -> None:
        self._office.ask(self, query, outgoing_id, then=self._write)

    def _write(self, file: LetterFile) -> None:
        def write(path: str) -> None:
            self._office.elsewhere(
                self,
                lambda: write_file(Path(path), file.content),
                then=lambda _done: self._office.messages.good(f"Saved as {path}"),
            )

        ask_save(self.page, "Save a copy", file.file_name, "All files (*)").fileSelected.connect(write)

    def _send(self) -> None:
        def done(result: SendResult) -> None:
            if result.stopped:
                self._office.messages.info(f"{_sent(result)} {result.stopped}".strip())
            else:
                self._office.messages.good(_sent(result) or "Nothing waits to be sent.")

        self._office.job(self, jobs.send, then=done, label="Sending", changes=_AREAS)

    def _ask(self, what: str, query: Any, *args: Any, then: Any, **named: Any) -> None:
        self._asked[what] = self._office.ask(self, query, *args, then=then, instead_of=self._asked.get(what), **named)


def _sent(result: SendResult) -> str:
    parts = [
        formats.count(result.sent, "message") + " sent" if result.sent else "",
        f"{result.delivered:,} delivered" if result.delivered else "",
        f"{result.failed:,} failed" if result.failed else "",
        f"{result.left:,} still to send" if result.left else "",
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said}." if said else ""


def _ids(ctx: Any, wanted: OutgoingFilter, sort: str, *, descending: bool) -> Any:
    return queries.ids(ctx, wanted, OutgoingSort(sort), descending=descending)


def _row_id(row: OutgoingRow) -> int:
    return row.outgoing_id
