"""The figures of the reception: what was taken and how, by whom and when, what was taken back, and how long people waited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal

from app.models.values import Money, MoneyReceiptState, Subject
from app.services.ledger.dto import CodeReceived
from app.services.reception_payments.figures.dto import (
    AccountPaid,
    ReceptionFigures,
    Taken,
    TakenBack,
    TakenOn,
    Waited,
)
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.bars import Bar, BarChart, Series
from app.views.common.chart_card import ChartCard
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.figures_page import FiguresPage
from app.views.common.short_names import shorter_names
from app.views.common.signed_columns import signed_column

_SUMS: Final = ("Receipts", "Taken", "Taken back", "Average wait")
_TITLE: Final = "Taken by day, in pounds"
_STATES: Final = {
    MoneyReceiptState.VOID: "Void",
    MoneyReceiptState.RETURNED: "Came back",
}


def _count(title: str, value: Any, width: int = 84) -> Column[Any]:
    return Column("count", title, value, width, right=True, holds=Holds.NUMBER, total=True)


def _minutes(value: int | None) -> str:
    return "" if value is None else f"{value} min"


def _taken(what: str) -> tuple[Column[Taken], ...]:
    return (
        Column("name", what, lambda each: each.name, 220, floor=120),
        _count("Receipts", lambda each: each.count),
        money_column("total", "Taken", lambda each: each.total, 110, total=True),
    )


DAYS: tuple[Column[TakenOn], ...] = (
    Column("on", "Day", lambda each: each.on, 130, shown=lambda each: formats.weekday(each.on)),
    _count("Receipts", lambda each: each.count),
    money_column("desks", "At desks", lambda each: each.desks, 100, total=True),
    money_column("telephone", "By telephone", lambda each: each.telephone, 110, total=True),
)
_CHANNELS: tuple[Column[CodeReceived], ...] = (
    Column("name", "How it came", lambda each: each.name, 220, floor=120),
    Column("code", "Code", lambda each: each.code, 60),
    _count("Lines", lambda each: each.count),
    signed_column("total", "On accounts", lambda each: each.total, 120, total=True),
)
_ACCOUNTS: tuple[Column[AccountPaid], ...] = (
    Column("reference", "Account", lambda each: each.reference, 110, firm=True),
    Column("name", "Name", lambda each: each.name, 220, floor=130, shorter=lambda each: shorter_names(each.name)),
    _count("Receipts", lambda each: each.count),
    money_column("total", "Taken", lambda each: each.total, 110, total=True),
)
_BACK: tuple[Column[TakenBack], ...] = (
    Column("number", "Receipt", lambda each: each.number, 110, firm=True),
    Column("on", "On", lambda each: each.on, 100, shown=lambda each: formats.day(each.on)),
    Column("state", "What", lambda each: _STATES[each.state], 90),
    Column("how", "Paid by", lambda each: each.how, 140, floor=90, least=1),
    money_column("amount", "Amount", lambda each: each.amount, 100, total=True),
    Column("why", "Why", lambda each: each.why, 200, floor=110),
    Column("by", "By", lambda each: each.by, 130, floor=90, least=1),
)
_WAITS: tuple[Column[Waited], ...] = (
    Column("reason", "Came for", lambda each: each.reason, 240, floor=140),
    _count("Came or called", lambda each: each.count, 110),
    Column(
        "left",
        "Left again",
        lambda each: each.left,
        84,
        right=True,
        holds=Holds.NUMBER,
        total=True,
    ),
    Column(
        "average", "Average wait", lambda each: each.average, 100, shown=lambda each: _minutes(each.average), right=True
    ),
    Column("longest", "Longest", lambda each: each.longest, 90, shown=lambda each: _minutes(each.longest), right=True),
)


class FiguresSection(FiguresPage):
    """Figures.

    Signals:
        record_opened(Subject, int): an account or a receipt.
    """

    record_opened = Signal(object, int)

    def __init__(self, today: Callable[[], date]) -> None:
        series = (Series("At desks", "brand"), Series("By telephone", "good"))
        chart = ChartCard(_TITLE, BarChart(_TITLE, series), DAYS, "Nothing was taken in this time.")
        super().__init__(
            "Figures of the reception",
            "reception_payments",
            today,
            days=28,
            sums=_SUMS,
            chart=chart,
            heading="Figures",
        )
        nothing = "Nothing was taken in this time."
        self._add("Channels", _CHANNELS, "name", "Nothing came in in this time.")
        for title, what in (("Ways to pay", "Paid by"), ("Desks", "Desk"), ("Officers", "Taken by"), ("Hours", "Hour")):
            self._add(title, _taken(what), "name", nothing)
        accounts = self._add("Accounts", _ACCOUNTS, "name", nothing)
        back = self._add("Taken back", _BACK, "why", "Nothing was taken back in this time.")
        self._add("Waiting", _WAITS, "reason", "Nobody came or called in this time.")
        accounts.opened.connect(lambda each: self.record_opened.emit(Subject.ACCOUNT, each.account_id))
        back.opened.connect(lambda each: self.record_opened.emit(Subject.RECEIPT, each.receipt_id))

    def show_report(self, found: ReceptionFigures) -> None:
        """Show the figures."""
        sums = (
            f"{found.count:,}",
            str(found.total),
            str(found.taken_back),
            _minutes(found.average_wait) or "none",
        )
        tables = (
            found.channels,
            found.ways,
            found.desks,
            found.officers,
            found.hours,
            found.accounts,
            found.undone,
            found.waits,
        )
        said = "By the day that a payment counts as paid; without voids"
        self.show_figures((found.from_on, found.to_on), said, sums, tables)
        self.chart.show_figures(found.days, [_bar(each) for each in reversed(found.days)], "")

    def _add(self, title: str, columns: tuple[Column[Any], ...], stretch: str, empty: str) -> DataTable:
        model: ListModel[Any] = ListModel(columns)
        table = DataTable(f"{title}, figures of the reception", model, stretch=stretch, empty=empty)
        self.add_table(title, table, model)
        return table


def _bar(each: TakenOn) -> Bar:
    words = f"{formats.weekday(each.on)}: {each.desks} at desks, {each.telephone} by telephone"
    return Bar(f"{each.on.day} {formats.month(each.on)}", _pounds(each.desks, each.telephone), words)


def _pounds(*amounts: Money) -> tuple[float, ...]:
    return tuple(each.pence / 100 for each in amounts)
