"""Scenes of answering post: acknowledging, answering, closing, linking, and letters that came back."""

from __future__ import annotations

import time
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.models.values import PostState, Subject
from app.services.post_log.answering.dto import AnswerBy
from app.services.post_log.register.dto import Linked, RegisterFilter, Way
from app.shots.stage import Scene, Stage
from app.views.common.dialogs import Sheet
from app.views.post_log.acknowledging import AcknowledgeSheet
from app.views.post_log.answering import AnswerSheet
from app.views.post_log.closing import CloseSheet, LinkSheet, MarkSheet, ReopenSheet
from app.views.post_log.returned import ReturnSheet
from app.views.rent.ending import EndingSheet
from app.views.rent.holds.case_sheet import CaseSheet
from app.views.rent.life_event import LifeEventSheet

_PAUSE: Final = 0.4
"""Seconds after which what is typed is shown."""
_LINKED: Final = (
    Linked(Subject.SUPPLIER_INVOICE, 1, "IN00012 Sample Grounds Ltd INV-2044", "Invoice  Approved  PO00031", own=False),
    Linked(Subject.PURCHASE_ORDER, 1, "Order PO00031", "Order  Open  Sample Grounds Ltd  Grass cutting"),
    Linked(Subject.SUPPLIER, 1, "S00007 Sample Grounds Ltd", "In use  Grounds maintenance  ZZ3 3AA"),
    Linked(Subject.POST_ITEM, 1, "Grass cutting in July", "2026/0003  Sample Grounds Ltd  Supplier invoice  closed"),
)
_SAID: Final = "Your balance is £12.50 in credit. You need not pay anything this week."


def _item(stage: Stage, category: str = "", state: PostState = PostState.OPEN) -> Any:
    """The page, with the first item of a category in this state beside its list."""
    page = stage.controller("post_log").page
    categories = frozenset({category} if category else ())
    page.show_only(RegisterFilter(ways=frozenset({Way.IN}), categories=categories, states=frozenset({state})))
    stage.settle()
    page.list.table.go_to(0)
    stage.settle()
    return page


def _do(stage: Stage, page: Any, title: str, kind: type[Sheet]) -> Sheet:
    """The sheet of a work."""
    work = next(each for each in page.works if each.title == title)
    page.work_wanted.emit(work)
    stage.settle()
    return stage.fresh(kind)


def _acknowledge(stage: Stage, *, many: bool) -> QWidget:
    page = _item(stage)
    if many:
        page.list.table.selectAll()
        stage.settle()
    return _do(stage, page, "Acknowledge", AcknowledgeSheet)


def _answer(stage: Stage, by: AnswerBy, category: str) -> QWidget:
    sheet = _do(stage, _item(stage, category), "Answer", AnswerSheet)
    assert isinstance(sheet, AnswerSheet)
    sheet.by.set_value(by)
    sheet.text.set_value(_SAID)
    sheet.outcome.set_value("Balance told")
    _rest(stage)
    return sheet


def _rest(stage: Stage) -> None:
    """Wait out the pause after typing, and what is asked then."""
    until = time.monotonic() + _PAUSE
    stage.wait(lambda: time.monotonic() > until)
    stage.settle()


def _sheet(title: str, kind: type[Sheet], state: PostState, stage: Stage) -> QWidget:
    return _do(stage, _item(stage, state=state), title, kind)


def _part(category: str, key: str, stage: Stage) -> QWidget:
    """A tab of the item's card."""
    page = _item(stage, category)
    page.card.parts.open_drawer(key)
    stage.reveal(page.card.parts)
    return stage.window


def _begin(category: str, kind: type[Sheet], stage: Stage) -> QWidget:
    page = _item(stage, category)
    work = next(each for each in page.works if each.title == "Begin its work")
    page.work_wanted.emit(work)
    stage.settle()
    return stage.fresh(kind)


def _came_back(stage: Stage) -> QWidget:
    """The sheet of an envelope that the post brought back; the demonstration of a few homes has none."""
    page = _item(stage, "returned")
    if page.detail is None:
        return stage.window
    return _do(stage, page, "Find the letter that came back", ReturnSheet)


def _returned(stage: Stage) -> QWidget:
    _item(stage, "returned")
    return stage.window


def _links(stage: Stage) -> QWidget:
    """What an invoice that came by post has become."""
    page = _item(stage, "invoice")
    page.card.links.show_rows(_LINKED)
    page.card.parts.open_part(2)
    stage.settle()
    return stage.window


SCENES: Final = (
    Scene("post-returned", _returned),
    Scene("post-came-back", _came_back),
    Scene("post-acknowledge", partial(_acknowledge, many=False)),
    Scene("post-acknowledge-many", partial(_acknowledge, many=True)),
    Scene("post-answer-letter", partial(_answer, by=AnswerBy.LETTER, category="change")),
    Scene("post-answer-text", partial(_answer, by=AnswerBy.TEXT, category="payment")),
    Scene("post-answer-call", partial(_answer, by=AnswerBy.CALL, category="notice")),
    Scene("post-close", partial(_sheet, "Close", CloseSheet, PostState.OPEN)),
    Scene("post-mark", partial(_sheet, "Note an acknowledgement", MarkSheet, PostState.OPEN)),
    Scene("post-reopen", partial(_sheet, "Open it again", ReopenSheet, PostState.CLOSED)),
    Scene("post-links", _links),
    Scene("post-link", partial(_sheet, "Link to a record", LinkSheet, PostState.OPEN)),
    Scene("post-documents", partial(_part, "payment", "papers")),
    Scene("post-notes", partial(_part, "payment", "notes")),
    Scene("post-begin-ending", partial(_begin, "notice", EndingSheet)),
    Scene("post-begin-death", partial(_begin, "death", LifeEventSheet)),
    Scene("post-begin-case", partial(_begin, "breathing_space", CaseSheet)),
)
