"""What was tried to give a credit back: the list of it, and the sheets that note an attempt and what came of one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import AttemptOutcome, AttemptWay
from app.services.adjustments.credits.dto import (
    OUTCOMES,
    WAYS,
    AccountAttempts,
    Answered,
    AttemptRow,
    NewAttempt,
)
from app.services.workbench.rules.typed_dates import Toward
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField
from app.views.common.fields_dates import DateField
from app.views.common.parts import action_button, label
from app.views.common.theme import scaled

_WIDE, _HIGH, _NOTE = 880, 520, 400
_EMPTY: Final = "Nothing was tried yet. Write to them, or note what you tried another way."
_OUTCOMES: Final = [(words, outcome) for outcome, words in OUTCOMES.items()]
_WAYS: Final = [(words, way) for way, words in WAYS.items() if way is not AttemptWay.CAME_BACK]
"""A refund that came back is noted by itself."""
_TONES: Final = {
    AttemptOutcome.WAITING: "warning",
    AttemptOutcome.RETURNED: "bad",
    AttemptOutcome.CLAIMED: "good",
}


def _what(row: AttemptRow) -> str:
    shown = f"{WAYS[row.way]}: {row.letter}" if row.letter else WAYS[row.way]
    return shown if row.stands else f"{shown} (not sent)"


ATTEMPTS: Sequence[Column[AttemptRow]] = (
    Column("tried_on", "When", lambda row: row.tried_on, 96, firm=True),
    Column("way", "What was tried", _what, 200, floor=150),
    Column(
        "outcome",
        "What came of it",
        lambda row: OUTCOMES[row.outcome],
        150,
        tone=lambda row: _TONES.get(row.outcome, ""),
    ),
    Column("by", "By", lambda row: row.by, 140, floor=130, least=1),
    Column("note", "Note", lambda row: row.note, 220),
)


class AttemptsSheet(Sheet):
    """Everything that was tried to give the credit of one account back.

    Signals:
        answering(AttemptRow): say what came of the chosen one.
        writing: write to them.
    """

    answering = Signal(object)
    writing = Signal()

    def __init__(self, parent: QWidget, found: AccountAttempts) -> None:
        super().__init__(parent, "What was tried", primary="Note an attempt", close="Close")
        self.model: ListModel[AttemptRow] = ListModel(ATTEMPTS)
        self.table = DataTable("What was tried", self.model, stretch="note", empty=_EMPTY)
        self._about = label("", wrap=True)
        self._missing = label("", "strong", wrap=True)
        self._answer = self._action("What came of it", "F2", self._ask_answer)
        self._write = self._action("Write to them", "Ctrl+L", self.writing.emit)
        for shown in (self._about, self.table, self._missing):
            self.body.addWidget(shown, 1 if shown is self.table else 0)
        for action, icon in ((self._answer, "comment-check-outline"), (self._write, "email-outline")):
            self.left_buttons.addWidget(action_button(action, icon=icon))
        self.table.chosen.connect(lambda row: self._answer.setEnabled(row is not None))
        self.table.opened.connect(self.answering)
        self.begin_at(self.table)
        self.resize(scaled(_WIDE), scaled(_HIGH))
        self.show_attempts(found)

    def show_attempts(self, found: AccountAttempts) -> None:
        """Show them as they are now."""
        self.found = found
        since = f" since {formats.day(found.since)}" if found.since is not None else ""
        self._about.setText(
            f"Account {found.reference}, {found.name}, {found.credit} in credit{since}. Attempts that count for a write-on: "
            f"{found.counted:,} of {found.needed:,}."
        )
        self._missing.setText(found.missing or "Nothing is missing for a write-on.")
        self.model.show_rows(found.rows)
        self._answer.setEnabled(bool(found.rows))
        if found.rows:
            self.table.go_to(0)
        self.set_busy(busy=False)

    def _ask_answer(self) -> None:
        row = self.table.row()
        if row is not None:
            self.answering.emit(row)

    def _action(self, words: str, keys: str, does: Callable[[], object]) -> QAction:
        made = QAction(words, self)
        made.setShortcut(QKeySequence(keys))
        made.triggered.connect(lambda _on=False: does())
        self.addAction(made)
        return made


class AttemptSheet(Sheet):
    """An attempt is noted, or why none could be made."""

    def __init__(self, parent: QWidget, account_id: int, today: date) -> None:
        super().__init__(parent, "Note an attempt", primary="Note it")
        self._account_id = account_id
        self._key = f"attempt:{uuid4().hex}"
        self.fields = fields = self.form()
        fields.add("way", "&What was tried", ChoiceField(_WAYS))
        fields.add("tried_on", "W&hen", DateField(lambda: today, Toward.PAST, required=True))
        fields.add("outcome", "What &came of it", ChoiceField(_OUTCOMES))
        fields.add("note", "&Note", AreaField(_NOTE, height=64), "Whom, where, and what was said")
        fields.fill({"tried_on": today})
        self.setMinimumWidth(scaled(520))

    def command(self) -> NewAttempt | None:
        """What is noted; None while the day is missing."""
        values = self.fields.values()
        if values["tried_on"] is None:
            return None
        return NewAttempt(
            self._key, self._account_id, values["way"], values["tried_on"], values["note"], values["outcome"]
        )


class AnswerSheet(Sheet):
    """What came of an attempt."""

    def __init__(self, parent: QWidget, row: AttemptRow) -> None:
        note = f"{_what(row)}, {formats.day(row.tried_on)}"
        super().__init__(parent, "What came of it", primary="Save", note=note)
        self._row = row
        self.fields = fields = self.form()
        fields.add("outcome", "What &came of it", ChoiceField(_OUTCOMES))
        fields.add("note", "&Note", AreaField(_NOTE, height=64))
        fields.fill({"outcome": row.outcome, "note": row.note})
        self.setMinimumWidth(scaled(520))

    def command(self) -> Answered:
        """What is noted."""
        values = self.fields.values()
        return Answered(self._row.attempt_id, self._row.version, values["outcome"], values["note"])
