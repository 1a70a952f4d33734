"""Scenes of the sections of the tab that are short lists, and of the sheets that they open."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from app.services.adjustments.credits.dto import Proposal
from app.shots.stage import Scene, Stage
from app.views.adjustments.attempts import AttemptsSheet
from app.views.adjustments.controller.credit_letter import CreditLetterSheet
from app.views.adjustments.kinds import KindSheet, ReasonSheet
from app.views.adjustments.price_list import PriceSheet
from app.views.adjustments.write_off_reasons import WriteOffReasonSheet
from app.views.adjustments.writing_on import WriteOnSheet
from app.views.common.dialogs import Sheet

S = TypeVar("S", bound=Sheet)


def _section(key: str, stage: Stage) -> QWidget:
    stage.controller("adjustments").section(key)
    stage.settle()
    return stage.window


def _acted(key: str, does: str, kind: type[S], stage: Stage) -> S:
    """The sheet of an action of a section, on its first line."""
    page = stage.controller("adjustments").section(key).page
    stage.settle()
    next(action for action in page.actions() if action.text() == does).trigger()
    stage.settle()
    return stage.fresh(kind)


def _letter(stage: Stage) -> QWidget:
    """A letter to whoever a credit belongs to who lives there still, with its page."""
    page = stage.controller("adjustments").section("credits").page
    stage.settle()
    page.table.go_to(next(at for at, row in enumerate(page.model.rows) if not row.former and row.refund_id is None))
    sheet = _acted("credits", "Write to them", CreditLetterSheet, stage)
    stage.wait(sheet.confirm_action.isEnabled)
    return sheet


def _write_on(stage: Stage) -> QWidget:
    """Credits put forward to be written on: some of the landlord's, as if they were over six years old."""
    credits_ = stage.controller("adjustments").section("credits").page
    page = stage.controller("adjustments").section("written_on").page
    stage.settle()
    rows = [
        replace(row, since=row.since.replace(year=row.since.year - 7), unclaimed=row.credit)
        for row in credits_.model.rows
    ]
    tried = [replace(row, tried="Letter, 3 Mar 2026: came back") for row in rows[:6]]
    lacking = {
        row.reference: "Policy asks for 2 attempts to give it back, 28 days apart and unanswered: 1 counts."
        for row in rows[6:12]
    }
    sheet = WriteOnSheet(page, Proposal(tuple(tried), lacking))
    sheet.open()
    stage.settle()
    return sheet


SCENES = (
    Scene("adjustments-kinds", partial(_section, "kinds")),
    Scene("adjustments-kind", partial(_acted, "kinds", "Change", KindSheet)),
    Scene("adjustments-reasons", partial(_section, "reasons")),
    Scene("adjustments-reason", partial(_acted, "reasons", "Change", ReasonSheet)),
    Scene("write-offs-reasons", partial(_section, "write_off_reasons")),
    Scene("write-offs-reason", partial(_acted, "write_off_reasons", "Change", WriteOffReasonSheet)),
    Scene("write-offs-reason-new", partial(_acted, "write_off_reasons", "New", WriteOffReasonSheet)),
    Scene("price-list-line", partial(_acted, "price_list", "Change", PriceSheet)),
    Scene("refunds-attempts", partial(_acted, "credits", "What was tried", AttemptsSheet)),
    Scene("refunds-letter", _letter),
    Scene("refunds-written-on", partial(_section, "written_on")),
    Scene("refunds-write-on", _write_on),
)
