"""The dialogs of tasks: writing one, opening one, handing over, putting off, and saying why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.diary.dto import Holder, HowAsked, Priority, StepRow, TaskAction, TaskDetail, TaskState
from app.services.workbench.rules.typed_dates import Toward
from app.views.common import formats
from app.views.common.boxes import VBox
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.flow import FlowLayout
from app.views.common.parts import button, column, label, pill, row, scrolled
from app.views.common.record_form import FormSheet
from app.views.common.tabbed_card import TabbedCard
from app.views.common.task_columns import due_in_words, due_tone
from app.views.common.theme import scaled

Today = Callable[[], date]
Choices = list[tuple[str, object]]
_ACTIONS = {
    TaskAction.MADE: "Made",
    TaskAction.CHANGED: "Changed",
    TaskAction.HANDED_OVER: "Handed over",
    TaskAction.SNOOZED: "Put off",
    TaskAction.DONE: "Done",
    TaskAction.REOPENED: "Opened again",
    TaskAction.CANCELLED: "Cancelled",
}
_PRIORITIES: Choices = [("High", 1), ("Normal", 2), ("Low", 3)]
_HOW: Choices = [(formats.words(each.value).replace("Email", "E-mail"), each.value) for each in HowAsked]


def holder_choices(holders: Sequence[Holder], *, nobody: bool = False) -> Choices:
    """Officers and teams to choose from; one who is away says until when."""
    found: Choices = [("Whoever takes it", "")] if nobody else []
    for each in holders:
        away = f" (away until {formats.day(each.away_until)})" if each.away_until else ""
        code = f"officer:{each.officer_id}" if each.officer_id is not None else f"team:{each.team_id}"
        found.append((f"{each.name}{away}" if each.officer_id is not None else f"Team: {each.name}", code))
    return found


class TaskSheet(FormSheet):
    """Writing a task: what, by when, for whom, who asked."""

    def __init__(self, parent: QWidget, today: Today, holders: Sequence[Holder], *, new: bool, about: str = "") -> None:
        note = f"About {about[:1].lower()}{about[1:]}" if about else ""
        super().__init__(parent, "New task" if new else "Change the task", save="Save", note=note)
        add = self.record.add
        add("title", "&What is to be done", LineField(200))
        add("due_on", "&Due", DateField(today, Toward.COMING, required=True), "Such as fri, +5 or 12/5")
        if new:
            add("holder", "&For", ChoiceField(holder_choices(holders, nobody=True)))
        add("priority", "&Priority", ChoiceField(_PRIORITIES))
        add("details", "D&etails", AreaField(height=72))
        add("remind_on", "&Remind on", DateField(today, Toward.COMING), "It stays out of the list until then")
        add("requester", "&Asked by", LineField(120), "A colleague in another team, if one asked")
        add("requester_team", "Their &team", LineField(120))
        add("how", "&How they asked", ChoiceField(_HOW))
        add("answer_by", "Answer wanted &by", DateField(today, Toward.COMING))
        self.setMinimumWidth(scaled(560))


class OpenTaskSheet(Sheet):
    """A task as it stands, with its trail; here it is finished, or opened again.

    Signals:
        finish_wanted(outcome, evidence), edit_wanted, hand_over_wanted, later_wanted, cancel_wanted, reopen_wanted,
        record_wanted: what the officer wants done with it.
    """

    finish_wanted = Signal(str, str)
    edit_wanted = Signal()
    hand_over_wanted = Signal()
    later_wanted = Signal()
    cancel_wanted = Signal()
    reopen_wanted = Signal()
    record_wanted = Signal()

    def __init__(self, parent: QWidget, found: TaskDetail, *, may_change: bool) -> None:
        open_ = found.row.state is TaskState.OPEN and may_change
        super().__init__(parent, found.row.title, primary="Done" if open_ else "", close="Close")
        self.detail = found
        self.about = (Subject.TASK, found.row.task_id)
        self.body.addLayout(self._pills())
        for words in self._facts():
            self.body.addWidget(label(words, "muted", wrap=True))
        if found.details:
            self.body.addWidget(label(found.details, wrap=True, selectable=True))
        self._buttons(open_=open_, may_change=may_change)
        if open_:
            self._finishing()
        elif found.outcome or found.evidence:
            self.body.addWidget(label(found.outcome or "Done without a word.", wrap=True, selectable=True))
            if found.evidence:
                self.body.addWidget(label(f"Evidence: {found.evidence}", "muted", wrap=True, selectable=True))
        self.parts = TabbedCard("Parts of the task")
        self.parts.add_part("What happened so far", _trail(found.trail))
        self.body.addWidget(self.parts, 1)
        self.setMinimumWidth(scaled(620))
        self.resize(scaled(720), scaled(680))

    def add_documents(self, panel: QWidget) -> int:
        """Put its documents beside its trail; returns the place of the part, for `parts.count_part`."""
        return self.parts.add_part("Documents", panel)

    def _pills(self) -> FlowLayout:
        task, flow = self.detail.row, FlowLayout()
        if task.state is not TaskState.OPEN:
            flow.addWidget(pill(formats.words(task.state), "good" if task.state is TaskState.DONE else ""))
        else:
            flow.addWidget(pill(due_in_words(task.due_on, task.working_days), due_tone(task.working_days, task.state)))
        flow.addWidget(
            pill(f"With {task.holder}" if task.holder else "With nobody yet", "" if task.holder else "warning")
        )
        if task.priority is Priority.HIGH:
            flow.addWidget(pill("High priority", "warning"))
        return flow

    def _facts(self) -> list[str]:
        task, asked = self.detail.row, self.detail.requester
        facts = [task.about] if task.about else []
        if asked:
            how = formats.words(asked.how.value).lower().replace("email", "e-mail")
            by = f"; answer wanted by {formats.day(asked.answer_by)}" if asked.answer_by else ""
            facts.append(f"Asked by {task.requester}, {how}{by}")
        if task.remind_on:
            facts.append(f"Put off until {formats.day(task.remind_on)}")
        return facts

    def _finishing(self) -> None:
        proof, wanted = self.detail.proof, self.detail.row.evidence_wanted
        if proof is not None:
            tone = "good" if proof.holds else "bad"
            self.body.addWidget(label(proof.words, wrap=True, tone=tone))
        form = self.form()
        self._outcome = AreaField(height=60, placeholder="What came of it")
        form.add("outcome", "&Outcome", self._outcome)
        self._evidence = LineField(400, placeholder="Where it is kept")
        if wanted:
            form.add("evidence", "&Evidence", self._evidence, f"Wanted: {wanted[:1].lower()}{wanted[1:]}")
        self.confirmed.connect(lambda: self.finish_wanted.emit(self._outcome.value(), self._evidence.value()))

    def _buttons(self, *, open_: bool, may_change: bool) -> None:
        flow = FlowLayout()
        wanted: list[tuple[str, SignalInstance]] = []
        if self.detail.row.subject is not None:
            wanted.append(("Go to the &record", self.record_wanted))
        if open_:
            wanted += [("Chan&ge", self.edit_wanted), ("&Hand over", self.hand_over_wanted)]
            wanted += [("&Later", self.later_wanted), ("Ca&ncel task", self.cancel_wanted)]
        elif may_change:
            wanted.append(("Open &again", self.reopen_wanted))
        for words, signal in wanted:
            made = button(words)
            made.clicked.connect(signal)
            flow.addWidget(made)
        self.body.addLayout(flow)


class HandOverSheet(Sheet):
    """Who gets it, and a word why."""

    def __init__(self, parent: QWidget, titles: Sequence[str], holders: Sequence[Holder]) -> None:
        title = "Hand the task over" if len(titles) == 1 else f"Hand {len(titles)} tasks over"
        super().__init__(parent, title, primary="Hand over", note=titles[0] if len(titles) == 1 else "")
        self.to = ChoiceField([("", ""), *holder_choices(holders)])
        self.why = LineField(400, placeholder="Whoever gets it reads this first")
        form = self.fields = self.form()
        form.add("holder", "&To", self.to)
        form.add("why", "&Why", self.why)
        self.setMinimumWidth(scaled(460))

    def holder(self) -> tuple[int | None, int | None]:
        """The officer or the team that was chosen; one of the two."""
        kind, _, number = str(self.to.value() or "").partition(":")
        return (int(number) if kind == "officer" else None), (int(number) if kind == "team" else None)


class LaterSheet(Sheet):
    """Until when."""

    def __init__(self, parent: QWidget, count: int, today: Today, suggested: date) -> None:
        super().__init__(
            parent,
            "Put the task off" if count == 1 else f"Put {count} tasks off",
            primary="Put off",
            note="It leaves your list until that day, and stays due when it is.",
        )
        self.until = DateField(today, Toward.COMING, required=True)
        self.until.set_value(suggested)
        self.form().add("until", "&Until", self.until, "Such as tomorrow, mon or +3")
        self.setMinimumWidth(scaled(420))


class WhySheet(Sheet):
    """A reason, for cancelling or opening again."""

    def __init__(self, parent: QWidget, title: str, primary: str, asks: str) -> None:
        super().__init__(parent, title, primary=primary, close="Go back")
        self.why = LineField(400)
        self.form().add("why", asks, self.why)
        self.setMinimumWidth(scaled(460))


def _trail(steps: tuple[StepRow, ...]) -> QWidget:
    inside = QWidget()
    inside.setObjectName("canvas")
    lines = VBox()
    lines.setSpacing(scaled(6))
    for step in reversed(steps):
        to = f" {'for' if step.action is TaskAction.MADE else 'to'} {step.to}" if step.to else ""
        lines.addLayout(
            row(
                label(f"{_ACTIONS[step.action]}{to}", "strong"),
                None,
                label(f"{step.officer}, {formats.moment(step.at)}", "muted"),
            )
        )
        if step.words:
            lines.addWidget(label(step.words, wrap=True, selectable=True))
    body = column(inside, lines, None)
    body.setContentsMargins(scaled(14), scaled(6), scaled(14), scaled(6))
    return scrolled(inside)
