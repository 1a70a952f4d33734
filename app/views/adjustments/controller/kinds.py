"""The kinds of adjustment: listed, changed, added."""

from __future__ import annotations

from app.services.adjustments.catalogue import commands, queries
from app.services.adjustments.catalogue.dto import Catalogue, KindListed
from app.services.core.permissions import Permission
from app.views.adjustments.kinds import ABOUT_KINDS, KINDS, KindSheet
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage


class KindsController(KeptDesk[KindListed]):
    """Joins the section of the kinds to the services."""

    asks = staticmethod(queries.catalogue)
    keeps = staticmethod(commands.keep_kind)
    needs = Permission.KEEP_ADJUSTMENT_KINDS
    about = ABOUT_KINDS

    def __init__(self, office: Office) -> None:
        page: RegisterPage[KindListed] = RegisterPage(
            "Kinds of adjustment",
            KINDS,
            stretch="title",
            choices=(),
            placeholder="A name, a code or a key",
            noun=("kind", "kinds"),
            empty="No kind of adjustment has these words.",
            key=lambda row: row.kind.key,
            areas=frozenset({"adjustments", "approvals", "admin"}),
            help_topic="adjustments",
        )
        super().__init__(office, page)

    def rows(self, found: Catalogue) -> tuple[KindListed, ...]:
        """Every kind."""
        return found.kinds

    def words(self, row: KindListed) -> str:
        """Its name, key and code."""
        return f"{row.kind.title} {row.kind.key} {row.kind.code}"

    def make(self, found: Catalogue, row: KindListed | None) -> KindSheet:
        """The sheet, with the codes that a kind may post by."""
        return KindSheet(self.page, found.codes, row)
