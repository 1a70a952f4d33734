"""What is done with budgets: each work opens its sheet, and tells what was done."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import BudgetMoveKind, Subject
from app.services.core.context import Context
from app.services.purchase_orders.budgets import commands, moves, queries
from app.services.purchase_orders.budgets.dto import BudgetForm, BudgetRow, CodeChoice, Saved
from app.services.purchase_orders.budgets.loading import checking, jobs
from app.services.purchase_orders.budgets.loading import commands as loading
from app.services.purchase_orders.budgets.loading.dto import BudgetFile
from app.views.common.dialogs import ask_open
from app.views.common.file_reading import FileJobs, FileReading
from app.views.common.load_work import FILES, LoadWork, save_template
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.purchase_orders.budget_sheets import BudgetSheet, HolderSheet, LoadSheet, MoveSheet, YearSheet
from app.views.purchase_orders.budgets import BudgetsPage

_JOBS = FileJobs(jobs.FILES.headings, jobs.FILES.unclear, jobs.FILES.read_file)


class MoveWork(SheetWork):
    """A virement or a revision."""

    sheet: MoveSheet
    asks = staticmethod(queries.choices)
    previews = staticmethod(moves.preview)
    saves = staticmethod(moves.ask)

    def __init__(self, office: Office, page: BudgetsPage, kind: BudgetMoveKind, year: int) -> None:
        super().__init__(office, page)
        self._kind, self._year = kind, year
        self.begin(year)

    def make(self, found: tuple[CodeChoice, ...]) -> MoveSheet | str:
        """The sheet, where there are codes."""
        if not found:
            return "No code of the year has a budget yet."
        return MoveSheet(self.page, self._kind, self._year, found)


class LoadedWork(LoadWork):
    """The budgets of a file that was read."""

    sheet: LoadSheet
    checks = staticmethod(checking.check)
    saves = staticmethod(loading.load)

    def __init__(self, office: Office, page: BudgetsPage, file: BudgetFile) -> None:
        super().__init__(office, page)
        self._file = file
        self._year: int = page.year.value()
        self.begin()

    def make(self, _found: None) -> LoadSheet:
        """The sheet with what is wrong in the file."""
        return LoadSheet(self.page, self._file, self._year)


class BudgetDoing(QObject):
    """Begins what is to be done with budgets."""

    def __init__(self, office: Office, page: BudgetsPage) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        page.virement_wanted.connect(partial(self._move, BudgetMoveKind.VIREMENT))
        page.revision_wanted.connect(partial(self._move, BudgetMoveKind.REVISION))
        page.budget_wanted.connect(lambda: self._with_form(self._budget))
        page.load_wanted.connect(self._load)
        page.template_wanted.connect(self._template)
        page.year_wanted.connect(self._next_year)

    def change_holder(self, row: BudgetRow) -> None:
        """Say who answers for a budget."""

        def make(form: BudgetForm) -> None:
            sheet = HolderSheet(self._page, row, form)

            def keep(ctx: Context, asked: tuple[int | None]) -> Saved:
                return commands.change_holder(ctx, row.budget_id, asked[0], row.version)

            open_sheet(self._office, sheet, keep, sheet.command, "")

        self._with_form(make)

    def open_request(self, request_id: int | None) -> None:
        """The request of a change of budgets."""
        if request_id is not None:
            self._office.open_record(Subject.APPROVAL, request_id)

    def _with_form(self, make: Any) -> None:
        self._office.ask(self, queries.form, then=make)

    def _move(self, kind: BudgetMoveKind) -> None:
        MoveWork(self._office, self._page, kind, self._page.year.value())

    def _budget(self, form: BudgetForm) -> None:
        if not (form.centres and form.codes):
            self._office.messages.info("Keep a cost centre and a code first: sections Cost centres and Codes.")
            return
        sheet = BudgetSheet(self._page, form, self._page.year.value())
        open_sheet(self._office, sheet, commands.add, sheet.command, "")

    def _next_year(self) -> None:
        sheet = YearSheet(self._page, self._page.year.value() + 1)

        def make(ctx: Context, asked: tuple[int, int | None]) -> Saved:
            return commands.make_year(ctx, *asked)

        open_sheet(self._office, sheet, make, sheet.command, "")

    def _load(self) -> None:
        asked = ask_open(self._page, "A file of budgets", FILES)
        opens = partial(LoadedWork, self._office, self._page)
        asked.fileSelected.connect(lambda name: FileReading(self._office, self._page, Path(name), _JOBS, opens))

    def _template(self) -> None:
        title, name = "An empty workbook for budgets", "Budgets.xlsx"
        save_template(self._office, self, self._page, title, name, jobs.FILES.write_template)
