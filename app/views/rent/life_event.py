"""The sheet of a life event: what happened to whom, and what becomes of everything that hangs on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.models.values import LifeEvent
from app.services.tenancies.life_events.dto import Choice, Hangs, Happened, NoteLifeEvent, Whom
from app.services.tenancies.life_events.rules import WORDS
from app.views.common import formats, icons
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField, LineField
from app.views.common.fields_dates import DateField
from app.views.common.growing import hold_width
from app.views.common.parts import column, label, restyle, row
from app.views.common.theme import scaled

_CHOICES: Final = {
    Choice.STOP: "Stop",
    Choice.MOVE: "Pass on",
    Choice.KEEP: "Keep",
    Choice.DO: "Do it",
    Choice.LATER: "Later",
}
_KINDS: Final = (
    ("They died", LifeEvent.DEATH),
    ("They move out", LifeEvent.MOVE),
    ("They are in hospital or in care", LifeEvent.HOSPITAL),
    ("They are in prison", LifeEvent.PRISON),
    ("They seem to have left", LifeEvent.ABANDONMENT),
    ("They were evicted", LifeEvent.EVICTION),
    ("They bought their home", LifeEvent.RIGHT_TO_BUY),
)
_ON: Final = {
    LifeEvent.DEATH: "Died &on",
    LifeEvent.MOVE: "Moves &on",
    LifeEvent.HOSPITAL: "Since",
    LifeEvent.PRISON: "Since",
    LifeEvent.ABANDONMENT: "Last seen &on",
    LifeEvent.EVICTION: "Evicted &on",
    LifeEvent.RIGHT_TO_BUY: "Sale completes &on",
}
_FOR_THEM: Final = frozenset({LifeEvent.DEATH, LifeEvent.HOSPITAL, LifeEvent.PRISON})
"""After these somebody else may deal with their affairs."""
_WAIT: Final = "Say whose it is, what happened and when, and everything that it touches is listed here."
_CHOICE_WIDTH: Final = 118


class HangsRow(QWidget):
    """One thing that hangs on the person, and what is decided of it.

    Signals:
        changed: something else is decided.
    """

    changed = Signal()

    def __init__(self, hangs: Hangs, chosen: Choice | None) -> None:
        super().__init__()
        self.hangs = hangs
        self.choice = ChoiceField([(_CHOICES[option.choice], option.choice) for option in hangs.options])
        self.choice.set_value(chosen if chosen and hangs.words(chosen) else hangs.proposed)
        self.choice.setAccessibleName(f"{hangs.what} {hangs.reference}".strip())
        hold_width(self.choice, _CHOICE_WIDTH)
        self._mark = label()
        self._mark.setFixedWidth(scaled(16))
        self._does = label("", "muted", wrap=True)
        what = label(hangs.what, wrap=True)
        words = column(None, what, self._does, spacing=0)
        if hangs.why:
            words.addWidget(label(f"{hangs.why}.", "muted", wrap=True))
        line = row(self._mark, words, self.choice, spacing=8)
        line.setStretch(1, 1)
        for shown in (self._mark, self.choice):
            line.setAlignment(shown, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)
        self.choice.changed.connect(self._say)
        self.choice.changed.connect(self.changed)
        self._say()

    @property
    def chosen(self) -> Choice:
        """What is decided."""
        chosen: Choice = self.choice.value()
        return chosen

    def _say(self) -> None:
        chosen = self.chosen
        words = self.hangs.words(chosen)
        self._does.setText(f"{self.hangs.reference}: {words}" if self.hangs.reference else words)
        self.choice.setAccessibleDescription(f"{words}. {self.hangs.why}".strip(". "))
        look = self.hangs.warns and chosen in {Choice.KEEP, Choice.LATER}
        restyle(self._does, tone="warning" if look else "")
        icons.dress(self._mark, "alert-outline" if look else "circle-small", "warning" if look else "muted", 16)


class HangsList(QWidget):
    """All that hangs on the person, under its headings.

    Signals:
        changed: something else is decided.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[HangsRow] = []
        self._shown: list[QWidget] = []
        self._kept: dict[str, Choice] = {}
        self._words = label(_WAIT, "muted", wrap=True)
        self._body = column(self, label("What this touches", "heading"), self._words, spacing=6)
        self._body.setContentsMargins(0, scaled(6), 0, scaled(6))

    @property
    def choices(self) -> dict[str, Choice]:
        """What is decided, by `Hangs.key`."""
        return {each.hangs.key: each.chosen for each in self.rows}

    def keep(self, choices: Mapping[str, Choice]) -> None:
        """Decide so, of things that are to come too: from a draft."""
        self._kept |= choices
        for each in self.rows:
            each.choice.set_value(self._kept.get(each.hangs.key, each.chosen))

    def show_hangs(self, found: Sequence[Hangs]) -> None:
        """Show all of it; what was decided of something stays decided."""
        self.say("" if found else "It touches nothing: no tenancy, account, letter or task.")
        for group, members in groupby(found, key=lambda each: each.group):
            self._add(label(group, "strong"))
            for hangs in members:
                made = HangsRow(hangs, self._kept.get(hangs.key))
                made.changed.connect(self.changed)
                self.rows.append(made)
                self._add(made)
        self.changed.emit()

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Show a sentence instead."""
        self._kept |= self.choices
        for shown in self._shown:
            self._body.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        self._shown.clear()
        self.rows.clear()
        self._words.setText(words)
        self._words.setVisible(bool(words))
        restyle(self._words, tone="bad" if wrong else "")

    def _add(self, shown: QWidget) -> None:
        self._shown.append(shown)
        self._body.addWidget(shown)


class LifeEventSheet(WorkSheet):
    """What happened to one of the people of an account.

    Signals:
        happened_changed: somebody else, another event or another day: list what hangs on them anew.
    """

    happened_changed = Signal()

    def __init__(self, parent: QWidget, people: Sequence[Whom], reference: str, today: Callable[[], date]) -> None:
        note = f"Account {reference}: every account of theirs is looked through, and nothing is done before you save."
        super().__init__(parent, "Something happened to a tenant", save="Note it", note=note, width=1140)
        self._asked: Happened | None = None
        self.hangs = HangsList()
        self.fields = fields = self.form()
        fields.add("person_id", "&Whose", ChoiceField([(_named(each), each.person_id) for each in people]))
        fields.add("kind", "What &happened", ChoiceField(_KINDS))
        fields.add("happened_on", "Died &on", DateField(today, required=True))
        self._on = fields.labels["happened_on"]
        fields.add("told_on", "&Told on", DateField(today, required=True))
        fields.addRow(self.hangs)
        fields.add("told_by", "Told &by", LineField(200))
        self._first_contact = fields.rowCount()
        fields.add(
            "contact_name", "Who &deals with it", LineField(200), "An executor, the next of kin, a support worker"
        )
        fields.add("relation", "&Relation", LineField(60, placeholder="Such as daughter, executor or solicitor"))
        fields.add("address", "&Address for letters", AreaField(400, height=78), "A line each, the postcode last")
        fields.add("note", "&Note", AreaField(4_000, height=64))
        fields.fill({"told_on": today()})
        fields.changed.connect(self._follow)
        self.hangs.changed.connect(self.typed_changed)
        self._follow()

    def begin_with(self, known: Mapping[str, object]) -> None:
        """Begin with what is known, by field."""
        self.fields.fill(known)
        self._follow()

    @property
    def wanting(self) -> str:
        """What is said at the right while there is no day."""
        return "Say what happened, on which day and when you were told, and this says what will be done."

    def happened(self) -> Happened | None:
        """What happened to whom and when; nothing while that can't be read."""
        values = self.fields.values()
        on = values["happened_on"]
        return Happened(values["person_id"], values["kind"], on) if isinstance(on, date) else None

    def command(self) -> NoteLifeEvent | None:
        """What would be noted; nothing while it can't be told."""
        happened, values = self.happened(), self.fields.values()
        if happened is None or not isinstance(values["told_on"], date):
            return None
        deals = happened.kind in _FOR_THEM
        written = deals or happened.kind is LifeEvent.MOVE
        return NoteLifeEvent(
            happened,
            values["told_on"],
            values["told_by"],
            values["note"],
            values["contact_name"] if deals else "",
            values["relation"] if deals else "",
            values["address"] if written else "",
            self.hangs.choices,
        )

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, and what is decided, for a draft."""
        return super().typed() | {"choices": {key: choice.value for key, choice in self.hangs.choices.items()}}

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Put back what stood in the fields; decisions come back with the things they are about."""
        kept = typed.get("choices")
        if isinstance(kept, Mapping):
            self.hangs.keep({str(key): Choice(str(value)) for key, value in kept.items()})
        super().retype({name: value for name, value in typed.items() if name != "choices"})
        self._asked = None
        self._follow()

    def _follow(self) -> None:
        """The fields that belong to what happened; the list is asked for anew if it is about something else."""
        kind = LifeEvent(self.fields.values()["kind"])
        shown = kind in _FOR_THEM
        for at, visible in enumerate((shown, shown, shown or kind is LifeEvent.MOVE)):
            self.fields.setRowVisible(self._first_contact + at, visible)
        self._on.setText(_ON[kind])
        if (happened := self.happened()) != self._asked:
            self._asked = happened
            self.happened_changed.emit()


def _named(each: Whom) -> str:
    died = " (died)" if each.died_on else ""
    return f"{each.name}{died}"


def noted_words(kind: LifeEvent, open_steps: int) -> str:
    """What the message bar says when it is noted."""
    waits = f"{formats.count(open_steps, 'step')} {'waits' if open_steps == 1 else 'wait'}: see Life events"
    left = waits if open_steps else "nothing is left to do"
    return f"{WORDS[kind]} is noted; {left}."
