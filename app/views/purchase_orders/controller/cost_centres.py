"""The cost centres: listed, changed, added to."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.services.purchase_orders.budgets import commands, queries
from app.services.purchase_orders.budgets.dto import BudgetForm, CentreRow
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.purchase_orders.budget_sheets import CentreSheet
from app.views.purchase_orders.budget_table import CENTRES


class CentresController(KeptDesk[CentreRow]):
    """Joins the section of the cost centres to the services."""

    asks = staticmethod(queries.form)
    keeps = staticmethod(commands.keep_centre)
    needs = Permission.KEEP_BUDGETS
    about = "Who spends: the first half of a code. One that has budgets goes out of use; it isn't deleted."

    def __init__(self, office: Office) -> None:
        page: RegisterPage[CentreRow] = RegisterPage(
            "Cost centres",
            CENTRES,
            stretch="name",
            choices=(),
            placeholder="A code or name",
            noun=("cost centre", "cost centres"),
            empty="No cost centre has these words.",
            key=lambda row: row.centre_id,
            areas=frozenset({"purchase_orders"}),
            help_topic="purchase_orders",
        )
        super().__init__(office, page)
        if self.needs in office.desk.officer.permissions:
            page.action("Ctrl+Del", "Delete", "delete-outline", self._delete, fits=lambda row: not row.used)

    def rows(self, found: BudgetForm) -> tuple[CentreRow, ...]:
        """Every cost centre."""
        return found.centres

    def words(self, row: CentreRow) -> str:
        """Its code, name and holder."""
        return f"{row.code} {row.name} {row.holder}"

    def make(self, found: BudgetForm, row: CentreRow | None) -> CentreSheet:
        """The sheet."""
        return CentreSheet(self.page, row, found)

    def _delete(self, row: CentreRow) -> None:
        told = self.office.messages.good
        self.office.do(self, commands.remove_centre, row.centre_id, row.version, then=lambda saved: told(saved.told))
