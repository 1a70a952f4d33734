"""The delivery points: listed, changed, added to."""

from __future__ import annotations

from app.services.core.permissions import Permission
from app.services.purchase_orders.registers import commands, queries
from app.services.purchase_orders.registers.dto import PointRow
from app.views.common.kept_desk import KeptDesk
from app.views.common.office import Office
from app.views.common.register_page import RegisterPage
from app.views.purchase_orders.registers import ABOUT_POINTS, POINTS, PointSheet


class PointsController(KeptDesk[PointRow]):
    """Joins the section of the delivery points to the services."""

    asks = staticmethod(queries.points)
    keeps = staticmethod(commands.keep_point)
    needs = Permission.KEEP_SUPPLIERS
    about = ABOUT_POINTS
    told = "The delivery point is saved."

    def __init__(self, office: Office) -> None:
        page: RegisterPage[PointRow] = RegisterPage(
            "Delivery points",
            POINTS,
            stretch="address",
            choices=(),
            placeholder="A name or an address",
            noun=("delivery point", "delivery points"),
            empty="There is no delivery point yet. Ctrl+N adds one.",
            key=lambda row: row.point_id,
            areas=frozenset({"purchase_orders"}),
            help_topic="purchase_orders",
        )
        super().__init__(office, page)

    def rows(self, found: tuple[PointRow, ...]) -> tuple[PointRow, ...]:
        """Every place."""
        return found

    def words(self, row: PointRow) -> str:
        """Its name and address."""
        return f"{row.name} {row.address}"

    def make(self, _found: tuple[PointRow, ...], row: PointRow | None) -> PointSheet:
        """The sheet."""
        return PointSheet(self.page, row)
