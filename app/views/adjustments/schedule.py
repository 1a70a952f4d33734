"""Schedules of write-offs: the columns of their list, and the sheets that make one and record a decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.models.values import WriteOffState
from app.services.adjustments.write_offs.dto import CasePart, Finding, NewAuthority, NewSchedule, ScheduleRow
from app.views.common import formats
from app.views.common.columns import Column, money_column
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.fields_dates import DateField
from app.views.common.theme import scaled

_TITLE, _MINUTE = 200, 100
_TONES = {WriteOffState.POSTED: "good", WriteOffState.APPROVED: "warning", WriteOffState.REFUSED: "bad"}
_STATES = {
    WriteOffState.DRAFT: "To submit",
    WriteOffState.WAITING: "Waits for approval",
    WriteOffState.APPROVED: "To post",
    WriteOffState.POSTED: "Posted",
    WriteOffState.REFUSED: "Refused",
    WriteOffState.WITHDRAWN: "Withdrawn",
}


def how_far(row: ScheduleRow) -> str:
    """How far it has come; what waits for a decision from outside says so."""
    if row.state is WriteOffState.DRAFT and not row.decided:
        return "Waits for a minute"
    return _STATES[row.state]


SCHEDULES: Sequence[Column[ScheduleRow]] = (
    Column("number", "No.", lambda row: row.number, 56, firm=True),
    Column("title", "Schedule", lambda row: row.title, 200, floor=120),
    Column("count", "Cases", lambda row: row.count, 64, right=True),
    money_column("amount", "Written off", lambda row: row.amount, 104, total=True),
    Column("authority", "Decided by", lambda row: row.authority, 290, floor=150),
    Column("minute", "Minute", lambda row: row.minute, 120, floor=90, least=2),
    Column("state", "State", how_far, 130, tone=lambda row: _TONES.get(row.state, ""), floor=96),
    Column("made_by", "Made by", lambda row: row.made_by, 150, floor=140, least=1),
    Column("approved_by", "Approved by", lambda row: row.approved_by, 150, floor=140, least=3),
    Column("posted_by", "Posted by", lambda row: row.posted_by, 150, floor=140, least=4),
    Column("journal", "Journal", lambda row: row.journal, 70, right=True, least=5),
)


def _met(row: Finding) -> str:
    return "" if row.met is None else ("Yes" if row.met else "No")


CONDITIONS: Sequence[Column[Finding]] = (
    Column("met", "Met", _met, 74, tone=lambda row: "bad" if row.met is False else "", firm=True),
    Column("what", "What", lambda row: row.what, 130, floor=90),
    Column("words", "Found", lambda row: row.words, 260),
)

PARTS: Sequence[Column[CasePart]] = (
    Column("reference", "Account", lambda row: row.reference, 100, floor=80),
    Column("due_on", "Fell due", lambda row: row.due_on, 100, firm=True),
    money_column("amount", "Owed", lambda row: row.amount, 92, total=True),
    Column("last_on", "Sue until", lambda row: row.last_on, 100, firm=True),
    Column("state", "", lambda row: "Out of time" if row.out_of_time else "", 96, tone=lambda _row: "warning"),
)

_ROOM: Final = (480, 270)
"""Of the sheet of a decision, in pixels at 100 per cent: with a line for what is wrong with its date."""


class ScheduleSheet(Sheet):
    """Cases are put on a schedule."""

    def __init__(self, parent: QWidget, case_ids: Sequence[int], today: date) -> None:
        note = f"{formats.count(len(case_ids), 'case')}, each looked at once more: what is not met keeps it a draft."
        super().__init__(parent, "Put on a schedule", primary="Make the schedule", close="Close", note=note)
        self._cases = tuple(case_ids)
        self._key = f"schedule:{uuid4().hex}"
        self.fields = self.form()
        self.fields.add("title", "&Title", LineField(_TITLE), "As whoever decides reads it")
        self.fields.fill({"title": f"Write-offs of {today:%B %Y}"})

    def command(self) -> NewSchedule:
        """What is asked for."""
        return NewSchedule(self._key, self.fields.values()["title"], self._cases)


class MinuteSheet(Sheet):
    """The decision of an authority outside Rentbook is recorded."""

    def __init__(self, parent: QWidget, row: ScheduleRow, today: date) -> None:
        note = f"{row.authority} decides on schedule {row.number}. Give them its PDF, and record their decision here."
        super().__init__(parent, "Record the decision", primary="Record it", close="Close", note=note)
        self._row = row
        self.fields = self.form()
        self.fields.add("minute", "&Minute", LineField(_MINUTE, placeholder="Such as: 45/2026"))
        self.fields.add("decided_on", "&Decided on", DateField(lambda: today, required=True))
        self.setMinimumSize(*(scaled(each) for each in _ROOM))

    def command(self) -> NewAuthority | None:
        """What is recorded; None while the day is missing."""
        values = self.fields.values()
        if values["decided_on"] is None:
            return None
        return NewAuthority(self._row.schedule_id, values["minute"], values["decided_on"], self._row.version)
