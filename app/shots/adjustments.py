"""Scenes of the Adjustments tab: the register, the entry screen, a line of the ledger put right."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, Money
from app.services.adjustments.register.dto import EVERYTHING, RegisterFilter, View, What
from app.services.adjustments.register.dto import Stage as Stage_
from app.services.adjustments.reports.dto import Figures, MonthFigures, Report
from app.services.core.calendars import months_after
from app.shots.stage import Scene, Stage
from app.views.adjustments.back import BackSheet
from app.views.adjustments.entry import EntrySheet
from app.views.adjustments.fix import FixSheet
from app.views.common.fields_pickers import Picked


def _listed(stage: Stage, wanted: RegisterFilter = EVERYTHING) -> QWidget:
    page = stage.controller("adjustments").page
    page.card.parts.tabs.setCurrentIndex(0)
    page.show_only(wanted)
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    return stage.window


def _history(stage: Stage) -> QWidget:
    _listed(stage)
    stage.controller("adjustments").page.card.parts.tabs.setCurrentIndex(1)
    stage.settle()
    return stage.window


def _account(stage: Stage) -> Any:
    """An account, on its ledger; the Accounts page."""
    accounts = stage.controller("rent")
    accounts.look_for("")
    stage.wait(lambda: accounts.header is not None)
    stage.settle()
    return accounts.page


def _enter(stage: Stage) -> QWidget:
    """F4 on an account: a credit that looks like nothing before."""
    _account(stage)
    stage.press(Qt.Key.Key_F4)
    sheet = stage.fresh(EntrySheet)
    sheet.fields.fill({"kind": "credit", "amount": Money(25_00), "narrative": "Charged twice for a lock"})
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _finder(stage: Stage) -> Any:
    """The accounts that are listed."""
    accounts: Any = stage.program.controllers["rent"]
    return accounts.page.finder.model


def _transfer(stage: Stage) -> QWidget:
    _account(stage)
    stage.press(Qt.Key.Key_F4)
    sheet = stage.fresh(EntrySheet)
    model = _finder(stage)
    rows = (model.row_at(at) for at in range(model.rowCount()))
    other = next(row for row in rows if row.account_id != sheet.fields.values()["account_id"])
    picked = Picked(other.account_id, other.name, f"Account {other.reference}")
    sheet.fields.fill({"kind": "transfer", "other_account_id": picked, "amount": Money(40_00)})
    stage.wait(lambda: len(sheet.effects.effects) > 1)
    return sheet


def _fix(stage: Stage) -> QWidget:
    """Shift+F4 on a line of the ledger."""
    page = _account(stage)
    page.account.ledger.table.setFocus()
    page.account.ledger.table.go_to(0)
    stage.settle()
    stage.press(Qt.Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    sheet = stage.fresh(FixSheet)
    stage.press(Qt.Key.Key_R)
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _reverse(stage: Stage) -> QWidget:
    """Ctrl+Shift+R on what was posted."""
    _listed(stage, RegisterFilter(whats=frozenset({What.ADJUSTMENT}), stages=frozenset({Stage_.DONE})))
    page = stage.controller("adjustments").page
    next(action for work, action in page.works.items() if work.title == "Reverse").trigger()
    return stage.sheet(BackSheet)


def _reports(stage: Stage) -> QWidget:
    page = stage.controller("adjustments").page
    page.sections.open("reports")
    stage.settle()
    shown = stage.controller("adjustments").section("reports").page
    shown.show_report(_figures(*shown.span))
    stage.settle()
    return stage.window


def _figures(from_on: date, to_on: date) -> Report:
    """A year of an office with some hundred adjustments."""
    months = [months_after(from_on.replace(day=1), at) for at in range(13)]
    paid = (3, 5, 2, 7, 4, 6, 5, 9, 3, 4, 6, 8, 2)
    lost = (0, 12, 0, 0, 31, 0, 8, 0, 0, 22, 0, 14, 0)
    charted = [
        MonthFigures(on, Money(back * 86_40), Money(gone * 104_15))
        for on, back, gone in zip(months, paid, lost, strict=True)
    ]
    refunds, gone = (sum((getattr(each, name) for each in charted), ZERO) for name in ("refunds", "write_offs"))
    kinds = (
        Figures("Write-off", 61, credit=gone, what=What.WRITE_OFF),
        Figures("Refund", 64, debit=refunds, what=What.REFUND),
        Figures("Backdated rent change", 212, Money(1_904_20), Money(4_377_86), "recalculation"),
        Figures("Rechargeable repair", 37, Money(3_118_40), what=What.RECHARGE),
        Figures("Transfer between accounts", 48, Money(5_260_00), Money(5_260_00), "transfer"),
        Figures("Credit correction", 93, credit=Money(2_871_15), key="credit"),
    )
    reasons = (Figures("Charged wrongly", 140, Money(904_20), Money(3_377_86)), Figures("Posted twice", 31))
    officers = (Figures("Demo Rents Officer", 377, Money(9_000_00), Money(12_000_00), officer_id=2),)
    by_month = tuple(
        Figures(f"{on:%b %Y}", 12 + at, Money(at * 90_00), Money(at * 71_20)) for at, on in enumerate(months)
    )
    every = sum(kinds, Figures("Everything"))
    return Report(from_on, to_on, every, kinds, reasons, officers, by_month[::-1], tuple(charted), 9)


SCENES = (
    Scene("adjustments", _listed),
    Scene("adjustments-mine", partial(_listed, wanted=RegisterFilter(view=View.MINE))),
    Scene("adjustments-history", _history),
    Scene("adjustments-enter", _enter),
    Scene("adjustments-transfer", _transfer),
    Scene("adjustments-fix", _fix),
    Scene("adjustments-reverse", _reverse),
    Scene("adjustments-reports", _reports),
)
