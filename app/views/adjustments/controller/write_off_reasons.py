"""The reasons of write-offs: listed, changed, added."""

from __future__ import annotations

from app.services.adjustments.write_offs.catalogue import commands, queries
from app.services.adjustments.write_offs.catalogue.dto import ReasonListed
from app.services.core.permissions import Permission
from app.views.adjustments.write_off_reasons import ABOUT, WRITE_OFF_REASONS, WriteOffReasonSheet
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage


class WriteOffReasonsController(KeptDesk[ReasonListed]):
    """Joins the section of the reasons of write-offs to the services."""

    asks = staticmethod(queries.listed)
    keeps = staticmethod(commands.keep_reason)
    needs = Permission.KEEP_ADJUSTMENT_KINDS
    about = ABOUT

    def __init__(self, office: Office) -> None:
        page: RegisterPage[ReasonListed] = RegisterPage(
            "Reasons of write-offs",
            WRITE_OFF_REASONS,
            stretch="asks",
            choices=(),
            placeholder="A name or a key",
            noun=("reason", "reasons"),
            empty="No reason has these words.",
            key=lambda row: row.reason.key,
            areas=frozenset({"adjustments", "approvals"}),
            help_topic="adjustments",
        )
        super().__init__(office, page)

    def rows(self, found: tuple[ReasonListed, ...]) -> tuple[ReasonListed, ...]:
        """Every reason."""
        return found

    def words(self, row: ReasonListed) -> str:
        """Its name and key."""
        return f"{row.reason.title} {row.reason.key}"

    def make(self, _found: tuple[ReasonListed, ...], row: ReasonListed | None) -> WriteOffReasonSheet:
        """The sheet."""
        return WriteOffReasonSheet(self.page, row)
