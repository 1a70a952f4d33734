"""Recurring tasks: what the office does each week, month and year, and the dialog in which one is changed."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.services.core.permissions import Permission
from app.services.diary.dto import Holder, Priority
from app.services.diary.rules import Every, IfClosed, Rhythm, Template
from app.services.diary.wording import in_words, nth, rent_year_day, working_day
from app.views.admin.read_only import read_only_note
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.flow import FlowLayout
from app.views.common.forms import Form
from app.views.common.page import Page
from app.views.common.parts import Card, action_button, column, label, row, scrolled
from app.views.common.theme import scaled

Choices = list[tuple[str, object]]
_EVERY: Choices = [
    ("Each week", Every.WEEK.value),
    ("Each month, on a day", Every.MONTH_DAY.value),
    ("Each month, on a working day", Every.MONTH_WORKING_DAY.value),
    ("After each quarter, on a working day", Every.QUARTER_WORKING_DAY.value),
    ("Each year, on a day", Every.YEAR_DAY.value),
    ("By the rent year", Every.RENT_YEAR.value),
    ("Each working day", Every.WORKING_DAY.value),
]
_MONTHS: Choices = [(calendar.month_name[month], month) for month in range(1, 13)]
_PRIORITIES: Choices = [("High", 1), ("Normal", 2), ("Low", 3)]


class RecurringSection(Page):
    """Every recurring task.

    Signals:
        change_wanted(Template), new_wanted, switch_wanted(Template), reset_wanted(Template)
    """

    change_wanted = Signal(object)
    new_wanted = Signal()
    switch_wanted = Signal(object)
    reset_wanted = Signal(object)

    def __init__(self, *, may_change: bool) -> None:
        super().__init__("Recurring tasks", areas=frozenset({"admin"}), help_topic="home")
        self._names: dict[str, str] = {}
        self._may_change = may_change
        self.model: ListModel[Template] = ListModel(
            (
                Column("title", "What", lambda row: row.title, 280),
                Column("when", "When", lambda row: in_words(row.rhythm), 270, floor=230),
                Column("lead", "Appears", _lead, 112, least=2),
                Column("owner", "With", self._owner, 156, floor=156),
                Column("cover", "While away", lambda row: self._names.get(f"officer:{row.cover_id}", ""), 150, least=1),
                Column("state", "State", _state, 96, tone=lambda row: "" if row.active else "muted", firm=True),
            )
        )
        self.table = DataTable("Recurring tasks", self.model, stretch="title")
        self._change = self.add_key(
            "Ctrl+Return", "Change", lambda: self._give(self.change_wanted), more=("Ctrl+Enter",)
        )
        self._new = self.add_key("Ctrl+N", "New", self.new_wanted.emit)
        self._switch = self.add_key("Ctrl+T", "Switch off", lambda: self._give(self.switch_wanted))
        self._reset = self.add_key("Ctrl+R", "Back to standard", lambda: self._give(self.reset_wanted))
        self._arrange()
        self.table.chosen.connect(self._follow)
        self.table.opened.connect(lambda _row: self._change.trigger())
        self._new.setEnabled(may_change)
        self.setFocusProxy(self.table)
        self._follow(None)

    def _arrange(self) -> None:
        card = Card(margins=(0, 12, 0, 6))
        buttons = FlowLayout(right=True)
        for action, icon in ((self._new, "plus"), (self._switch, "power"), (self._reset, "restore")):
            buttons.addWidget(action_button(action, icon=icon))
        buttons.addWidget(action_button(self._change, role="primary", icon="pencil-outline"))
        title = label("Recurring tasks", "heading")
        title.setContentsMargins(0, scaled(5), 0, 0)  # on the line of the buttons beside it
        head = row(title, buttons)
        head.setStretch(1, 1)
        head.setAlignment(title, Qt.AlignmentFlag.AlignTop)
        head.setContentsMargins(scaled(14), 0, scaled(14), scaled(4))
        card.column.addLayout(head)
        card.column.addWidget(read_only_note(Permission.MANAGE_TASK_TEMPLATES, may_change=self._may_change))
        card.column.addWidget(self.table, 1)
        column(self, card)

    def show_templates(self, templates: tuple[Template, ...], holders: tuple[Holder, ...]) -> None:
        """Show these, with the names of who has them."""
        kept = self.table.row()
        self._names = {_code(each.officer_id, each.team_id): each.name for each in holders}
        self.model.show_rows(templates)
        places = {each.key: at for at, each in enumerate(self.model.rows)}
        if templates:
            self.table.go_to(places.get(kept.key, 0) if isinstance(kept, Template) else 0)

    def _owner(self, template: Template) -> str:
        code = _code(template.owner_id, template.owner_team_id)
        return self._names.get(code, "Whoever takes it" if not code else "Somebody who left")

    def _follow(self, chosen: object) -> None:
        template = chosen if isinstance(chosen, Template) else None
        for action in (self._change, self._switch):
            action.setEnabled(self._may_change and template is not None)
        self._reset.setEnabled(self._may_change and template is not None and template.version is not None)
        self._switch.setText("Switch on" if template and not template.active else "Switch off")

    def _give(self, signal: object) -> None:
        chosen = self.table.row()
        if isinstance(chosen, Template):
            signal.emit(chosen)  # type: ignore[attr-defined]


class RecurringSheet(Sheet):
    """One recurring task as a form."""

    def __init__(
        self, parent: QWidget, template: Template | None, holders: Sequence[Holder], proofs: Choices, key: str
    ) -> None:
        super().__init__(parent, "Change a recurring task" if template else "New recurring task", primary="Save")
        self._template = template or Template(key, "", Rhythm(Every.WEEK))
        inside = QWidget()
        self._form = form = Form(inside)
        form.changed.connect(self.typed_changed)
        self.body.addWidget(scrolled(inside))
        self.title, self.details = LineField(200), AreaField(height=76)
        self.every, self.day, self.month = ChoiceField(_EVERY), ChoiceField(), ChoiceField(_MONTHS)
        self.closed = ChoiceField([("The next working day", "after"), ("The working day before", "before")])
        self.lead = ChoiceField([(f"{days} working days before" if days else "On the day", days) for days in range(21)])
        self.owner, self.cover = ChoiceField(_owners(holders)), ChoiceField(_people(holders))
        self.priority = ChoiceField(_PRIORITIES)
        self.evidence = LineField(400)
        self.proof = ChoiceField([("Nothing", ""), *proofs])
        self.catch_up = TickField("Make each one that was missed, not only the last")
        for name, title, field, hint in (
            ("title", "&What", self.title, ""),
            ("details", "D&etails", self.details, ""),
            ("every", "&How often", self.every, ""),
            ("day", "&Day", self.day, ""),
            ("month", "&Month", self.month, ""),
            ("closed", "Where the office is &shut", self.closed, ""),
            ("lead_days", "&Appears", self.lead, ""),
            ("owner", "&Owner", self.owner, ""),
            ("cover", "Wh&ile away", self.cover, "Who gets it when the owner is on leave"),
            ("priority", "&Priority", self.priority, ""),
            ("evidence", "E&vidence wanted", self.evidence, "What whoever finishes it must show"),
            ("proof", "&Checked first", self.proof, "It can't be finished until Rentbook finds this done"),
            ("catch_up", "", self.catch_up, ""),
        ):
            form.add(name, title, field, hint)
        self.every.changed.connect(self._offer_days)
        self._fill()
        inside.setObjectName("canvas")
        self.setMinimumWidth(scaled(640))
        self.resize(scaled(640), scaled(790))

    def template(self) -> Template:
        """What the fields say."""
        kind, _, number = str(self.owner.value() or "").partition(":")
        every = Every(self.every.value())
        rhythm = Rhythm(
            every,
            int(self.day.value() or 0),
            int(self.month.value() or 0) if every is Every.YEAR_DAY else 0,
            IfClosed(self.closed.value()),
            self._template.rhythm.long_years_only and every is Every.RENT_YEAR,
        )
        return replace(
            self._template,
            title=self.title.value(),
            details=self.details.value(),
            rhythm=rhythm,
            lead_days=int(self.lead.value()),
            owner_id=int(number) if kind == "officer" else None,
            owner_team_id=int(number) if kind == "team" else None,
            cover_id=self.cover.value(),
            priority=Priority(int(self.priority.value())),
            evidence_wanted=self.evidence.value(),
            proof=str(self.proof.value()),
            catch_up=bool(self.catch_up.value()),
        )

    def _fill(self) -> None:
        held = self._template
        self.title.set_value(held.title)
        self.details.set_value(held.details)
        self.every.set_value(held.rhythm.every.value)
        self._offer_days()
        self.month.set_value(held.rhythm.month or 1)
        self.closed.set_value(held.rhythm.if_closed.value)
        self.lead.set_value(held.lead_days)
        self.owner.set_value(_code(held.owner_id, held.owner_team_id))
        self.cover.set_value(held.cover_id)
        self.priority.set_value(int(held.priority))
        self.evidence.set_value(held.evidence_wanted)
        self.proof.set_value(held.proof)
        self.catch_up.set_value(held.catch_up)

    def _offer_days(self) -> None:
        """The days that the chosen rhythm can have."""
        every = Every(self.every.value())
        self.day.offer(_days(every, self._template.rhythm.day))
        if every is self._template.rhythm.every:
            self.day.set_value(self._template.rhythm.day)
        self.day.setEnabled(every is not Every.WORKING_DAY)
        self.month.setEnabled(every is Every.YEAR_DAY)


def _people(holders: Sequence[Holder]) -> Choices:
    return [("Nobody", None), *((each.name, each.officer_id) for each in holders if each.officer_id is not None)]


def _owners(holders: Sequence[Holder]) -> Choices:
    return [
        ("Whoever takes it", ""),
        *(
            (each.name if each.officer_id is not None else f"Team: {each.name}", _code(each.officer_id, each.team_id))
            for each in holders
        ),
    ]


def _days(every: Every, held: int) -> Choices:
    if every is Every.WEEK:
        return [(calendar.day_name[day - 1], day) for day in range(1, 8)]
    if every in {Every.MONTH_WORKING_DAY, Every.QUARTER_WORKING_DAY}:
        return [(working_day(day), day) for day in (*range(1, 16), *range(-1, -16, -1))]
    if every is Every.RENT_YEAR:
        days = sorted({*range(-28, 148, 7), held}, reverse=True)
        return [(rent_year_day(day), day) for day in days]
    return [(nth(day), day) for day in range(1, 32)]


def _code(officer_id: int | None, team_id: int | None) -> str:
    if officer_id is not None:
        return f"officer:{officer_id}"
    return f"team:{team_id}" if team_id is not None else ""


def _lead(template: Template) -> str:
    return f"{template.lead_days} days before" if template.lead_days else "On the day"


def _state(template: Template) -> str:
    if not template.active:
        return "Off"
    return "Standard" if template.version is None else "On"
