"""The reasons for adjustments: listed, changed, added."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.adjustments.catalogue import commands, queries
from app.services.adjustments.catalogue.dto import Catalogue, ReasonListed
from app.services.core.permissions import Permission
from app.views.adjustments.kinds import REASONS, ReasonSheet
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import open_sheet


class ReasonsController(QObject):
    """Joins the section of the reasons to the services."""

    def __init__(self, office: Office) -> None:
        self.page: RegisterPage[ReasonListed] = RegisterPage(
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
        super().__init__(self.page)
        self._office = office
        self._found = Catalogue((), (), ())
        self._may = Permission.KEEP_ADJUSTMENT_KINDS in office.desk.officer.permissions
        self.sheet: ReasonSheet | None = None
        page = self.page
        if self._may:
            page.action("F2", "Change", "pencil-outline", self._open, fits=lambda _row: True)
            page.action("Ctrl+N", "New", "plus", lambda _row: self._open(None), fits=lambda _row: True, primary=True)
        page.opened.connect(self._opened)
        page.asked.connect(self._list)
        page.refresh_wanted.connect(lambda _changes: office.ask(self, queries.catalogue, then=self._show))

    def _show(self, found: Catalogue) -> None:
        self._found = found
        self._list()

    def _list(self) -> None:
        words = [word.casefold() for word in self.page.words.split()]
        named = ((each, f"{each.reason.title} {each.reason.key}".casefold()) for each in self._found.reasons)
        self.page.show_rows([each for each, name in named if all(word in name for word in words)])

    def _opened(self, row: ReasonListed) -> None:
        if self._may:
            self._open(row)

    def _open(self, row: ReasonListed | None) -> None:
        kinds = [(each.kind.key, each.kind.title) for each in self._found.kinds]
        self.sheet = sheet = ReasonSheet(self.page, kinds, row)
        open_sheet(self._office, sheet, commands.keep_reason, sheet.reason, "The reason is saved.")
