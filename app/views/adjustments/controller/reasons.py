"""The reasons for adjustments: listed, changed, added."""

from __future__ import annotations

from app.services.adjustments.catalogue import commands, queries
from app.services.adjustments.catalogue.dto import Catalogue, ReasonListed
from app.services.core.permissions import Permission
from app.views.adjustments.kinds import REASONS, ReasonSheet
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage


class ReasonsController(KeptDesk[ReasonListed]):
    """Joins the section of the reasons to the services."""

    asks = staticmethod(queries.catalogue)
    keeps = staticmethod(commands.keep_reason)
    needs = Permission.KEEP_ADJUSTMENT_KINDS
    told = "The reason is saved."

    def __init__(self, office: Office) -> None:
        page: RegisterPage[ReasonListed] = RegisterPage(
            "Reasons",
            REASONS,
            stretch="fits",
            choices=(),
            placeholder="A name or a key",
            noun=("reason", "reasons"),
            empty="No reason has these words.",
            key=lambda row: row.reason.key,
            areas=frozenset({"adjustments"}),
            help_topic="adjustments",
        )
        super().__init__(office, page)

    def rows(self, found: Catalogue) -> tuple[ReasonListed, ...]:
        """Every reason."""
        return found.reasons

    def words(self, row: ReasonListed) -> str:
        """Its name and key."""
        return f"{row.reason.title} {row.reason.key}"

    def make(self, found: Catalogue, row: ReasonListed | None) -> ReasonSheet:
        """The sheet, with the kinds that a reason may fit."""
        return ReasonSheet(self.page, [(each.kind.key, each.kind.title) for each in found.kinds], row)
