"""The section Meters: the register, and of the chosen one its consumption by month against the year before, and its bills."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import UtilityKind
from app.services.purchase_orders.amounts import write_quantity
from app.services.purchase_orders.invoices.dto import MeterRow, MonthUse, ReadingRow
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.parts import Card, column, label, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.common.theme import scaled

KINDS: Final = {
    UtilityKind.ELECTRICITY: "Electricity",
    UtilityKind.GAS: "Gas",
    UtilityKind.WATER: "Water",
    UtilityKind.HEAT: "Heat",
}
_WATER_IN: Final = "m³"
_POWER_IN: Final = "kWh"
_CHOOSE: Final = "Choose a meter to see what it used."
_LEAST_HEIGHT: Final = 560
_YEAR: Final = 12


class MeterView(StrEnum):
    """What the register shows."""

    ACTIVE = "active"
    ESTIMATED = "estimated"
    NEVER = "never"
    OUT = "out"


CHOICES: Final = (
    ("In use", MeterView.ACTIVE),
    ("Estimated last", MeterView.ESTIMATED),
    ("No bill yet", MeterView.NEVER),
    ("Out of use", MeterView.OUT),
)


def shown_in(row: MeterRow, view: MeterView) -> bool:
    """Whether a view of the register has a meter."""
    if view is MeterView.OUT:
        return not row.active
    if view is MeterView.ESTIMATED:
        return row.active and row.estimated and row.last_on is not None
    return row.active and (view is MeterView.ACTIVE or row.last_on is None)


def unit_of(row: MeterRow) -> str:
    """What it counts in."""
    return _WATER_IN if row.kind == KINDS[UtilityKind.WATER] else _POWER_IN


def used_words(quantity: int, row: MeterRow) -> str:
    """What was used, with the unit."""
    return f"{write_quantity(quantity)} {unit_of(row)}"


def _billed(row: MeterRow) -> str:
    if row.last_on is None:
        return "no bill yet"
    return f"{formats.day(row.last_on)}{', estimated' if row.estimated else ''}"


def _tone(row: MeterRow) -> str:
    return "warning" if row.last_on is None or row.estimated else ""


def _month(each: MonthUse) -> str:
    return f"{formats.month(each.month)} {each.month.year}"


METERS: tuple[Column[MeterRow], ...] = (
    Column("site", "Site", lambda row: row.site, 190, floor=180),
    Column("kind", "Kind", lambda row: row.kind, 86, firm=True),
    Column("meter", "Meter", lambda row: row.meter, 130, floor=116),
    Column("supplier", "Supplier", lambda row: row.supplier, 150, floor=100, least=2),
    Column("account", "Account", lambda row: row.account_number, 110, floor=90, least=3),
    Column(
        "last_on", "Billed to", _billed, 150, tone=_tone, floor=110, shorter=lambda row: (formats.day(row.last_on),)
    ),
    Column("used", "Used in a year", lambda row: used_words(row.used, row), 110, right=True, least=1),
    money_column("cost", "Cost in a year", lambda row: row.cost, 104, total=True),
    Column("code", "Code", lambda row: row.code, 100, spare=True),
    Column("registered_on", "Registered", lambda row: row.registered_on, 92, holds=Holds.DATE, spare=True),
)
READINGS: tuple[Column[ReadingRow], ...] = (
    Column("from_on", "From", lambda each: each.from_on, 92, holds=Holds.DATE, firm=True),
    Column("to_on", "To", lambda each: each.to_on, 92, holds=Holds.DATE, firm=True),
    Column("used", "Used", lambda each: write_quantity(each.used), 76, right=True, firm=True),
    Column(
        "estimated",
        "",
        lambda each: "estimated" if each.estimated else "actual",
        80,
        firm=True,
        tone=lambda each: "warning" if each.estimated else "muted",
    ),
    Column("faults", "Look at", lambda each: " ".join(each.faults), 220, tone=lambda _each: "bad", floor=120),
    money_column("net", "Before VAT", lambda each: each.net, 88, total=True),
    Column("opening", "Opening", lambda each: _reading(each.opening), 84, right=True, least=2),
    Column("closing", "Closing", lambda each: _reading(each.closing), 84, right=True, least=2),
    Column("invoice", "Bill", lambda each: each.invoice_number, 84, least=1, firm=True),
)
MONTHS: tuple[Column[MonthUse], ...] = (
    Column("month", "Month", lambda each: each.month, 110, shown=_month),
    Column("used", "Used", lambda each: write_quantity(each.used), 90, right=True),
    Column("before", "The year before", lambda each: write_quantity(each.before), 110, right=True),
    Column("estimated", "", lambda each: "estimated" if each.estimated else "", 90),
)


class MetersPage(RegisterPage[MeterRow]):
    """The section Meters.

    Args:
        logs: the officer may keep meters and log bills.

    Signals:
        meter_chosen(MeterRow or None): show its months and bills.
        add_wanted, change_wanted(MeterRow): keep a meter; bill_wanted: log a bill.
        bill_opened(invoice_id): see a bill.
    """

    meter_chosen = Signal(object)
    add_wanted = Signal()
    change_wanted = Signal(object)
    bill_wanted = Signal()
    bill_opened = Signal(int)

    def __init__(self, *, logs: bool) -> None:
        super().__init__(
            "Meters",
            METERS,
            stretch="site",
            choices=CHOICES,
            placeholder="A site, meter, account or supplier",
            noun=("meter", "meters"),
            empty="No meter is here. Ctrl+Enter registers one; its bills are logged as utility bills.",
            key=lambda each: each.meter_id,
            areas=frozenset({"purchase_orders"}),
            help_topic="purchase_orders",
        )
        if logs:
            self.action("F2", "Change", "pencil-outline", self.change_wanted.emit, fits=lambda _each: True)
            self.offer("Ctrl+Shift+U", "Log a bill", "file-plus-outline", self.bill_wanted.emit)
            self.offer("Ctrl+Return", "Register a meter", "plus", self.add_wanted.emit, primary=True)
        self.table.chosen.connect(self.meter_chosen)
        self.opened.connect(lambda each: self.change_wanted.emit(each) if logs else None)

    def place(self, listed: Card) -> None:
        """The register with the months and bills of the chosen meter beside it."""
        self.title = label(_CHOOSE, "title", wrap=True)
        self.facts = label("", wrap=True, selectable=True)
        self.faults = label("", wrap=True, tone="bad", selectable=True)
        series = (Series("This year", "brand"), Series("The year before", "muted"))
        chart = BarChart("Used by month", series)
        self.chart = ChartCard("Used by month", chart, MONTHS, "No bill of it is logged yet.")
        self.chart.setMinimumHeight(scaled(250))
        self.readings: ListModel[ReadingRow] = ListModel(READINGS)
        self.bills = DataTable("Bills", self.readings, stretch="faults", empty="No bill of it is logged yet.")
        self.bills.opened.connect(self._open_bill)
        head = Card()
        for each in (self.title, self.facts, self.faults):
            head.column.addWidget(each)
        bills = Card(margins=(0, 10, 0, 6))
        heading = column(None, label("Bills", "heading"))
        heading.setContentsMargins(scaled(14), 0, scaled(14), 0)
        bills.column.addLayout(heading)
        bills.column.addWidget(self.bills, 1)
        bills.setMinimumHeight(scaled(170))
        right = QWidget()
        right.setObjectName("canvas")
        lines = column(right, head, self.chart, bills, spacing=12)
        lines.setStretch(1, 4)
        lines.setStretch(2, 3)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 520, 780, 420), Pane(right, 430, 620, 760)), _LEAST_HEIGHT))
        column(self, scrolled(inside))
        self.show_meter(None, (), ())

    def show_found(self, rows: Sequence[MeterRow]) -> None:
        """Show the meters of the view in which what is typed stands."""
        for view in MeterView:
            self.count(view, sum(shown_in(each, view) for each in rows))
        listed = [each for each in rows if shown_in(each, self.choice)]
        self.show_rows(self.found_among(listed, _text))
        self.meter_chosen.emit(self.table.row() if self.model.rows else None)

    def show_meter(self, row: MeterRow | None, months: Sequence[MonthUse], readings: Sequence[ReadingRow]) -> None:
        """Show what the chosen meter used."""
        self.title.setText(f"{row.site}: {row.kind.lower()}" if row else _CHOOSE)
        self.facts.setText(_facts(row) if row else "")
        faults = [fault for each in readings[:3] for fault in each.faults]
        self.faults.setText("\n".join(faults))
        self.readings.show_rows(tuple(readings))
        unit = unit_of(row) if row else ""
        last = row.last_on if row else None
        year = [each for each in months if last is not None and each.month <= last][-_YEAR:]
        used, before = sum(each.used for each in year), sum(each.before for each in year)
        said = f"{write_quantity(used)} {unit} in a year{_against(used, before)}" if year else ""
        self.chart.show_figures(year, [_bar(each, unit) for each in year], said)
        self.facts.setVisible(row is not None)
        self.faults.setVisible(bool(faults))

    def _open_bill(self, each: ReadingRow) -> None:
        if each.invoice_id is not None:
            self.bill_opened.emit(each.invoice_id)


def _facts(row: MeterRow) -> str:
    lines = [f"Meter {row.meter}, account {row.account_number} with {row.supplier}, on {row.code}"]
    if row.registered_on is not None:
        lines.append(f"The council is registered as the user since {formats.day(row.registered_on)}")
    if row.last_on is not None:
        lines.append(f"Billed to {_billed(row)}: {used_words(row.used, row)} and {row.cost} before VAT in a year")
    return "\n".join(lines)


def _against(used: int, before: int) -> str:
    if not before:
        return ""
    percent = round(100 * (used - before) / before)
    return f", {abs(percent)} % {'more' if percent > 0 else 'less'} than before" if percent else ", as the year before"


def _bar(each: MonthUse, unit: str) -> Bar:
    guess = ", estimated" if each.estimated else ""
    words = f"{_month(each)}: {write_quantity(each.used)} {unit}{guess}, {write_quantity(each.before)} the year before"
    return Bar(formats.month(each.month), (each.used / 1_000, each.before / 1_000), words)


def _reading(value: int | None) -> str:
    return write_quantity(value) if value is not None else ""


def _text(row: MeterRow) -> str:
    return f"{row.site} {row.meter} {row.account_number} {row.supplier} {row.kind} {row.code}"
