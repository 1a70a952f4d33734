"""The scenes of the finance system: a month held against it, and its sheets, over made-up transactions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import FinanceFileKind, FinanceLineState, Money, ReconciliationState, Subject
from app.services.imports.dto import Mistake
from app.services.purchase_orders.finance.handing.dto import FileRow, ItemRow, ToHand
from app.services.purchase_orders.finance.transactions.dto import (
    CodeSums,
    FinanceReport,
    Held,
    LoadCheck,
    Ours,
    Pair,
    ReconciliationRow,
    Theirs,
    TransactionFile,
)
from app.shots.stage import Scene, Stage
from app.views.purchase_orders.finance_sheets import FileSheet, HandSheet, LoadSheet, PrepareSheet, SettleSheet

_FROM: Final = date(2026, 10, 26)
_TO: Final = date(2026, 11, 22)
_CODES: Final = ("HR100 4120", "HR100 4130", "HR210 4120", "HR300 5100")
_SUPPLIERS: Final = ("Sample Heating Services Limited", "Madeup Roofing Limited", "Specimen Paints Limited")
_ON: Final = date(2026, 11, 5)


def _ours(at: int, pence: int) -> Ours:
    number = f"IN{400 + at:05}"
    which = at % 4
    supplier = _SUPPLIERS[at % 3]
    return Ours(Subject.SUPPLIER_INVOICE, at, number, (number,), supplier, which, _CODES[which], _ON, Money(pence))


def _theirs(at: int, pence: int, explained: str = "") -> Theirs:
    state = FinanceLineState.EXPLAINED if explained else FinanceLineState.OPEN
    which = at % 4
    text = "Payment to supplier"
    return Theirs(
        at, 1, _ON, _CODES[which], which, f"AP{7_000 + at}", _SUPPLIERS[at % 3], text, Money(pence), state, None, None,
        explained, "ledger-november.csv", at + 2,
    )  # fmt: skip


def _held() -> Held:
    matched = tuple(Pair(_theirs(at, 31_250 + at * 4_110), _ours(at, 31_250 + at * 4_110)) for at in range(14))
    differs = (Pair(_theirs(20, 82_00), _ours(20, 80_00)), Pair(_theirs(21, 1_199_00), _ours(21, 1_200_00)))
    alone = (_ours(30, 45_000), _ours(31, 12_999))
    others = (_theirs(40, 999), _theirs(41, 7_500, "Finance's own charge for the bank, of the first half"))
    sums = []
    for at, code in enumerate(_CODES):
        ours = Money(900_000 - at * 170_000)
        more = Money((200, -100, 0, 0)[at])
        only = Money((45_000, 0, 0, 12_999)[at])
        other, explained = Money((999, 7_500, 0, 0)[at]), Money((0, 7_500, 0, 0)[at])
        sums.append(CodeSums(code, ours, ours - only + more + other, ours - only, only, other, more, explained))
    total = CodeSums(
        "", Money(2_580_000), Money(2_530_600), Money(2_522_001), Money(57_999), Money(8_499), Money(100), Money(7_500)
    )
    return Held(_FROM, _TO, tuple(sums), total, matched, differs, alone, others, _signed(ReconciliationState.PREPARED))


def _signed(state: ReconciliationState) -> ReconciliationRow:
    signed = state is ReconciliationState.SIGNED
    return ReconciliationRow(
        1, _FROM, _TO, state, Money(2_580_000), Money(2_530_600), Money(2_522_001), Money(57_999), Money(8_499), Money(100),
        "Two amounts are with finance", "Officer One", date(2026, 11, 20), "Officer Two" if signed else "",
        date(2026, 11, 21) if signed else None,
    )  # fmt: skip


def _file(number: int, kind: FinanceFileKind, name: str, answered: int = 0, rejected: int = 0) -> FileRow:
    at = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
    return FileRow(number, number, kind, name, 12, Money(0), "Officer One", at, answered, rejected)


def _report() -> FinanceReport:
    files = (
        _file(5, FinanceFileKind.TRANSACTIONS, "ledger-november.csv"),
        _file(4, FinanceFileKind.REPLIES, "replies-18.csv"),
        _file(3, FinanceFileKind.REQUISITIONS, "requisitions-00003.csv", 12, 2),
    )
    waits = (
        ToHand(FinanceFileKind.SUPPLIERS, 1),
        ToHand(FinanceFileKind.REQUISITIONS, 4),
        ToHand(FinanceFileKind.RECEIPTS, 0),
    )
    return FinanceReport(_held(), (_signed(ReconciliationState.PREPARED),), files, waits)


def _page(stage: Stage) -> Any:
    page = stage.controller("purchase_orders").section("finance").page
    stage.settle()
    page.show_report(_report())
    stage.settle()
    return page


def _shown(stage: Stage, tab: int) -> QWidget:
    _page(stage).parts.open_part(tab)
    stage.settle()
    return stage.window


def _opened(stage: Stage, sheet: Any) -> QWidget:
    sheet.open()
    stage.settle()
    made: QWidget = sheet
    return made


def _settling(stage: Stage) -> QWidget:
    held = _held()
    return _opened(stage, SettleSheet(_page(stage), held.differs[0].theirs, held.ours_only, held.differs[0]))


def _loading(stage: Stage, *mistakes: Mistake) -> QWidget:
    file = TransactionFile("ledger-december.csv", "", (), (), (), Money(1_204_511))
    found = LoadCheck(212, 18, Money(1_204_511), {"ZZ900 4999": 3}, mistakes)
    return _opened(stage, LoadSheet(_page(stage), file, found))


def _handing(stage: Stage) -> QWidget:
    layouts = [(FinanceFileKind.REQUISITIONS, "requisitions_standard", "Requisitions, as shipped")]
    return _opened(stage, HandSheet(_page(stage), _report().to_hand, layouts))


def _items(stage: Stage) -> QWidget:
    on = date(2026, 11, 19)
    items = (
        ItemRow(
            Subject.PURCHASE_ORDER,
            1,
            "PO00031",
            "Roof renewal, Sample Close",
            "Supplier is not set up",
            on,
            rejected=True,
        ),
        ItemRow(Subject.PURCHASE_ORDER, 2, "PO00032", "Boiler servicing", "45001", on, rejected=False),
        ItemRow(Subject.PURCHASE_ORDER, 3, "PO00033", "Estate cleaning", "", None, rejected=False),
    )
    return _opened(stage, FileSheet(_page(stage), _report().files[2], items))


_WRONG: Final = Mistake(14, "code", "It has no code.", "Both halves are needed: the cost centre and the subjective.")
SCENES = (
    Scene("purchase-finance", lambda stage: _shown(stage, 0)),
    Scene("purchase-finance-differs", lambda stage: _shown(stage, 1)),
    Scene("purchase-finance-theirs", lambda stage: _shown(stage, 3)),
    Scene("purchase-finance-files", lambda stage: _shown(stage, 6)),
    Scene("purchase-finance-settle", _settling),
    Scene("purchase-finance-load", _loading),
    Scene("purchase-finance-load-wrong", lambda stage: _loading(stage, _WRONG)),
    Scene("purchase-finance-prepare", lambda stage: _opened(stage, PrepareSheet(_page(stage), _held()))),
    Scene("purchase-finance-hand", _handing),
    Scene("purchase-finance-file", _items),
)
