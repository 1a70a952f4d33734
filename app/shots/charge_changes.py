"""Scenes of setting a charge, of rent notices, and of bulk changes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.models.values import AccountKind, Tenure
from app.services.rent.listed_dto import AccountFilter
from app.shots.stage import Scene, Stage
from app.views.common.effects import WorkSheet
from app.views.rent.changes.page import ChangesPage
from app.views.rent.changes.sheets import ApplySheet, NoticeSheet, RuleSheet
from app.views.rent.charging import ChargeSheet, PropertyChargeSheet, RentNoticeSheet
from app.views.rent.works import WORKS

_HOMES = AccountFilter(kinds=frozenset({AccountKind.RENT}), tenures=frozenset({Tenure.SECURE}), live=True, text="0")


def _home(stage: Stage) -> None:
    """A secure tenant's account."""
    accounts = stage.controller("rent")
    accounts.page.sections.open("")
    accounts.show_only(_HOMES)
    stage.settle()


def _work(stage: Stage, key: str, kind: type[WorkSheet]) -> WorkSheet:
    """The sheet of a work done to a home; what another picture left half typed is thrown away."""
    _home(stage)
    stage.controller("rent").page.work_wanted.emit(next(work for work in WORKS if work.key == key))
    stage.settle()
    return stage.fresh(kind)


def _charge(stage: Stage) -> QWidget:
    return _work(stage, "set_charge", ChargeSheet)


def _past(stage: Stage) -> QWidget:
    """A rent that was too low since August: the weeks charged, the limit, the notice."""
    sheet = _work(stage, "set_charge", ChargeSheet)
    assert isinstance(sheet, ChargeSheet)
    sheet.fields.retype({"weekly": "180.00", "from_on": "31/8/2026", "reason": "Keyed wrongly in August"})
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _notice(stage: Stage) -> QWidget:
    return _work(stage, "rent_notice", RentNoticeSheet)


def _property(stage: Stage) -> QWidget:
    sheet = _work(stage, "property_charge", PropertyChargeSheet)
    assert isinstance(sheet, PropertyChargeSheet)
    sheet.fields.retype({"weekly": "124.10"})
    stage.wait(lambda: bool(sheet.effects.effects))
    return sheet


def _changes(stage: Stage) -> ChangesPage:
    """The register with the rent review that the demonstration rehearsed."""
    page: ChangesPage = stage.controller("rent").section("bulk_changes").page
    stage.wait(lambda: page.detail is not None)
    return page


def _bulk(stage: Stage) -> QWidget:
    _changes(stage)
    return stage.window


def _rule(stage: Stage) -> QWidget:
    _changes(stage).rule_wanted.emit()
    return stage.sheet(RuleSheet)


def _give(stage: Stage) -> QWidget:
    page = _changes(stage)
    page.notice_wanted.emit(page.detail)
    return stage.sheet(NoticeSheet)


def _apply(stage: Stage) -> QWidget:
    page = _changes(stage)
    page.apply_wanted.emit(page.detail)
    return stage.sheet(ApplySheet)


SCENES = (
    Scene("rent-charge", _charge),
    Scene("rent-charge-past", _past),
    Scene("rent-charge-notice", _notice),
    Scene("rent-charge-property", _property),
    Scene("rent-bulk", _bulk),
    Scene("rent-bulk-rule", _rule),
    Scene("rent-bulk-notice", _give),
    Scene("rent-bulk-apply", _apply),
)
