"""The desks: listed, changed, added to."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.services.reception_payments.desks import commands, queries
from app.services.reception_payments.desks.dto import DeskRow
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.reception_payments.desk_sheets import ABOUT_DESKS, DESKS, DeskSheet


class DesksController(KeptDesk[DeskRow]):
    """Joins the section of the desks to the services."""

    asks = staticmethod(queries.desks)
    keeps = staticmethod(commands.keep_desk)
    needs = Permission.KEEP_RECEPTION
    about = ABOUT_DESKS
    told = "The desk is saved."

    def __init__(self, office: Office) -> None:
        page: RegisterPage[DeskRow] = RegisterPage(
            "Desks",
            DESKS,
            stretch="words",
            choices=(),
            placeholder="A word of the desk",
            noun=("desk", "desks"),
            empty="No desk has these words. Ctrl+N makes one.",
            key=lambda row: row.desk_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        super().__init__(office, page)

    def rows(self, found: tuple[DeskRow, ...]) -> tuple[DeskRow, ...]:
        """Every desk."""
        return found

    def words(self, row: DeskRow) -> str:
        """Its name, its letters, and what it takes."""
        return f"{row.name} {row.prefix} {row.words}"

    def make(self, _found: tuple[DeskRow, ...], row: DeskRow | None) -> DeskSheet:
        """The sheet."""
        return DeskSheet(self.page, row)
