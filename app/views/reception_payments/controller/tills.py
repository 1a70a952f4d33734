"""The tills: listed, kept, opened, counted, handed over, signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.permissions import Permission
from app.services.reception_payments.desks import queries as desks
from app.services.reception_payments.tills import keeping, papers, queries
from app.services.reception_payments.tills.acts import TillAct
from app.services.reception_payments.tills.dto import SessionCard, SessionRow, TillRow
from app.views.common.office import Office
from app.views.common.sheet_work import open_sheet
from app.views.common.tasks import Task, drop
from app.views.reception_payments.controller import till_counts
from app.views.reception_payments.controller.till_counts import CashUpWork, SpotWork
from app.views.reception_payments.controller.till_papers import show_paper
from app.views.reception_payments.till_sheets import TillSheet
from app.views.reception_payments.tills import TillsPage

_WORKS: Final[Mapping[TillAct, Callable[[Office, TillsPage, SessionRow], Any]]] = {
    TillAct.CASH_UP: lambda office, page, session: CashUpWork(office, page, session).begin(),
    TillAct.COUNT_AGAIN: lambda office, page, session: CashUpWork(office, page, session).begin(),
    TillAct.SPOT_CHECK: lambda office, page, session: SpotWork(office, page, session).begin(),
    TillAct.HAND_OVER: till_counts.hand_over,
    TillAct.TAKE_OVER: till_counts.take_over,
    TillAct.SIGN: till_counts.sign,
}


class TillsController(QObject):
    """Joins the section Tills to the services."""

    def __init__(self, office: Office) -> None:
        self.page = TillsPage()
        super().__init__(self.page)
        self.office = office
        self._found: Sequence[TillRow] = ()
        self._wanted: int | None = None
        self._asked: Task | None = None
        self._sessions: Task | None = None
        self._counts: Task | None = None
        page = self.page
        if Permission.KEEP_RECEPTION in office.desk.officer.permissions:
            page.action("F2", "Change", "pencil-outline", self._keep, fits=lambda _row: True)
            page.offer("Ctrl+N", "New till", "plus", partial(self._keep, None))
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.asked.connect(lambda: self._show(self._found))
        page.till_chosen.connect(self._show_till)
        page.card.session_chosen.connect(self._show_session)
        page.act_wanted.connect(self._do)
        page.session_wanted.connect(self._do_with)

    def refresh(self) -> None:
        """List them again."""
        self._asked = self.office.ask(self, queries.tills, then=self._show, instead_of=self._asked)

    def open_record(self, subject: Subject, record_id: int) -> None:
        """Show a session with its till."""
        assert subject is Subject.TILL_SESSION
        self._wanted = record_id
        self.office.ask(self, queries.till_of, record_id, then=self._go_to)

    def _go_to(self, till_id: int) -> None:
        self.page.text.clear()
        at = next((at for at, each in enumerate(self.page.model.rows) if each.till_id == till_id), None)
        if at is not None:
            self.page.table.go_to(at)
            self._show_till(self.page.till)

    def _show(self, found: Sequence[TillRow]) -> None:
        self._found = found
        self.page.show_tills(self.page.found_among(found, _said))

    def _show_till(self, till: TillRow | None) -> None:
        drop(self._sessions)
        if till is None:
            self.page.card.clear()
            self.page.allow()
            return

        def show(rows: Sequence[SessionRow]) -> None:
            self.page.card.show_till(till, rows)
            if self._wanted is not None:
                places = [at for at, each in enumerate(rows) if each.session_id == self._wanted]
                if places:
                    self.page.card.table.go_to(places[0])
                    self._wanted = None
            self.page.allow()

        self._sessions = self.office.ask(self, queries.of_till, till.till_id, then=show)
        self.page.allow()

    def _show_session(self, row: SessionRow | None) -> None:
        drop(self._counts)
        if row is None:
            self.page.card.show_session(None)
            return

        def show(found: SessionCard) -> None:
            self.page.card.show_session(found)

        self._counts = self.office.ask(self, queries.session_card, row.session_id, then=show)

    def _keep(self, row: TillRow | None) -> None:
        def show(found: Any) -> None:
            sheet = TillSheet(self.page, row, found)
            open_sheet(self.office, sheet, keeping.keep_till, sheet.command, "The till is saved.")

        self.office.ask(self, desks.desks, then=show)

    def _do(self, act: TillAct, till: TillRow) -> None:
        if act is TillAct.OPEN:
            till_counts.open_till(self.office, self.page, till)
        elif till.open is not None:
            _WORKS[act](self.office, self.page, till.open)

    def _do_with(self, act: TillAct, session: SessionRow) -> None:
        if act is TillAct.SHEET:
            title = f"End of day, session {session.number}"
            show_paper(
                self.office,
                self.page,
                title,
                papers.end_of_day,
                papers.end_of_day_workbook,
                session.session_id,
            )
        else:
            _WORKS[act](self.office, self.page, session)


def _said(row: TillRow) -> str:
    return f"{row.name} {row.desk} {row.open.holder if row.open else ''}"
