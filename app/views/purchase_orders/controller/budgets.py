"""The section Budgets joined to the services: the codes of a year, the card of the chosen one, and its book."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.permissions import Permission
from app.services.purchase_orders.budgets import queries
from app.services.purchase_orders.budgets.dto import BookRow, BudgetForm, BudgetList, BudgetRow, MoveRow
from app.services.purchase_orders.budgets.rules import year_of
from app.services.purchase_orders.coding.dto import SharesWanted
from app.views.common.office import Office
from app.views.common.questions import Questions
from app.views.purchase_orders.budget_card import CHANGES_AT
from app.views.purchase_orders.budgets import BudgetsPage
from app.views.purchase_orders.controller.budget_doing import BudgetDoing
from app.views.purchase_orders.controller.moving import MoveWork


class BudgetsController(QObject):
    """Joins the section Budgets to the services."""

    def __init__(self, office: Office) -> None:
        keeps = Permission.KEEP_BUDGETS in office.desk.officer.permissions
        codes = Permission.RECONCILE_SPENDING in office.desk.officer.permissions
        self.page = page = BudgetsPage(year_of(office.desk.clock.today()), keeps=keeps, codes=codes)
        super().__init__(page)
        self.office = office
        self._ask = Questions(office, self).ask
        self._wanted: int | None = None
        self._doing = BudgetDoing(office, page)
        if keeps:
            page.action(
                "F2",
                "Who answers",
                "account-outline",
                self._doing.change_holder,
                fits=lambda _row: True,
                among=page.card.buttons,
            )
        page.asked.connect(self._list)
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.budget_chosen.connect(self._show)
        page.document_wanted.connect(self._open)
        page.change_wanted.connect(self._open_change)
        page.move_wanted.connect(self._move)

    def refresh(self) -> None:
        """List again, with the years that have budgets."""
        self._ask("form", queries.form, then=self._show_years)
        self._list()

    def open_record(self, subject: Subject, record_id: int) -> None:
        """Show a budget, or a change of budgets among those of its year."""
        if subject is Subject.BUDGET_MOVE:
            self._ask("year", queries.year_of_change, record_id, then=self._show_changes_of)
        else:
            self._wanted = record_id
            self._ask("one", queries.one, record_id, then=lambda row: self._go_to_year(row.year))

    def _go_to_year(self, year: int) -> None:
        self.page.go_to_year(year)
        self._list()

    def _show_changes_of(self, year: int) -> None:
        self._go_to_year(year)
        self.page.card.parts.open_part(CHANGES_AT)

    def _list(self) -> None:
        wanted = self.page.wanted
        self._ask("list", queries.budgets, wanted, then=self._show_list)
        self._ask("changes", queries.changes, wanted.year, then=self.page.show_changes)

    def _show_years(self, form: BudgetForm) -> None:
        shown = self.page.year.value()
        self.page.offer_years(sorted({*form.years, shown}, reverse=True))

    def _show_list(self, found: BudgetList) -> None:
        self.page.show_list(found)
        if self._wanted is not None and self.page.go_to(self._wanted):
            self._wanted = None

    def _show(self, row: BudgetRow | None) -> None:
        """The code that is chosen, and its book."""
        if row is None:
            self.page.card.show_nothing()
            return
        self.page.card.show_budget(row)
        self._ask("book", queries.book, row.budget_id, then=self.page.show_book)

    def _open(self, row: BookRow) -> None:
        """What a line of the book follows from."""
        if row.document:
            self.office.open_record(row.subject, row.subject_id)

    def _move(self, row: BookRow, budget: BudgetRow) -> None:
        """What an invoice spent on the code goes to another."""
        MoveWork(self.office, self.page, SharesWanted(row.subject_id, budget_id=budget.budget_id))

    def _open_change(self, row: MoveRow) -> None:
        self._doing.open_request(row.request_id)
