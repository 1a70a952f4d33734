"""Scenes of receiving and of meters, over made-up ones."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import Money, ReceiptKind
from app.services.purchase_orders.invoices.dto import MeterRow, MonthUse, ReadingRow
from app.services.purchase_orders.receipts.dto import (
    AccrualRow,
    Accruals,
    CodeTotal,
    FormLine,
    ReceiptForm,
    ReceiptRow,
    ReceivedLine,
)
from app.shots.stage import Scene, Stage
from app.views.common.fields_pickers import Picked
from app.views.purchase_orders.meter_sheets import MeterSheet
from app.views.purchase_orders.receiving_accruals import AccrualsSheet
from app.views.purchase_orders.receiving_sheets import CorrectSheet, ReceiveSheet, ReturnSheet

_TODAY: Final = date(2026, 11, 21)
_LINES: Final = (
    FormLine(1, 1, "Radiator valves", "each", 20_00_000, 10_000, 0, 4_000, 0, 6_000, 6_000),
    FormLine(2, 2, "Circulation pumps", "each", 42_50_000, 4_000, 0, 0, 0, 4_000, 5_000),
)
_FORM: Final = ReceiptForm(7, 3, "PO00007", "Boiler parts", "Sample Heating Supplies Ltd", _LINES, _TODAY)


def _receipt(number: int, kind: ReceiptKind, quantity: int, **other: Any) -> ReceiptRow:
    line = ReceivedLine(1, 1, "Radiator valves", "each", quantity, Money(quantity * 2))
    known: dict[str, Any] = {
        "delivery_note": "",
        "reason": "",
        "corrects": "",
        "corrected_by": (),
        "stands": quantity,
    } | other
    on = date(2026, 11, 15 + number)
    return ReceiptRow(
        number, f"GR{number:05}", kind, 7, "PO00007", "Sample Heating Supplies Ltd", on, "Test Officer",
        known["delivery_note"], known["reason"], known["corrects"], known["corrected_by"], None, (line,), ((1, known["stands"]),),
    )  # fmt: skip


_RECEIPTS: Final = (
    _receipt(2, ReceiptKind.CORRECTED, -1_000, corrects="GR00001", reason="Counted again"),
    _receipt(1, ReceiptKind.RECEIVED, 5_000, delivery_note="DN 771", corrected_by=("GR00002",), stands=4_000),
)


def _page(stage: Stage) -> Any:
    page = stage.controller("purchase_orders").section("receiving").page
    stage.settle()
    return page


def _receiving(stage: Stage) -> QWidget:
    page = _page(stage)
    page.show_order(_FORM, _RECEIPTS)
    page.table.go_to(1)
    return stage.window


def _receive(stage: Stage) -> QWidget:
    sheet = ReceiveSheet(_page(stage), _FORM, lambda: _TODAY)
    sheet.open()
    sheet.fields.fill({"line1": 12_000, "line2": 5_000})
    return stage.fresh(ReceiveSheet)


def _back(stage: Stage) -> QWidget:
    ReturnSheet(_page(stage), _FORM, lambda: _TODAY).open()
    return stage.fresh(ReturnSheet)


def _correct(stage: Stage) -> QWidget:
    CorrectSheet(_page(stage), _FORM, _RECEIPTS[1]).open()
    return stage.fresh(CorrectSheet)


def _accruals(stage: Stage) -> QWidget:
    sheet = AccrualsSheet(_page(stage), lambda: _TODAY)
    code = ("HR100 4120", "Responsive repairs")
    owed = AccrualRow(
        1, 1, *code, 7, "PO00007", "Sample Heating Supplies Ltd", "Radiator valves", Money(80_00), date(2026, 11, 16), 5
    )
    total = CodeTotal(1, *code, 1, Money(80_00))
    sheet.show_accruals(Accruals(_TODAY, (owed,), (total,), (("Up to 30 days", Money(80_00)),), Money(80_00)))
    sheet.open()
    return stage.fresh(AccrualsSheet)


_METER: Final = MeterRow(
    1, 1, 5, "Sample Power plc", "A-100200", "1200012345678", "Electricity", "Sample House, landlord's supply", None,
    "HR200 4310", date(2020, 4, 1), True, date(2026, 10, 31), True, 14_250_000, Money(3_990_00),
)  # fmt: skip


def _reading(at: int, *faults: str) -> ReadingRow:
    on = date(2026, at, 1), date(2026, at, 30)
    return ReadingRow(
        at,
        1,
        _METER.meter,
        _METER.site,
        *on,
        None,
        None,
        1_500_000,
        bool(faults),
        Money(420_00),
        faults,
        at,
        f"IN{at:05}",
    )


def _meters_page(stage: Stage) -> Any:
    page = stage.controller("purchase_orders").section("meters").page
    stage.settle()
    return page


def _meters(stage: Stage) -> QWidget:
    page = _meters_page(stage)
    months = tuple(
        MonthUse(
            date(2025 + (10 + at) // 12, (10 + at) % 12 + 1, 1),
            (900 + 120 * abs(6 - at)) * 1_000,
            (980 + 100 * abs(6 - at)) * 1_000,
            estimated=at == 11,
        )
        for at in range(12)
    )
    page.show_found((_METER,))
    stage.settle()
    page.show_meter(_METER, months, (_reading(10, "Estimated for the third time running."), _reading(9)))
    return stage.window


def _meter(stage: Stage) -> QWidget:
    centres, codes = [Picked(1, "HR200", "Communal services")], [Picked(1, "4310", "Electricity")]
    page = _meters_page(stage)
    supplier = Picked(5, "Sample Power plc", "S00005")
    MeterSheet(page, lambda: _TODAY, lambda _text, then: then([]), centres, codes, _METER, supplier).open()
    return stage.fresh(MeterSheet)


SCENES = (
    Scene("purchase-receiving", _receiving),
    Scene("purchase-receive", _receive),
    Scene("purchase-send-back", _back),
    Scene("purchase-put-right", _correct),
    Scene("purchase-accruals", _accruals),
    Scene("purchase-meters", _meters),
    Scene("purchase-meter", _meter),
)
