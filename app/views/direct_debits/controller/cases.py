"""Cases joined to the services: listed, shown, challenged, noted, written about, closed, posted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.permissions import Permission
from app.services.direct_debits.cases import commands, queries
from app.services.direct_debits.cases.dto import CaseAct, CaseDetail, CaseForm, CaseRow, CaseSaved, CaseView
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.common.tasks import Task
from app.views.direct_debits.case_sheets import BankLetterSheet, ChallengeSheet, CloseSheet, NewCaseSheet, NoteSheet
from app.views.direct_debits.cases import CasesPage


class OpenCaseController(SheetWork):
    """A case of the mandate that is shown."""

    asks = staticmethod(queries.form)
    saves = staticmethod(commands.open_case)

    def __init__(self, office: Office, page: QWidget, ids: Sequence[int]) -> None:
        super().__init__(office, page)
        self.begin(ids[0])

    def make(self, found: CaseForm) -> NewCaseSheet:
        """The sheet."""
        return NewCaseSheet(self.page, found, self.office.desk.clock.today())

    def tell(self, saved: CaseSaved) -> None:
        """Say that it is open, and show it."""
        super().tell(saved)
        self.office.open_record(Subject.DIRECT_DEBIT_CASE, saved.case_id)


class _NoteWork(SheetWork):
    """A note, whose command takes the case and the text."""

    saves = staticmethod(commands.note)

    def __init__(self, office: Office, page: QWidget, found: CaseDetail) -> None:
        super().__init__(office, page)
        self._found = found
        self.begin()

    def make(self, _found: None) -> NoteSheet:
        """The sheet."""
        return NoteSheet(self.page, self._found)

    def save(self, command: tuple[int, str]) -> None:
        """Keep it."""
        self.do(commands.note, *command)


class CasesController(QObject):
    """Joins the section Cases to the services."""

    def __init__(self, office: Office) -> None:
        held = office.desk.officer.permissions
        page = CasesPage(
            may_keep=Permission.KEEP_DIRECT_DEBITS in held,
            may_post=Permission.APPLY_BANK_REPORTS in held,
            may_write=Permission.SEND_LETTERS in held,
            may_refund=Permission.ASK_REFUNDS in held,
        )
        super().__init__(page)
        self.office, self.page = office, page
        self._listed: Task | None = None
        self._opened: Task | None = None
        self._wanted: int | None = None
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.asked.connect(self.refresh)
        page.case_chosen.connect(self._choose)
        page.act_wanted.connect(self._do)
        page.post_wanted.connect(self._post)
        page.evidence_wanted.connect(self._evidence)
        page.mandate_wanted.connect(lambda mandate_id: office.open_record(Subject.MANDATE, mandate_id))
        page.opened.connect(lambda each: office.open_record(Subject.MANDATE, each.mandate_id))
        self._acts: dict[CaseAct, Callable[[CaseDetail], object]] = {
            CaseAct.CHALLENGE: lambda found: self._sheet(ChallengeSheet(page, found), commands.challenge),
            CaseAct.CLOSE: lambda found: self._sheet(CloseSheet(page, found), commands.close),
            CaseAct.NOTE: lambda found: _NoteWork(office, page, found),
            CaseAct.LETTER: self._letter,
            CaseAct.REFUND: self._refund,
        }

    def refresh(self) -> None:
        """List them again, and count them."""
        self._listed = self.office.ask(self, queries.listed, self.page.choice, then=self._show, instead_of=self._listed)
        self.office.ask(self, queries.counts, then=self._count)

    def open_record(self, _subject: Subject, record_id: int) -> None:
        """Show a case that another page names."""
        if not self.page.go_to(record_id):
            self._wanted = record_id
            self.refresh()

    def _show(self, found: tuple[CaseRow, ...]) -> None:
        self.page.show_found(found)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and not self.page.go_to(wanted) and self.page.choice is not CaseView.CLOSED:
            self._wanted = wanted
            self.page.press(CaseView.CLOSED if self.page.choice is CaseView.OPEN else CaseView.OPEN)

    def _count(self, counts: dict[CaseView, int]) -> None:
        for view, number in counts.items():
            self.page.count(view, number)

    def _choose(self, each: CaseRow | None) -> None:
        if each is None or each.account_id is None:
            self.page.show_nothing()
            return
        self._opened = self.office.ask(
            self,
            queries.detail,
            each.case_id,
            then=self.page.show_case,
            refused=lambda _error: self.page.show_nothing(),
            instead_of=self._opened,
        )

    def _do(self, act: CaseAct, found: CaseDetail) -> None:
        self._acts[act](found)

    def _sheet(self, sheet: ChallengeSheet | CloseSheet | BankLetterSheet, saves: Callable[..., CaseSaved]) -> None:
        open_sheet(self.office, sheet, saves, sheet.command, "")

    def _letter(self, found: CaseDetail) -> None:
        """The bank's name is that of the mandate, where it is known."""

        def show(form: CaseForm) -> None:
            self._sheet(BankLetterSheet(self.page, found, form.bank_name), commands.write_to_bank)

        self.office.ask(self, queries.form, found.row.mandate_id, then=show)

    def _refund(self, found: CaseDetail) -> None:
        """A refund for our mistake is asked for on the account; its gate looks at everything else."""
        if found.row.account_id is not None:
            self.office.show_only("rent", BeginWork(found.row.account_id, "refund_account"))

    def _post(self) -> None:
        today = self.office.desk.clock.today()
        messages = self.office.messages
        self.office.do(
            self,
            commands.post_claims,
            today,
            then=lambda done: (messages.info if done.left else messages.good)(done.told),
        )

    def _evidence(self, found: CaseDetail) -> None:
        self.office.do(
            self,
            commands.keep_evidence,
            found.row.case_id,
            then=lambda done: self.office.messages.good(done.told),
            label="Making the evidence",
        )
