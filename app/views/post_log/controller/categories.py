"""The categories: listed, changed, added."""

from __future__ import annotations

from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.post_log.categories import commands, queries
from app.services.post_log.categories.dto import CategoryRow
from app.services.post_log.routing.dto import Choices
from app.services.post_log.routing.queries import choices
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.post_log.categories import ABOUT, CATEGORIES, CategorySheet

_Found = tuple[tuple[CategoryRow, ...], Choices, tuple[tuple[str, str], ...]]
"""The categories, who may get them, and the letters that may acknowledge."""


def _all(ctx: Context) -> _Found:
    return queries.categories(ctx), choices(ctx), queries.acknowledgements(ctx)


class CategoriesController(KeptDesk[CategoryRow]):
    """Joins the section of the categories to the services."""

    asks = staticmethod(_all)
    keeps = staticmethod(commands.save)
    needs = Permission.KEEP_POST_RULES
    about = ABOUT
    told = "The category is saved."

    def __init__(self, office: Office) -> None:
        page: RegisterPage[CategoryRow] = RegisterPage(
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
        super().__init__(office, page)

    def rows(self, found: _Found) -> tuple[CategoryRow, ...]:
        """Every category."""
        return found[0]

    def words(self, row: CategoryRow) -> str:
        """Its name and key."""
        return f"{row.name} {row.key}"

    def make(self, found: _Found, row: CategoryRow | None) -> CategorySheet:
        """The sheet, with whom it may go to and the letters that may acknowledge."""
        _, holders, letters = found
        return CategorySheet(self.page, holders, row, letters)
