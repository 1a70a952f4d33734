"""Scenes of recharges: a rechargeable repair, court costs, a credit note, the price list."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

from app.models.values import Money
from app.services.adjustments.register.dto import RegisterFilter, What
from app.shots.stage import Scene, Stage
from app.views.adjustments.court_costs import CourtCostsSheet
from app.views.adjustments.credit_note import CreditNoteSheet
from app.views.adjustments.invoiced import InvoiceSheet
from app.views.adjustments.recharge import RechargeSheet
from app.views.common.begin_work import BeginWork

S = TypeVar("S", bound=InvoiceSheet)


def _begun(stage: Stage, work: str, sheet: type[S]) -> S:
    """A sheet over the first account."""
    accounts = stage.controller("rent")
    accounts.look_for("")
    stage.wait(lambda: accounts.header is not None)
    stage.controller("adjustments").show_only(BeginWork(accounts.header.account_id, work))
    return stage.fresh(sheet)


def _recharge(stage: Stage) -> QWidget:
    sheet = _begun(stage, "recharging", RechargeSheet)
    sheet.fields.fill({"item": "lock_change", "job": "R104233", "terms": Money(10_00)})
    sheet.fields.fill({"terms_from_on": sheet.asked.today, "notify_id": sheet.asked.officers[0][0]})
    stage.wait(lambda: any(each.group == "Told" for each in sheet.effects.effects))
    return sheet


def _costs(stage: Stage) -> QWidget:
    sheet = _begun(stage, "court_costs", CourtCostsSheet)
    sheet.fields.fill({"claim": "K0PP1234", "order_on": sheet.asked.today, "for": "claim"})
    sheet.fields.fill({"paid_on": sheet.asked.today, "fixed": Money(69_50)})
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _listed(stage: Stage) -> QWidget:
    """The register with its invoices and credit notes alone, the first of them shown."""
    page = stage.controller("adjustments").page
    page.card.parts.tabs.setCurrentIndex(0)
    page.show_only(RegisterFilter(whats=frozenset({What.RECHARGE})))
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    stage.wait(lambda: any("CR" in each.text() for each in page.list.foot.all))
    return stage.window


def _credit(stage: Stage) -> QWidget:
    """A credit note over an invoice of which something is left."""
    _listed(stage)
    page = stage.controller("adjustments").page
    action = next(action for work, action in page.works.items() if work.title == "Credit note")
    for at in range(page.list.model.rowCount()):
        page.list.table.go_to(at)
        stage.settle()
        if action.isEnabled():
            break
    action.trigger()
    sheet = stage.fresh(CreditNoteSheet)
    sheet.fields.fill({"net": Money(20_00), "reason": "The window was cracked before they moved in"})
    stage.wait(lambda: "£20.00 of" in sheet.effects.text())
    return sheet


def _prices(stage: Stage) -> QWidget:
    stage.controller("adjustments").page.sections.open("price_list")
    stage.settle()
    return stage.window


SCENES = (
    Scene("recharge", _recharge),
    Scene("court-costs", _costs),
    Scene("recharges", _listed),
    Scene("credit-note", _credit),
    Scene("price-list", _prices),
)
