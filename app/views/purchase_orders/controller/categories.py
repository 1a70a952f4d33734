"""The categories: listed, changed, added to."""

from __future__ import annotations

from app.models.values import Subject
from app.services.core.permissions import Permission
from app.services.purchase_orders.registers import commands, queries
from app.services.purchase_orders.registers.dto import CategoryRow
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.purchase_orders.registers import ABOUT_CATEGORIES, CATEGORIES, CategorySheet


class CategoriesController(KeptDesk[CategoryRow]):
    """Joins the section of the categories to the services."""

    asks = staticmethod(queries.categories)
    keeps = staticmethod(commands.keep_category)
    needs = Permission.KEEP_SUPPLIERS
    about = ABOUT_CATEGORIES

    def __init__(self, office: Office) -> None:
        page: RegisterPage[CategoryRow] = RegisterPage(
            "Categories",
            CATEGORIES,
            stretch="words",
            choices=(),
            placeholder="A word of the category",
            noun=("category", "categories"),
            empty="No category has these words.",
            key=lambda row: row.category_id,
            areas=frozenset({"purchase_orders"}),
            help_topic="purchase_orders",
        )
        super().__init__(office, page)

    def open_record(self, _subject: Subject, _category_id: int) -> None:
        """A request about a category is answered among all of them."""

    def rows(self, found: tuple[CategoryRow, ...]) -> tuple[CategoryRow, ...]:
        """Every category."""
        return found

    def words(self, row: CategoryRow) -> str:
        """Its name, and what follows from it."""
        return f"{row.name} {row.words}"

    def make(self, _found: tuple[CategoryRow, ...], row: CategoryRow | None) -> CategorySheet:
        """The sheet."""
        return CategorySheet(self.page, row)
