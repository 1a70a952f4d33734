"""The scene of what is published of spending, over made-up payments."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from app.models.values import Money
from app.services.purchase_orders.publishing.dto import (
    REDACTED,
    LeftOut,
    OrderPublished,
    PastPublication,
    Publication,
    PublicationKind,
    PublishingReport,
    SpendingRow,
)
from app.shots.stage import Scene, Stage

_FROM: Final = date(2026, 8, 24)
_TO: Final = date(2026, 11, 22)
_SUPPLIERS: Final = ("Sample Heating Services Limited", "Madeup Roofing Limited", REDACTED, "Specimen Cleaning Limited")
_DEPARTMENTS: Final = ("Responsive repairs", "Planned maintenance", "Estate services", "Sheltered housing")
_PURPOSES: Final = ("Boiler servicing", "Roof renewal", "Decoration allowance", "Block cleaning")
_LEAST: Final = Money(50_000)


def _spent(at: int) -> SpendingRow:
    which = at % len(_SUPPLIERS)
    return SpendingRow(
        on=_FROM + timedelta(days=at * 3),
        reference=f"IN{201 + at:05}",
        department=_DEPARTMENTS[which],
        beneficiary=_SUPPLIERS[which],
        purpose=_PURPOSES[which],
        code=f"41{which}0",
        amount=Money(61_250 + at * 48_217),
        vat=Money(0 if which else 12_250),
        category="Repairs and maintenance" if which < 2 else "Cleaning and grounds",
        redacted=_SUPPLIERS[which] == REDACTED,
    )


def _report() -> PublishingReport:
    spent = tuple(_spent(at) for at in range(28))
    out = (
        LeftOut("IN00198", date(2026, 9, 1), Money(41_999), "It is £500.00 or less."),
        LeftOut("IN00233", date(2026, 10, 14), Money(90_000), "Compensation to individuals."),
    )
    ordered = tuple(
        OrderPublished(
            f"PO{31 + at:05}",
            ("Roof renewal, Sample Close", "Boiler servicing 2026/27", "Estate cleaning")[at],
            _DEPARTMENTS[at],
            date(2026, 9, 7 + at),
            date(2027, 3, 31) if at else None,
            _SUPPLIERS[(1, 0, 3)[at]],
            Money(1_250_000 + at * 980_000),
            Money(0),
            ("3 quotations", "Contract HRA/2026/14", "3 quotations, waiver: no response")[at],
            redacted=False,
        )
        for at in range(3)
    )
    few = (LeftOut("PO00040", date(2026, 10, 2), Money(1_900_000), "It was cancelled."),)
    departments: dict[str, int] = {}
    for row in spent:
        departments[row.department] = departments.get(row.department, 0) + row.amount.pence
    most = sorted(departments.items(), key=lambda item: -item[1])
    days = date(2026, 4, 1), date(2026, 6, 30)
    past = PastPublication(
        1, PublicationKind.SPENDING, *days, 41, 6, Money(9_412_377), date(2026, 7, 15), "Officer One"
    )
    total = Money(sum(row.amount.pence for row in spent))
    redacted = sum(row.redacted for row in spent)
    spending = Publication(PublicationKind.SPENDING, _FROM, _TO, _LEAST, spent, out, total, redacted)
    sum_ordered = Money(sum(row.amount.pence for row in ordered))
    orders = Publication(PublicationKind.ORDERS, _FROM, _TO, Money(500_000), ordered, few, sum_ordered, 0)
    by_department = tuple((name, Money(pence)) for name, pence in most)
    return PublishingReport(_FROM, _TO, spending, orders, by_department, (past,))


def _publishing(stage: Stage) -> QWidget:
    page = stage.controller("purchase_orders").section("publishing").page
    stage.settle()
    page.show_report(_report())
    stage.settle()
    return stage.window


SCENES = (Scene("purchase-publishing", _publishing),)
