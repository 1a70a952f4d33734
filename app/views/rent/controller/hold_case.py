"""What the sheets of a case do: enter one with the search for other debts, change it, end it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.errors import UserError
from app.services.holds.cases import commands, queries
from app.services.holds.cases.dto import CaseDetail, CaseForm, CaseSaved, EndCase, OpenCase, SearchDebts
from app.services.rent.dto import AccountHeader
from app.views.common.effects import Previewing
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.holds.case_sheet import CaseSheet
from app.views.rent.holds.standing_case import StandingCaseSheet


class HoldCaseController(QObject):
    """One sheet, from the menu or the register until it is saved or the officer leaves."""

    def __init__(
        self,
        office: Office,
        page: QWidget,
        header: AccountHeader | None = None,
        known: Mapping[str, object] | None = None,
        *,
        case_id: int | None = None,
    ) -> None:
        super().__init__(page)
        self._known = known or {}
        self._office = office
        self._page = page
        self._asked: Task | None = None
        self.sheet: CaseSheet | StandingCaseSheet | None = None
        if case_id is not None:
            office.ask(self, queries.detail, case_id, then=self._open_standing)
        elif header is not None:
            office.ask(self, queries.form, header.account_id, then=self._open)

    def _open(self, form: CaseForm) -> None:
        if form.case is not None:
            self._open_standing(form.case)
            return
        self.sheet = sheet = CaseSheet(self._page, form, self._office.desk.clock.today)
        sheet.about = (Subject.ACCOUNT, form.account_id)
        sheet.begin_with(self._known)
        sheet.search_wanted.connect(self._search)
        preview = Previewing(self._office, sheet, queries.preview_open, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        sheet.search()
        preview.ask()

    def _open_standing(self, case: CaseDetail) -> None:
        self.sheet = sheet = StandingCaseSheet(self._page, case, self._office.desk.clock.today)
        sheet.about = (Subject.HOLD_CASE, case.case_id)
        preview = Previewing(self._office, sheet, queries.preview, sheet.command)
        sheet.confirmed.connect(self._save)
        sheet.open()
        self._search(SearchDebts(tuple(each.person_id for each in case.people), case.applied_on, case.case_id))
        preview.ask()

    def _search(self, wanted: SearchDebts) -> None:
        sheet = self.sheet
        if sheet is not None:
            self._asked = self._office.ask(self, queries.search, wanted, then=sheet.show_found, instead_of=self._asked)

    def _save(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        command = sheet.command()
        if command is None:
            sheet.show_error(_missing(sheet))
            return
        sheet.set_busy(busy=True)
        does: Callable[..., CaseSaved] = commands.open_case
        if not isinstance(command, OpenCase):
            does = commands.end_case if isinstance(command, EndCase) else commands.change_case
        self._office.do(self, does, command, then=self._done, refused=sheet.show_error)

    def _done(self, saved: CaseSaved) -> None:
        if self.sheet is not None:
            self.sheet.close()
        self._office.messages.good(saved.told)


def _missing(sheet: CaseSheet | StandingCaseSheet) -> UserError:
    """What is wanting before anything can be done."""
    if isinstance(sheet, StandingCaseSheet):
        return UserError("Say on which day it ended.", field="last_on")
    if sheet.wanted is None:
        return UserError("Nobody is in the case.", "Tick whom it protects.", "people")
    return UserError("A day is missing.", "Fill in all three.", "start_on")
