"""The desks and the other income: what is listed, and the form of each."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import Fund
from app.services.reception_payments.desks.dto import DeskRow, StreamRow
from app.views.common.columns import Column
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.theme import scaled

ABOUT_DESKS: Final = "Where payments are taken, by what means, and the letters before the numbers of its receipts."
ABOUT_STREAMS: Final = "What is taken besides rent, such as parking notices, and the ledger code that it goes to."
_FUNDS: Final = {Fund.HRA: "Housing Revenue Account", Fund.GENERAL: "General Fund"}
_NAME, _PREFIX, _ADDRESS, _NOTE, _CODE, _WIDE = 60, 6, 200, 120, 40, 560

DESKS: tuple[Column[DeskRow], ...] = (
    Column("name", "Desk", lambda row: row.name, 200, floor=140),
    Column("prefix", "Letters", lambda row: row.prefix, 80, firm=True),
    Column("words", "What it takes", lambda row: row.words, 380, floor=200),
    Column("receipts", "Receipts", lambda row: row.receipts, 84, right=True),
    Column("active", "", lambda row: "" if row.active else "Out of use", 90, tone=lambda _row: "muted"),
)
STREAMS: tuple[Column[StreamRow], ...] = (
    Column("name", "Income", lambda row: row.name, 240, floor=160),
    Column("ledger_code", "Ledger code", lambda row: row.ledger_code, 120, floor=90),
    Column("fund", "Fund", lambda row: _FUNDS[row.fund], 200, floor=120),
    Column("reference_note", "The payer is asked for", lambda row: row.reference_note, 240, least=1),
    Column("active", "", lambda row: "" if row.active else "Out of use", 90, tone=lambda _row: "muted"),
)


class DeskSheet(Sheet):
    """A desk as a form."""

    def __init__(self, parent: QWidget, shown: DeskRow | None) -> None:
        super().__init__(parent, f"Desk: {shown.name}" if shown else "New desk", primary="Save")
        self._shown = shown
        self.fields = fields = self.form()
        fields.add("name", "&Name", LineField(_NAME))
        fields.add("prefix", "&Letters", LineField(_PREFIX, placeholder="Such as HAT"), "Before each receipt's number")
        fields.add("address", "&Address", AreaField(_ADDRESS), "As receipts carry it; lines under each other")
        fields.add("cash", "Takes", TickField("&Cash"))
        fields.add("cheques", "", TickField("Che&ques and postal orders"))
        fields.add("terminal", "", TickField("Cards at the &terminal"))
        fields.add("telephone", "", TickField("Cards by tele&phone"))
        self.setMinimumWidth(scaled(_WIDE))
        names = ("name", "prefix", "address", "cash", "cheques", "terminal", "telephone")
        if shown is not None:
            fields.add("active", "Use", TickField("&In use"))
            fields.fill({name: getattr(shown, name) for name in (*names, "active")})
        else:
            fields.fill({"cheques": True, "terminal": True, "telephone": True})

    def command(self) -> DeskRow:
        """What the fields say."""
        values, shown = self.fields.values(), self._shown
        return DeskRow(
            shown.desk_id if shown else 0,
            values["name"],
            values["prefix"],
            values["address"],
            values["cash"],
            values["cheques"],
            values["terminal"],
            values["telephone"],
            bool(values.get("active", True)),
            shown.version if shown else 0,
        )


class StreamSheet(Sheet):
    """An income besides rent as a form."""

    def __init__(self, parent: QWidget, shown: StreamRow | None) -> None:
        super().__init__(parent, f"Income: {shown.name}" if shown else "New income", primary="Save")
        self._shown = shown
        self.fields = fields = self.form()
        fields.add("name", "&Name", LineField(_NAME))
        fields.add("ledger_code", "Ledger &code", LineField(_CODE))
        fields.add("fund", "&Fund", ChoiceField(tuple((words, fund) for fund, words in _FUNDS.items())))
        fields.add(
            "reference_note",
            "&Reference",
            LineField(_NOTE, placeholder="What the payer is asked for, such as the number of the notice"),
        )
        self.setMinimumWidth(scaled(_WIDE))
        if shown is not None:
            fields.add("active", "Use", TickField("&In use"))
            fields.fill(
                {name: getattr(shown, name) for name in ("name", "ledger_code", "fund", "reference_note", "active")}
            )
        else:
            fields.fill({"fund": Fund.GENERAL})

    def command(self) -> StreamRow:
        """What the fields say."""
        values, shown = self.fields.values(), self._shown
        return StreamRow(
            shown.stream_id if shown else 0,
            values["name"],
            values["fund"],
            values["ledger_code"],
            values["reference_note"],
            bool(values.get("active", True)),
            shown.version if shown else 0,
        )
