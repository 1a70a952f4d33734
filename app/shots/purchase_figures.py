"""Scenes of the figures of purchasing, over made-up ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import Money, SupplierRunState
from app.services.purchase_orders.figures.dto import (
    Bound,
    Compliance,
    EndingContract,
    MonthPaid,
    OverdueOrder,
    Paid,
    PurchaseFigures,
    Spend,
)
from app.services.purchase_orders.payments.dto import PaidRow
from app.shots.purchase_payments import NAMES, PAY_ON, late
from app.shots.stage import Scene, Stage


def _paid(at: int) -> Paid:
    count = 38 + at * 3 % 17
    late, later = 3 + at % 4, at % 3
    return Paid(
        count, Money(4_120_000 + at * 311_000), count * (19 + at % 6), count - late - later, late, later, count - later
    )


def _halves() -> tuple[Compliance, ...]:
    spans = (
        (date(2026, 10, 1), date(2027, 3, 31), date(2026, 11, 22)),
        (date(2026, 4, 1), date(2026, 9, 30), date(2026, 9, 30)),
        (date(2025, 10, 1), date(2026, 3, 31), date(2026, 3, 31)),
    )
    return tuple(
        Compliance(*span, _paid(at) + _paid(at + 1), 4 - at, Money(312_000 - at * 90_000))
        for at, span in enumerate(spans)
    )


def _bound() -> tuple[Bound, ...]:
    names = ("Responsive repairs, Materials", "Planned maintenance, Roofs", "Estates, Cleaning")
    return tuple(
        Bound(
            at,
            f"HR{100 + at * 10} 41{20 + at}",
            name,
            Money(12_000_000),
            Money(2_400_000 * (at + 1)),
            Money(310_000),
            Money(5_118_050 + at * 900_000),
        )
        for at, name in enumerate(names)
    )


def _contracts() -> tuple[EndingContract, ...]:
    ends, ended = date(2026, 12, 31), date(2026, 11, 14)
    return (
        EndingContract(1, 1, NAMES[0], "HRA/2026/3", "Servicing of boilers", ends, 39, Money(18_000_000)),
        EndingContract(2, 2, NAMES[2], "HRA/2024/9", "Cleaning of blocks", ended, -8, Money(6_400_000)),
    )


def _payments() -> tuple[PaidRow, ...]:
    return tuple(
        PaidRow(
            at,
            13 - at,
            f"PR{13 - at:05}",
            SupplierRunState.PAID,
            at,
            NAMES[at],
            PAY_ON - timedelta(days=at * 7),
            Money(84_000 + at * 99_900),
            f"PR{13 - at:05}-001",
            at + 1,
            "",
            None,
            at % 2 == 0,
        )
        for at in range(6)
    )


def _figures() -> PurchaseFigures:
    months = tuple(MonthPaid(date(2026 - (at > 10), (11 - at - 1) % 12 + 1, 1), _paid(at)) for at in range(12))
    names = (*NAMES, *(f"Specimen Supplier {at}" for at in range(8)))
    spend = tuple(Spend(at + 1, at, name, 14 - at, Money(9_412_300 // (at + 1))) for at, name in enumerate(names))
    wanted = date(2026, 11, 6)
    overdue = (OverdueOrder(1, "PO00031", "Roof renewal, Sample Close", NAMES[1], wanted, 16, Money(980_000)),)
    span = (date(2025, 11, 23), date(2026, 11, 22))
    paid = sum((each.paid for each in months), Paid())
    return PurchaseFigures(
        span[1], *span, paid, months, _halves(), spend, _bound(), _contracts(), overdue, late(), _payments()
    )


def _figures_at(part: int) -> Any:
    def show(stage: Stage) -> QWidget:
        page = stage.controller("purchase_orders").section("figures").page
        stage.settle()
        page.show_report(_figures())
        page.parts.open_part(part)
        stage.settle()
        return stage.window

    return show


SCENES = (
    Scene("purchase-figures", _figures_at(0)),
    Scene("purchase-figures-suppliers", _figures_at(1)),
    Scene("purchase-figures-codes", _figures_at(2)),
    Scene("purchase-figures-paid", _figures_at(3)),
    Scene("purchase-figures-owed", _figures_at(4)),
)
