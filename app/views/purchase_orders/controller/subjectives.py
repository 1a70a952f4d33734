"""The subjective codes: listed, changed, added to."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.services.purchase_orders.budgets import commands, queries
from app.services.purchase_orders.budgets.dto import BudgetForm, CodeRow
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.purchase_orders.budget_sheets import CodeSheet
from app.views.purchase_orders.budget_table import CODES


class CodesController(KeptDesk[CodeRow]):
    """Joins the section of the subjective codes to the services."""

    asks = staticmethod(queries.form)
    keeps = staticmethod(commands.keep_code)
    needs = Permission.KEEP_BUDGETS
    about = "What it is spent on: the second half of a code. One that has budgets goes out of use; it isn't deleted."

    def __init__(self, office: Office) -> None:
        page: RegisterPage[CodeRow] = RegisterPage(
            "Codes",
            CODES,
            stretch="name",
            choices=(),
            placeholder="A code, name or heading",
            noun=("code", "codes"),
            empty="No code has these words.",
            key=lambda row: row.code_id,
            areas=frozenset({"purchase_orders"}),
            help_topic="purchase_orders",
        )
        super().__init__(office, page)
        if self.needs in office.desk.officer.permissions:
            page.action("Ctrl+Del", "Delete", "delete-outline", self._delete, fits=lambda row: not row.used)

    def rows(self, found: BudgetForm) -> tuple[CodeRow, ...]:
        """Every code."""
        return found.codes

    def words(self, row: CodeRow) -> str:
        """Its code, name and heading."""
        return f"{row.code} {row.name} {row.heading}"

    def make(self, _found: BudgetForm, row: CodeRow | None) -> CodeSheet:
        """The sheet."""
        return CodeSheet(self.page, row)

    def _delete(self, row: CodeRow) -> None:
        told = self.office.messages.good
        self.office.do(self, commands.remove_code, row.code_id, row.version, then=lambda saved: told(saved.told))
