"""Scenes of the schedules of Direct Debit: the sum on a mandate's card, its sheets, the collections, and notice in bulk."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values import Frequency, MandateState, Money
from app.services.direct_debits.mandates.dto import MandateFilter
from app.services.direct_debits.schedules.dto import Difference, Rehearsal
from app.shots.stage import Scene, Stage
from app.views.common.dialogs import Sheet
from app.views.direct_debits.collection_sheets import AddSheet, AgainSheet, CollectionSheet, TermsSheet
from app.views.direct_debits.notices import NoticeSheet, TellSheet
from app.views.direct_debits.page import DirectDebitsPage
from app.views.direct_debits.recalculation import RecalculateSheet

_LIVE = MandateFilter(states=frozenset({MandateState.LIVE}))


def _page(stage: Stage) -> DirectDebitsPage:
    page: DirectDebitsPage = stage.controller("direct_debits").page
    page.show_only(_LIVE)
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    return page


def _part(stage: Stage, *, title: str) -> QWidget:
    """A tab of the card of a live mandate."""
    page = _page(stage)
    tabs = page.card.parts.tabs
    at = next(at for at in range(tabs.count()) if tabs.tabText(at).startswith(title))
    tabs.setCurrentIndex(at)
    stage.settle()
    stage.reveal(page.card.parts)
    return stage.window


def _work(stage: Stage, title: str, kind: type[Sheet]) -> Any:
    page = _page(stage)
    next(action for work, action in page.works.items() if work.title == title).trigger()
    return stage.fresh(kind)


def _change(stage: Stage) -> QWidget:
    sheet: CollectionSheet = _work(stage, "Skip, move or change a collection", CollectionSheet)
    sheet.fields.fill({"act": "change", "amount": Money(120_00), "reason": "The payer asked for it by telephone"})
    stage.settle()
    return sheet


def _add(stage: Stage) -> QWidget:
    sheet: QWidget = _work(stage, "Add a collection", AddSheet)
    stage.settle()
    return sheet


def _terms(stage: Stage) -> QWidget:
    sheet: TermsSheet = _work(stage, "Day and frequency", TermsSheet)
    sheet.fields.fill({"frequency": Frequency.MONTHLY, "day": 15})
    stage.wait(lambda: "monthly" in sheet.sum.text().split("\n", 1)[0])
    return sheet


def _again(stage: Stage) -> QWidget:
    sheet: QWidget = _work(stage, "Recalculate", AgainSheet)
    stage.settle()
    return sheet


def _tell(stage: Stage) -> QWidget:
    sheet: QWidget = _work(stage, "Told on the telephone", TellSheet)
    stage.settle()
    return sheet


def _collections(stage: Stage) -> QWidget:
    page: Any = stage.controller("direct_debits").section("collections").page
    stage.settle()
    stage.wait(lambda: page.list.foot.in_words().count("£") > 0)
    return stage.window


def _give(stage: Stage) -> QWidget:
    page: Any = stage.controller("direct_debits").section("collections").page
    stage.settle()
    page.notice_wanted.emit()
    sheet = stage.fresh(NoticeSheet)
    stage.settle()
    return sheet


def _recalculate(stage: Stage) -> QWidget:
    page: Any = stage.controller("direct_debits").section("collections").page
    stage.settle()
    page.recalculation_wanted.emit()
    sheet = stage.fresh(RecalculateSheet)
    stage.settle()
    sheet.show_rehearsal(_REHEARSED)
    return sheet


def _different(number: int, name: str, pence: tuple[int, int], reason: str, **more: Any) -> Difference:
    was, now = pence
    return Difference(
        mandate_id=number,
        account_id=number,
        reference=f"TESTFORD{number:06}",
        account=f"7000{number:04}",
        name=name,
        was=Money(was),
        now=Money(now),
        first=Money(now),
        count=4,
        next_on=date(2027, 1, 4),
        forecast=Money(0),
        reasons=(reason,),
        **more,
    )


_REHEARSED = Rehearsal(
    3_912,
    (
        _different(14, "Ms Alex Sample", (412_50, 330_18), "Housing Benefit of £19.02 a week begins.", told=True),
        _different(22, "Mr Sam Placeholder", (441_67, 495_40), "The Direct Debit of 2 Nov came back.", told=True),
        _different(37, "Ms Jo and Mr Kim Madeup", (398_00, 417_10), "Rent from £91.84 to £96.25.", told=True),
        _different(41, "Mx Robin Specimen", (120_00, 61_20), "Breathing space since 9 Nov: no arrears.", told=False),
        _different(52, "Mr Pat Example", (88_10, 90_00), "£7.60 more is owed.", told=False),
        _different(58, "Dr Sky Pretend", (75_00, 80_00), "", told=False, refused="You declared it: a colleague's."),
    ),
    ("TESTFORD000071", "TESTFORD000084"),
)


SCENES = (
    Scene("direct-debits-schedule", partial(_part, title="Schedule")),
    Scene("direct-debits-notices", partial(_part, title="Notices")),
    Scene("direct-debits-versions", partial(_part, title="Versions")),
    Scene("direct-debits-change", _change),
    Scene("direct-debits-add", _add),
    Scene("direct-debits-terms", _terms),
    Scene("direct-debits-again", _again),
    Scene("direct-debits-tell", _tell),
    Scene("direct-debits-collections", _collections),
    Scene("direct-debits-give-notice", _give),
    Scene("direct-debits-recalculate", _recalculate),
)
