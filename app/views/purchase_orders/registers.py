"""The categories and the delivery points: what is listed, and the form of each."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.services.purchase_orders.registers.dto import CategoryRow, PointRow
from app.views.common.columns import Column
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, LineField, TickField
from app.views.common.theme import scaled

ABOUT_CATEGORIES: Final = (
    "What is bought, as suppliers, orders and invoices are put together by it, and what follows from it."
)
ABOUT_POINTS: Final = "Where what is ordered is delivered to, as the order prints it."
_SECOND: Final = "What follows from it (order, CIS, works) changes once a second officer approves."
_NAME, _TEXT, _ADDRESS, _WIDE = 80, 200, 400, 560

CATEGORIES: tuple[Column[CategoryRow], ...] = (
    Column("name", "Category", lambda row: row.name, 240, floor=160),
    Column("words", "What follows from it", lambda row: row.words, 420, floor=200),
    Column("active", "", lambda row: "" if row.active else "Out of use", 90, tone=lambda _row: "muted"),
)
POINTS: tuple[Column[PointRow], ...] = (
    Column("name", "Delivery point", lambda row: row.name, 200, floor=140),
    Column("address", "Address", lambda row: ", ".join(row.address.splitlines()), 360, floor=200),
    Column("instructions", "Instructions", lambda row: row.instructions, 240, least=1),
    Column("active", "", lambda row: "" if row.active else "Out of use", 90, tone=lambda _row: "muted"),
)


class CategorySheet(Sheet):
    """A category as a form."""

    def __init__(self, parent: QWidget, shown: CategoryRow | None) -> None:
        super().__init__(parent, f"Category: {shown.name}" if shown else "New category", primary="Save", note=_SECOND)
        self._shown = shown
        self.fields = fields = self.form()
        fields.add("name", "&Name", LineField(_NAME))
        fields.add("no_order_needed", "Order", TickField("Its invoices are paid without an &order, such as utilities"))
        fields.add("cis", "CIS", TickField("Its &labour is construction work: CIS is deducted"))
        fields.add("works", "Works", TickField("The statutory threshold of &works counts, not that of goods"))
        fields.add(
            "not_published",
            "Not &published",
            LineField(_TEXT, placeholder="Why not, such as compensation to individuals"),
            "Empty: its spending is published",
        )
        self.setMinimumWidth(scaled(_WIDE))
        if shown is not None:
            fields.add("active", "Use", TickField("&In use"))
            names = ("name", "no_order_needed", "cis", "works", "not_published", "active")
            fields.fill({name: getattr(shown, name) for name in names})

    def command(self) -> CategoryRow:
        """What the fields say."""
        values, shown = self.fields.values(), self._shown
        return CategoryRow(
            shown.category_id if shown else 0,
            values["name"],
            values["no_order_needed"],
            values["cis"],
            values["works"],
            values["not_published"],
            bool(values.get("active", True)),
            shown.version if shown else 0,
        )


class PointSheet(Sheet):
    """A delivery point as a form."""

    def __init__(self, parent: QWidget, shown: PointRow | None) -> None:
        super().__init__(parent, f"Delivery point: {shown.name}" if shown else "New delivery point", primary="Save")
        self._shown = shown
        self.fields = fields = self.form()
        fields.add("name", "&Name", LineField(_NAME))
        fields.add("address", "&Address", AreaField(_ADDRESS), "Lines under each other, the postcode last")
        fields.add(
            "instructions", "Ins&tructions", LineField(_TEXT, placeholder="To whoever delivers, such as the gate")
        )
        self.setMinimumWidth(scaled(_WIDE))
        if shown is not None:
            fields.add("active", "Use", TickField("&In use"))
            fields.fill({name: getattr(shown, name) for name in ("name", "address", "instructions", "active")})

    def command(self) -> PointRow:
        """What the fields say."""
        values, shown = self.fields.values(), self._shown
        return PointRow(
            shown.point_id if shown else 0,
            values["name"],
            values["address"],
            values["instructions"],
            bool(values.get("active", True)),
            shown.version if shown else 0,
        )
