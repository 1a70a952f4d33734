"""Why people come or call: listed, changed, added to."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.services.reception_payments.visits.registers import commands, queries
from app.services.reception_payments.visits.registers.dto import ReasonRow
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.reception_payments.log_sheets import ReasonSheet
from app.views.reception_payments.visit_tables import REASONS


class ReasonsController(KeptDesk[ReasonRow]):
    """Joins the section of the reasons to the services."""

    asks = staticmethod(queries.reasons)
    keeps = staticmethod(commands.keep_reason)
    needs = Permission.KEEP_RECEPTION
    about = "Why people come or call, as the reception log offers it."
    told = "The reason is saved."

    def __init__(self, office: Office) -> None:
        page: RegisterPage[ReasonRow] = RegisterPage(
            "Reasons of visits",
            REASONS,
            stretch="name",
            choices=(),
            placeholder="A word of the reason",
            noun=("reason", "reasons"),
            empty="No reason has these words. Ctrl+N makes one.",
            key=lambda row: row.reason_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        super().__init__(office, page)

    def rows(self, found: tuple[ReasonRow, ...]) -> tuple[ReasonRow, ...]:
        """Every reason."""
        return found

    def words(self, row: ReasonRow) -> str:
        """Its name."""
        return row.name

    def make(self, _found: tuple[ReasonRow, ...], row: ReasonRow | None) -> ReasonSheet:
        """The sheet."""
        return ReasonSheet(self.page, row)
