"""Scenes of suppliers and budgets: the registers with their cards, a new supplier, bank details, a virement."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.shots.stage import Scene, Stage
from app.views.common.dialogs import Sheet
from app.views.purchase_orders.budget_card import CENTRES_AT
from app.views.purchase_orders.budget_sheets import CentreSheet, MoveSheet, YearSheet
from app.views.purchase_orders.supplier_bank import BankSheet
from app.views.purchase_orders.supplier_sheets import BlockSheet, NewContractSheet, NewSupplierSheet, SupplierSheet
from app.views.purchase_orders.suppliers import Act

_LIKE: Final = "Specimen Roofing"


def _section(stage: Stage, key: str) -> Any:
    desk = stage.controller("purchase_orders")
    desk.page.sections.open(key)
    stage.settle()
    section = desk.section(key)
    stage.settle()
    return section.page


def _suppliers(stage: Stage) -> Any:
    page = _section(stage, "suppliers")
    stage.wait(lambda: page.list.model.rowCount() > 0)
    page.list.table.go_to(0)
    stage.wait(lambda: page.detail is not None)
    return page


def _listed(stage: Stage) -> QWidget:
    _suppliers(stage)
    return stage.window


def _new(stage: Stage) -> QWidget:
    """One that may be there already."""
    _suppliers(stage).new_wanted.emit()
    sheet = stage.fresh(NewSupplierSheet)
    sheet.fields.fill({"name": _LIKE})
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _act(stage: Stage, act: Act, sheet: type[Sheet]) -> QWidget:
    _suppliers(stage).acts[act].trigger()
    return stage.fresh(sheet)


def _budgets(stage: Stage, part: int = 0) -> QWidget:
    page = _section(stage, "budgets")
    stage.wait(lambda: page.model.rowCount() > 0)
    page.card.parts.open_part(part)
    stage.settle()
    return stage.window


def _budget_sheet(stage: Stage, words: str, sheet: type[Sheet]) -> QWidget:
    _budgets(stage)
    page = _section(stage, "budgets")
    action: QAction = next(each for each in page.findChildren(QAction) if each.text() == words)
    action.trigger()
    return stage.fresh(sheet)


def _centre(stage: Stage) -> QWidget:
    page = _section(stage, "cost_centres")
    stage.wait(lambda: page.model.rowCount() > 0)
    page.opened.emit(page.model.rows[0])
    return stage.fresh(CentreSheet)


SCENES = (
    Scene("purchase-orders-suppliers", _listed),
    Scene("purchase-orders-supplier-new", _new),
    Scene("purchase-orders-supplier-change", partial(_act, act=Act.CHANGE, sheet=SupplierSheet)),
    Scene("purchase-orders-supplier-bank", partial(_act, act=Act.BANK, sheet=BankSheet)),
    Scene("purchase-orders-supplier-block", partial(_act, act=Act.BLOCK, sheet=BlockSheet)),
    Scene("purchase-orders-supplier-contract", partial(_act, act=Act.CONTRACT, sheet=NewContractSheet)),
    Scene("purchase-orders-budgets", _budgets),
    Scene("purchase-orders-budget-centres", partial(_budgets, part=CENTRES_AT)),
    Scene("purchase-orders-budget-virement", partial(_budget_sheet, words="Virement", sheet=MoveSheet)),
    Scene("purchase-orders-budget-year", partial(_budget_sheet, words="Next year", sheet=YearSheet)),
    Scene("purchase-orders-budget-codes", _centre),
)
