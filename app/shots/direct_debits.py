"""Scenes of the Direct Debits tab: the mandates, setting one up, other bank details, and the account's own part."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values import MandateState, MandateWay
from app.services.direct_debits.mandates.dto import EVERYTHING, MandateFilter
from app.services.direct_debits.mandates.importing.dto import FileRow, MandateFile
from app.shots.stage import Scene, Stage
from app.views.direct_debits.amend import AmendSheet
from app.views.direct_debits.change import ChangeSheet
from app.views.direct_debits.controller.importing import LoadedController
from app.views.direct_debits.importing import LoadSheet
from app.views.direct_debits.page import DirectDebitsPage
from app.views.direct_debits.set_up import SetUpSheet
from app.views.direct_debits.stopping import CancelSheet, SuspendSheet


def _page(stage: Stage, wanted: MandateFilter = EVERYTHING) -> DirectDebitsPage:
    page: DirectDebitsPage = stage.controller("direct_debits").page
    page.card.parts.tabs.setCurrentIndex(0)
    page.show_only(wanted)
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    return page


def _listed(stage: Stage, states: frozenset[MandateState] = frozenset()) -> QWidget:
    _page(stage, MandateFilter(states=states))
    return stage.window


def _work(stage: Stage, title: str, state: MandateState) -> None:
    page = _page(stage, MandateFilter(states=frozenset({state})))
    next(action for work, action in page.works.items() if work.title == title).trigger()


def _set_up(stage: Stage, *, way: MandateWay = MandateWay.TELEPHONE) -> QWidget:
    """F3 on the account of a suspended mandate: a call, with the account typed so far that the check speaks."""
    page = _page(stage, MandateFilter(states=frozenset({MandateState.SUSPENDED})))
    assert page.detail is not None
    accounts = stage.controller("rent")
    accounts.open_account(page.detail.row.account_id)
    stage.wait(lambda: accounts.header is not None)
    stage.settle()
    stage.press(Qt.Key.Key_F3)
    sheet = stage.fresh(SetUpSheet)
    ticked = dict.fromkeys(("holder_confirmed", "sole_authority", "identity_checked", "guarantee_read"), True)
    typed = {"way": way, "sort_code": "118765", "account_number": "64371389", "bank_name": "Example Bank"}
    sheet.fields.fill({**typed, **(ticked if way is MandateWay.TELEPHONE else {})})
    stage.wait(lambda: bool(sheet.effects.effects) and "fit" in sheet.bank.verdict.text())
    return sheet


def _amend(stage: Stage) -> QWidget:
    _work(stage, "Other bank details", MandateState.LIVE)
    sheet = stage.sheet(AmendSheet)
    sheet.fields.fill({"sort_code": "089999", "account_number": "66374959"})
    stage.wait(lambda: "fit" in sheet.bank.verdict.text())
    return sheet


def _cancel(stage: Stage) -> QWidget:
    _work(stage, "Cancel the mandate", MandateState.LIVE)
    return stage.sheet(CancelSheet)


def _change(stage: Stage) -> QWidget:
    _work(stage, "Change the payer or accounts", MandateState.LIVE)
    return stage.fresh(ChangeSheet)


def _suspend(stage: Stage) -> QWidget:
    _work(stage, "Suspend", MandateState.LIVE)
    return stage.sheet(SuspendSheet)


def _load(stage: Stage) -> QWidget:
    """A file of three rows: one is fit, one has a number that doesn't fit, one is for an account that has a mandate."""
    page, office = _page(stage, MandateFilter(states=frozenset({MandateState.LIVE}))), stage.program.office
    assert page.detail is not None
    assert office is not None
    paid = page.detail.row
    rows = (
        FileRow(2, paid.account, paid.payer, "089999", "66374958"),
        FileRow(3, paid.account, paid.payer, "089999", "66374959"),
        FileRow(4, "no such account", "A SAMPLE", "089999", "66374958"),
    )
    LoadedController(office, page, MandateFile("0" * 64, "mandates.xlsx", rows))
    sheet = stage.sheet(LoadSheet)
    sheet.fields.fill({"declared_count": 3})
    stage.wait(lambda: bool(sheet.mistakes.rows))
    return sheet


def _account(stage: Stage) -> QWidget:
    """The part of the account's card: Ctrl+Shift+J."""
    page = _page(stage, MandateFilter(states=frozenset({MandateState.LIVE})))
    assert page.detail is not None
    accounts = stage.controller("rent")
    accounts.open_account(page.detail.row.account_id)
    stage.settle()
    stage.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    stage.settle()
    return stage.window


SCENES = (
    Scene("direct-debits", _listed),
    Scene("direct-debits-live", partial(_listed, states=frozenset({MandateState.LIVE}))),
    Scene("direct-debits-amended", partial(_listed, states=frozenset({MandateState.AMENDED}))),
    Scene("direct-debits-set-up", _set_up),
    Scene("direct-debits-paper", partial(_set_up, way=MandateWay.PAPER)),
    Scene("direct-debits-amend", _amend),
    Scene("direct-debits-cancel", _cancel),
    Scene("direct-debits-change-mandate", _change),
    Scene("direct-debits-suspend", _suspend),
    Scene("direct-debits-load", _load),
    Scene("direct-debits-account", _account),
)
