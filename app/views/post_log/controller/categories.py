"""The categories: listed, changed, added."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.post_log.categories import commands, queries
from app.services.post_log.categories.dto import CategoryRow
from app.services.post_log.routing.dto import Choices
from app.services.post_log.routing.queries import choices
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import open_sheet
from app.views.post_log.categories import ABOUT, CATEGORIES, CategorySheet

_Found = tuple[tuple[CategoryRow, ...], Choices, tuple[tuple[str, str], ...]]
"""The categories, who may get them, and the letters that may acknowledge."""


class CategoriesController(QObject):
    """Joins the section of the categories to the services."""

    def __init__(self, office: Office) -> None:
        self.page: RegisterPage[CategoryRow] = RegisterPage(
            "Categories",
            CATEGORIES,
            stretch="name",
            choices=(),
            placeholder="A name or a key",
            noun=("category", "categories"),
            empty="No category has these words.",
            key=lambda row: row.category_id,
            areas=frozenset({"post_log", "post_rules", "admin"}),
            help_topic="post_log",
        )
        super().__init__(self.page)
        self._office = office
        self._rows: tuple[CategoryRow, ...] = ()
        self._choices = Choices((), (), ())
        self._letters: tuple[tuple[str, str], ...] = ()
        self._may = Permission.KEEP_POST_RULES in office.desk.officer.permissions
        self.sheet: CategorySheet | None = None
        page = self.page
        if self._may:
            page.action("F2", "Change", "pencil-outline", self._open, fits=lambda _row: True)
            page.action("Ctrl+N", "New", "plus", lambda _row: self._open(None), fits=lambda _row: True, primary=True)
        page.opened.connect(self._opened)
        page.asked.connect(self._list)
        page.refresh_wanted.connect(lambda _changes: office.ask(self, _all, then=self._show))

    def _show(self, found: _Found) -> None:
        self._rows, self._choices, self._letters = found
        self._list()

    def _list(self) -> None:
        words = [word.casefold() for word in self.page.words.split()]
        fitting = [each for each in self._rows if all(word in f"{each.name} {each.key}".casefold() for word in words)]
        self.page.show_rows(fitting, ABOUT)

    def _opened(self, row: CategoryRow) -> None:
        if self._may:
            self._open(row)

    def _open(self, row: CategoryRow | None) -> None:
        self.sheet = sheet = CategorySheet(self.page, self._choices, row)
        open_sheet(self._office, sheet, commands.save, sheet.category, "The category is saved.")


def _all(ctx: Context) -> _Found:
    return queries.categories(ctx), choices(ctx), queries.acknowledgements(ctx)
