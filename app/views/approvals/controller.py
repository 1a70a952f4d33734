"""What the Approvals page does: reads the queue, opens requests, and decides on them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import ApprovalState, Subject
from app.services.approvals import commands, queries
from app.services.approvals.dto import Decided, Queue, Request, RequestRow, View
from app.services.approvals.queries import decided as register
from app.services.core.errors import UserError
from app.views.approvals.detail import may_attach
from app.views.approvals.dialogs import ManySheet, RefusedSheet
from app.views.approvals.page import ApprovalsPage
from app.views.common import formats
from app.views.common.documents_desk import DocumentsDesk
from app.views.common.documents_sheets import ReasonSheet
from app.views.common.office import Office
from app.views.common.paged_driver import PagedDriver, Source
from app.views.common.tasks import Task

_AREAS = frozenset({"approvals"})


class ApprovalsController(QObject):
    """Joins the Approvals page to the services."""

    def __init__(self, office: Office) -> None:
        self.page = ApprovalsPage()
        super().__init__(self.page)
        self._office = office
        self._queued: Task | None = None
        self._opened: Task | None = None
        self._go_to: int | None = None
        source = Source(register.ids, register.rows, lambda row: row.request_id, register.totals, register.totals_of)
        self._decided = PagedDriver(office, self.page.decided, source, stay_on=lambda: self._stay_on)
        self._decided.shown.connect(self._decided_found)
        self._stay_on: int | None = None
        self._evidence = DocumentsDesk(office, self.page.detail.evidence)
        self._evidence.counted.connect(self.page.detail.count_evidence)
        page = self.page
        page.queue_wanted.connect(lambda _view, _kind: self.refresh())
        page.request_wanted.connect(self._open)
        page.approve_wanted.connect(self.approve)
        page.refuse_wanted.connect(partial(self._turn_down, commands.refuse, "Refuse", "refused"))
        page.return_wanted.connect(
            partial(self._turn_down, commands.return_for_change, "Return for change", "returned")
        )
        page.ask_again_wanted.connect(self._ask_again)
        page.withdraw_wanted.connect(self._withdraw)
        page.refresh_wanted.connect(lambda _changes: self.refresh())

    def refresh(self) -> None:
        """Ask for the queue again."""
        view, kind = self.page.view, self.page.kind
        self._queued = self._office.ask(self, queries.queue, view, kind, then=self._show_queue, instead_of=self._queued)

    def open_record(self, _subject: Subject, request_id: int) -> None:
        """Show one request, in the part of the queue that holds it."""

        def show(found: Request) -> None:
            row = found.row
            self._go_to = row.request_id
            if row.state is ApprovalState.WAITING:
                view = View.FOR_ME if row.may_decide else View.MINE if row.own else View.WAITING
            else:
                view = View.MINE if row.own else View.DECIDED
            self.page.open_view(view)

        self._office.ask(self, queries.request, request_id, then=show)

    def approve(self, rows: list[RequestRow]) -> None:
        """Approve one at once; several when their count and total have been seen."""
        mine = [each for each in rows if each.may_decide]
        if len(mine) == 1:
            self._approve(mine, "", self._office.messages.bad)
        elif mine:
            sheet = ManySheet(self.page, mine)
            sheet.given.connect(lambda note: self._approve(mine, note, sheet.show_error, sheet))
            sheet.open()

    def _approve(
        self,
        rows: list[RequestRow],
        note: str,
        refused: Callable[[UserError], object],
        sheet: ManySheet | None = None,
    ) -> None:
        def done(decided: Decided) -> None:
            if sheet is not None:
                sheet.close()
            if decided.refused:
                RefusedSheet(self.page, decided).open()
            elif len(rows) == 1:
                self._office.messages.good(f"Approved and done: {rows[0].summary}.")
            else:
                self._office.messages.good(f"{formats.count(len(decided.done), 'request')} approved and done.")

        def failed(error: UserError) -> None:
            refused(error)
            self.refresh()

        self._office.do(
            self,
            commands.approve,
            [each.request_id for each in rows],
            note,
            seen={each.request_id: each.digest for each in rows},
            then=done,
            refused=failed,
            label="Approving" if len(rows) > 1 else "",
            cancellable=len(rows) > 1,
        )

    def _turn_down(self, command: Callable[..., Any], title: str, done_word: str, rows: list[RequestRow]) -> None:
        what = rows[0].summary if len(rows) == 1 else formats.count(len(rows), "request")
        sheet = ReasonSheet(self.page, title, title, what, "Whoever asked will read it.")

        def done(decided: Decided) -> None:
            sheet.close()
            self._office.messages.good(
                f"{formats.count(len(decided.done), 'request')} {done_word}: whoever asked sees why."
            )

        def given(reason: str) -> None:
            ids = [each.request_id for each in rows]
            self._office.do(self, command, ids, reason, then=done, refused=sheet.show_error)

        sheet.given.connect(given)
        sheet.open()

    def _ask_again(self, row: RequestRow) -> None:
        sheet = ReasonSheet(
            self.page, "Ask again", "Ask again", row.summary, "What it changes is looked up anew; add evidence before."
        )
        sheet.reason.setPlainText(row.reason)

        def done(_changes: object) -> None:
            sheet.close()
            self._office.messages.good("Asked again: it waits for approval.")

        sheet.given.connect(
            lambda reason: self._office.do(
                self, commands.ask_again, row.request_id, reason, then=done, refused=sheet.show_error
            )
        )
        sheet.open()

    def _withdraw(self, row: RequestRow) -> None:
        def done(_changes: object) -> None:
            self._office.messages.good(f"Withdrawn: {row.summary}.")

        self._office.do(self, commands.withdraw, row.request_id, then=done)

    def _show_queue(self, queue: Queue) -> None:
        go_to, self._go_to = self._go_to, None
        self._stay_on = go_to or self._stay_on
        self.page.show_queue(queue, go_to)
        if not queue.rows:
            self._evidence.show_nothing()

    def _decided_found(self) -> None:
        if not self.page.decided.model.rowCount():
            self._stay_on = None
            self.page.show_no_decided()

    def _open(self, request_id: int) -> None:
        self._opened = self._office.ask(self, queries.request, request_id, then=self._show, instead_of=self._opened)

    def _show(self, found: Request) -> None:
        self._stay_on = found.row.request_id
        self.page.show_request(found)
        self._evidence.show_record(Subject.APPROVAL, found.row.request_id, settled=not may_attach(found.row))
