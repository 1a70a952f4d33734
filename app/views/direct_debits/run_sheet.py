"""A run as it is asked for: its kind and day from the calendar, what is left out first, what goes, and the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import DebitRunKind, LeftOut
from app.services.direct_debits.figures.dto import FileRecord, PlannedDay
from app.services.direct_debits.runs.dto import AskRun, RunPreview, RunQuestion
from app.views.common import formats
from app.views.common.fields import ChoiceField
from app.views.common.parts import Card, action_button, column, label
from app.views.common.rooms import Pane, Panes
from app.views.common.run_asking import RunAsking
from app.views.direct_debits.run_days import RunDays
from app.views.direct_debits.run_preview import RunPreviewParts

_MOST_DAYS: Final = 5
_KINDS: Final[list[tuple[str, object]]] = [
    ("Collections", DebitRunKind.COLLECTION),
    ("Lodgement of instructions (AUDDIS)", DebitRunKind.LODGEMENT),
]
_DAYS: Final[list[tuple[str, object]]] = [
    ("One", 1),
    *((f"{days}, one after the other", days) for days in range(2, _MOST_DAYS + 1)),
]
_NO_TOTAL: Final = frozenset({DebitRunKind.LODGEMENT})


class DebitRunAsking(RunAsking):
    """A new run.

    Signals:
        looked_for(RunQuestion): show what a run would take.
        mandate_opened(int): a mandate that is left out, or goes.
    """

    looked_for = Signal(object)
    mandate_opened = Signal(int)

    def __init__(self) -> None:
        super().__init__("New run", "debit-run", "records", "Declared &count")
        self.preview: RunPreview | None = None
        self.days = RunDays()
        self._said = label("", wrap=True)
        self._warned = label("", "muted", wrap=True, tone="warning")
        self.parts = RunPreviewParts()
        self._fields()
        self.open_action = self.act("Open the mandate", "Ctrl+O", self._open_chosen)
        self._arrange()
        self.days.day_chosen.connect(self._follow_day)
        self.days.day_opened.connect(lambda _day: self.declared.field("declared_count").setFocus())
        self.parts.mandate_opened.connect(self.mandate_opened)

    # What is asked

    @property
    def question(self) -> RunQuestion | None:
        """What is looked for; None where no file can be processed on the day."""
        day, values = self.days.day, self.form.values()
        if day is None or day.why_not:
            return None
        kind = DebitRunKind(values["kind"])
        return RunQuestion(kind, day.on, 1 if kind in _NO_TOTAL else values["days"])

    def command(self) -> AskRun | None:
        """What is asked for; None where there is no such day, or something isn't declared."""
        question, values = self.question, self.declared.values()
        if question is None or values["declared_count"] is None or values["declared_total"] is None:
            return None
        return AskRun(
            kind=question.kind,
            processing_on=question.processing_on,
            declared_count=values["declared_count"],
            declared_total=values["declared_total"],
            entry_key=self.key,
            note=values["note"],
            days=question.days,
        )

    # What is shown

    def begin(self, kind: DebitRunKind) -> None:
        """Begin a run of this kind: nothing is declared yet."""
        self.begin_anew()
        self.form.fill({"kind": kind, "days": 1})
        self.days.begin(lodges=kind in _NO_TOTAL)
        self._follow_kind()
        self.say_nothing("")
        self.days.setFocus()

    def show_days(self, days: Sequence[PlannedDay]) -> None:
        """Show the calendar, and look for what would go on its day."""
        self.days.show_days(days)
        self._follow_day()

    def show_preview(self, found: RunPreview, records: Sequence[FileRecord] = ()) -> None:
        """Show what the run would take, and its file."""
        self.preview = found
        self.parts.show_preview(found, records)
        self.come_to.setText(_come_to(found))
        warned = _warned(found)
        self._warned.setText(warned)
        self._warned.setVisible(bool(warned))

    def say_nothing(self, words: str) -> None:
        """There is nothing to show: say why."""
        self.preview = None
        self.parts.clear()
        self.come_to.setText(words)
        self._warned.setVisible(False)

    # The pieces

    def _fields(self) -> None:
        """What is asked about stands over the calendar; what is declared under what was looked at."""
        self._kind, self._how_many = ChoiceField(_KINDS), ChoiceField(_DAYS)
        self.form.add("kind", "&Run of", self._kind)
        self.form.add("days", "Processing &days", self._how_many)
        self._kind.changed.connect(self._follow_kind)
        self._kind.changed.connect(self._look)
        self._how_many.changed.connect(self._look)

    def _arrange(self) -> None:
        asked = Card()
        asked.column.addLayout(self.form)
        asked.column.addWidget(self._said)
        asked.column.addWidget(self.days, 1)
        shown = QWidget()
        shown.setObjectName("canvas")
        told = Card(spacing=2)
        told.column.addWidget(self.come_to)
        told.column.addWidget(self._warned)
        declared = Card()
        declared.column.addLayout(self.declared)
        column(shown, told, self.parts, declared, spacing=12).setStretch(1, 1)
        panes = Panes(Pane(asked, 470, 540, 560), Pane(shown, 480, 820, 560))
        self.arrange(panes, action_button(self.open_action, icon="bank"))
        self.setTabOrder(self.days, self._kind)

    # What the officer does

    def _follow_kind(self) -> None:
        """A lodgement is of one day, and its records are of nothing."""
        lodges = self._kind.value() in _NO_TOTAL
        self.form.setRowVisible(self.form.labels["days"], not lodges)
        self.declared.setRowVisible(self.declared.labels["declared_total"], not lodges)
        self.declared.retype({"declared_total": "0.00" if lodges else ""})
        self.days.lodges = lodges
        self._said.setText(self.days.said)

    def _follow_day(self, _day: object = None) -> None:
        self._said.setText(self.days.said)
        self._look()

    def _look(self) -> None:
        question = self.question
        if question is None:
            self.say_nothing("Choose a day on which Bacs can process the run." if self.days.day else "")
        else:
            self.looked_for.emit(question)

    def _open_chosen(self) -> None:
        if (mandate_id := self.parts.mandate_id) is not None:
            self.mandate_opened.emit(mandate_id)


def _come_to(found: RunPreview) -> str:
    if not found.lines:
        left = f" {formats.count(len(found.left_out), 'exception is', 'exceptions are')} to be looked at."
        return f"Nothing would go on that day.{left if found.left_out else ''}"
    noun = "instruction" if found.kind is DebitRunKind.LODGEMENT else "collection"
    total = "" if found.kind is DebitRunKind.LODGEMENT else f" of {found.total}"
    left = formats.count(len(found.left_out), "exception") if found.left_out else "no exception"
    return f"{formats.count(found.count, noun)}{total} would go; {left} to look at first."


def _warned(found: RunPreview) -> str:
    said = []
    if found.amended:
        said.append(f"{formats.count(found.amended, 'record')} with bank details that changed: marked in What goes.")
    dead = sum(each.reason is LeftOut.DECEASED for each in found.left_out)
    if dead:
        said.append(f"{formats.count(dead, 'payer or tenant', 'payers or tenants')} died: look at the tenancy.")
    if found.overdue:
        said.append(f"{formats.count(len(found.overdue), 'collection')} of earlier days never went.")
    return " ".join(said)
