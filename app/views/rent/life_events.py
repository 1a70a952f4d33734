"""The register of life events: each with its checklist beside it, ticked off as it is seen to."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSplitter, QWidget

from app.models.values import LifeEvent
from app.services.tenancies.life_events.dto import Checklist, Choice, EventRow, StepRow
from app.services.tenancies.life_events.rules import WORDS
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.page import Page
from app.views.common.parts import Card, action_button, column, filter_button, label, row
from app.views.common.short_names import shorter_names
from app.views.common.table_foot import ListFoot
from app.views.common.theme import scaled

_DECIDED: Final = {
    Choice.STOP: "Stopped",
    Choice.MOVE: "Passed on",
    Choice.KEEP: "Kept",
    Choice.DO: "Done",
    Choice.LATER: "Later",
}
_SHORT: Final = {
    LifeEvent.DEATH: (),
    LifeEvent.MOVE: (),
    LifeEvent.HOSPITAL: ("Hospital",),
    LifeEvent.PRISON: ("Prison",),
    LifeEvent.ABANDONMENT: ("Left",),
    LifeEvent.EVICTION: (),
    LifeEvent.RIGHT_TO_BUY: ("Right to Buy", "Bought"),
}
"""What happened, where there is little room."""
_NOBODY: Final = (
    "Nothing waits. What happens to a tenant is noted on their account: Ctrl+J, then Something happened to a tenant."
)


def _left(event: EventRow) -> str:
    return f"{event.open_steps} of {event.steps}" if event.open_steps else "none"


def _outcome(step: StepRow) -> str:
    return step.outcome if step.done else f"Waits{f', due {formats.day(step.due_on)}' if step.due_on else ''}"


def _seen_to(step: StepRow) -> str:
    return f"{formats.day(step.done_at.date())}, {step.done_by}" if step.done_at else ""


EVENTS: tuple[Column[EventRow], ...] = (
    Column("name", "Whose", lambda event: event.name, 170, floor=150, shorter=lambda event: shorter_names(event.name)),
    Column("kind", "What", lambda event: WORDS[event.kind], 130, floor=90, shorter=lambda event: _SHORT[event.kind]),
    Column("on", "On", lambda event: event.happened_on, 96, least=1),
    Column("left", "Still to do", _left, 84, firm=True, tone=lambda event: "" if event.open_steps else "good"),
    Column("due", "Next due", lambda event: event.next_due_on, 96, least=2),
    Column("reference", "Account", lambda event: event.reference, 104, least=3, firm=True),
    Column("by", "Noted by", lambda event: event.made_by, 120, least=4),
)
STEPS: tuple[Column[StepRow], ...] = (
    Column("what", "What it touches", lambda step: step.what, 340, floor=290),
    Column("reference", "Account", lambda step: step.reference, 104, least=2, firm=True),
    Column("choice", "Decided", lambda step: _DECIDED[step.choice], 84, firm=True),
    Column(
        "outcome",
        "What came of it",
        _outcome,
        230,
        tone=lambda step: "" if step.done else "warning",
        floor=130,
    ),
    Column("done", "Seen to", _seen_to, 160, floor=150, least=1),
)


class LifeEventsPage(Page):
    """Life events and their checklists.

    Signals:
        filter_changed(bool): only those with something left to do, or all.
        event_wanted(int): show the checklist of this one.
        tick_wanted(StepRow): it has been seen to.
        account_wanted(int): open this account.

    Keys: Ctrl+Enter tick off, Ctrl+O open the account.
    """

    filter_changed = Signal(bool)
    event_wanted = Signal(int)
    tick_wanted = Signal(object)
    account_wanted = Signal(int)

    def __init__(self, today: date, *, may_change: bool) -> None:
        super().__init__("Life events", areas=frozenset({"rent", "diary"}), help_topic="rent")
        self._today = today
        self._may_change = may_change
        self.model: ListModel[EventRow] = ListModel(EVENTS)
        self.table = DataTable("Life events", self.model, stretch="name", empty=_NOBODY)
        self.steps: ListModel[StepRow] = ListModel(STEPS, in_turn=True)
        self.steps_table = DataTable("Checklist", self.steps, stretch="outcome", empty="Choose a life event.")
        self.steps_table.title = lambda: f"Checklist: {self._title.text()}"
        self.open_only = filter_button("Something left to do", self.filter_changed.emit, checked=True)
        self._title = label("", "heading", wrap=True)
        self._facts = label("", "muted", wrap=True)
        self._tick = self.add_key("Ctrl+Return", "Tick off", self._want_tick, tip="Say what came of the chosen step")
        self._tick.setEnabled(False)
        self._account = self.add_key("Ctrl+O", "Account", self._want_account, tip="Open the account")
        self._arrange()
        self.table.chosen.connect(self._choose)
        self.steps_table.chosen.connect(lambda _row: self._allow())
        self.steps_table.opened.connect(lambda _row: self._want_tick())
        self.setFocusProxy(self.table)
        self._choose(None)

    @property
    def tick(self) -> QAction:
        """Tick off the step that is chosen."""
        return self._tick

    def show_events(self, events: tuple[EventRow, ...]) -> None:
        """Show the list, staying at the one that was chosen."""
        before = self.table.row()
        kept = before.event_id if isinstance(before, EventRow) else None
        self.model.show_rows(events)
        ids = [event.event_id for event in self.model.rows]
        if ids:
            self.table.go_to(ids.index(kept) if kept in ids else 0)
        self._choose(self.table.row() if ids else None)

    def show_checklist(self, shown: Checklist) -> None:
        """Show the steps of the one that is chosen; those that wait come first."""
        chosen = self.table.row()
        if not isinstance(chosen, EventRow) or chosen.event_id != shown.row.event_id:
            return
        before = self.steps_table.row()
        self.steps.show_rows(sorted(shown.steps, key=lambda step: step.done))
        ids = [step.step_id for step in self.steps.rows]
        if ids:
            kept = before.step_id if isinstance(before, StepRow) else None
            self.steps_table.go_to(ids.index(kept) if kept in ids else 0)
        told = f"Told on {formats.day(shown.row.told_on)}{f' ({shown.told_by})' if shown.told_by else ''}"
        noted = f"noted by {shown.row.made_by} on {formats.day(shown.made_at.date())}"
        self._facts.setText("\n".join(part for part in (f"{told}; {noted}.", shown.note) if part))
        self._allow()

    def _choose(self, chosen: object) -> None:
        self.steps.show_rows(())
        if isinstance(chosen, EventRow):
            self._title.setText(f"{WORDS[chosen.kind]} on {formats.day(chosen.happened_on)}: {chosen.name}")
            self.event_wanted.emit(chosen.event_id)
        else:
            self._title.setText("No life event is chosen")
        self._facts.setText("")
        self._account.setEnabled(isinstance(chosen, EventRow) and chosen.account_id is not None)
        self._allow()

    def _allow(self) -> None:
        step = self.steps_table.row()
        self._tick.setEnabled(self._may_change and isinstance(step, StepRow) and not step.done)

    def _want_tick(self) -> None:
        step = self.steps_table.row()
        if self._tick.isEnabled() and isinstance(step, StepRow):
            self.tick_wanted.emit(step)

    def _want_account(self) -> None:
        step, event = self.steps_table.row(), self.table.row()
        wanted = step.account_id if isinstance(step, StepRow) and self.steps_table.hasFocus() else None
        if wanted is None and isinstance(event, EventRow):
            wanted = event.account_id
        if wanted is not None:
            self.account_wanted.emit(wanted)

    def _arrange(self) -> None:
        listed = Card(margins=(0, 12, 0, 6))
        head = row(self.open_only, None)
        head.setContentsMargins(scaled(14), 0, scaled(12), 0)
        listed.column.addLayout(head)
        listed.column.addWidget(self.table, 1)
        listed.column.addWidget(ListFoot(self.table, ("life event", "life events"), tools=True))
        shown = Card(margins=(0, 12, 0, 6))
        buttons = row(
            action_button(self._account, icon="account-group-outline"),
            action_button(self._tick, role="primary", icon="check"),
        )
        words = column(None, self._title, self._facts, spacing=2)
        top = row(words, buttons)
        top.setStretch(0, 1)
        top.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        top.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        shown.column.addLayout(top)
        shown.column.addWidget(self.steps_table, 1)
        shown.column.addWidget(ListFoot(self.steps_table, ("step", "steps"), tools=True))
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(listed)
        whole.addWidget(shown)
        whole.setStretchFactor(1, 1)
        whole.setSizes([scaled(480), scaled(920)])
        whole.setHandleWidth(scaled(12))
        whole.setChildrenCollapsible(False)
        column(self, whole)


class TickSheet(Sheet):
    """What came of a step.

    Signals:
        ticked(str): in a few words.
    """

    ticked = Signal(str)

    def __init__(self, parent: QWidget, step: StepRow) -> None:
        super().__init__(parent, "Tick off", primary="Tick off", note=step.what)
        self.outcome = LineField(400, placeholder="Such as: copy of the certificate is among the documents")
        self.form().add("outcome", "What &came of it", self.outcome)
        self.confirmed.connect(self._give)
        self.resize(scaled(560), self.sizeHint().height())

    def _give(self) -> None:
        self.set_busy(busy=True)
        self.ticked.emit(str(self.outcome.value()))
