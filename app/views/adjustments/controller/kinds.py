"""The kinds of adjustment: listed, changed, added."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.adjustments.catalogue import commands, queries
from app.services.adjustments.catalogue.dto import Catalogue, Kept, KindListed
from app.services.core.permissions import Permission
from app.views.adjustments.kinds import ABOUT_KINDS, KINDS, KindSheet
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import open_sheet


class KindsController(QObject):
    """Joins the section of the kinds to the services."""

    def __init__(self, office: Office) -> None:
        self.page: RegisterPage[KindListed] = RegisterPage(
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
        super().__init__(self.page)
        self._office = office
        self._found = Catalogue((), (), ())
        self._may = Permission.KEEP_ADJUSTMENT_KINDS in office.desk.officer.permissions
        self.sheet: KindSheet | None = None
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
        self.page.show_rows(
            [
                each
                for each in self._found.kinds
                if all(word in f"{each.kind.title} {each.kind.key} {each.kind.code}".casefold() for word in words)
            ],
            ABOUT_KINDS,
        )

    def _opened(self, row: KindListed) -> None:
        if self._may:
            self._open(row)

    def _open(self, row: KindListed | None) -> None:
        self.sheet = sheet = KindSheet(self.page, self._found.codes, row)
        open_sheet(self._office, sheet, commands.keep_kind, sheet.kind, _told)


def _told(kept: Kept) -> str:
    return kept.told
