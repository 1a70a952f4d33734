"""The recharge price list: what is listed, and the form of a line."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import VatTreatment, WorkTime
from app.services.recharges.dto import NewItem, PriceList, PriceRow
from app.services.recharges.rules import TREATMENTS
from app.views.common.columns import Column
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.theme import scaled

ABOUT: Final = (
    "Prices are before VAT, and are changed in Admin, Policy values, from a day on and with a second officer: find "
    "'recharge'. Work with no price is charged by its cost."
)
_TITLE: Final = 120
_WIDE: Final = 560
PRICES: tuple[Column[PriceRow], ...] = (
    Column("title", "Work", lambda row: row.title, 260, floor=180),
    Column("normal", "Price", lambda row: row.prices.get(WorkTime.NORMAL), 100, right=True),
    Column("emergency", "Emergency", lambda row: row.prices.get(WorkTime.EMERGENCY), 110, right=True),
    Column("out_of_hours", "Out of hours", lambda row: row.prices.get(WorkTime.OUT_OF_HOURS), 120, right=True),
    Column("vat", "VAT", lambda row: TREATMENTS[row.vat], 190),
    Column("code", "Code", lambda row: row.code, 70),
    Column("key", "Key", lambda row: row.key, 130, spare=True),
    Column("active", "", lambda row: "" if row.active else "Out of use", 90, tone=lambda _row: "muted"),
)


class PriceSheet(Sheet):
    """A line of the price list as a form; its prices are policy values."""

    def __init__(self, parent: QWidget, listed: PriceList, shown: PriceRow | None) -> None:
        super().__init__(parent, f"Price list: {shown.title}" if shown else "New line", primary="Save", note=ABOUT)
        self._shown = shown
        self.fields = fields = self.form()
        fields.add("title", "&Work", LineField(_TITLE), "As the invoice names it")
        fields.add("code", "&Code", ChoiceField([(words, code) for code, words in listed.codes]))
        fields.add("vat", "&VAT", ChoiceField([(words, each.value) for each, words in TREATMENTS.items()]))
        self.setMinimumWidth(scaled(_WIDE))
        if shown is not None:
            fields.add("active", "Use", TickField("&In use"))
            fields.fill(
                {"title": shown.title, "code": shown.code, "vat": shown.vat.value, "active": shown.active},
            )

    def command(self) -> NewItem:
        """What the fields say."""
        values, shown = self.fields.values(), self._shown
        return NewItem(
            shown.key if shown else "",
            values["title"],
            values["code"],
            VatTreatment(values["vat"]),
            bool(values.get("active", True)),
            shown.version if shown else 0,
        )
