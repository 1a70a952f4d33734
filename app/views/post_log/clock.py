"""The time to answer an item: shown with how it is counted, stopped, let go on and extended."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.models.values import Pausing
from app.services.post_log.standards import wording
from app.services.post_log.standards.dto import Clock, ExtendClock, Light, PauseClock, ResumeClock
from app.views.common import formats
from app.views.common.effects import WorkSheet
from app.views.common.fields import AreaField, ChoiceField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.parts import column, label, scrolled
from app.views.common.theme import scaled

_LONGEST: Final = 400
TONES: Final = {Light.RED: "bad", Light.AMBER: "warning", Light.GREEN: "good"}
"""The colour of how near a last day is, beside its words."""
_ASKED: Final = {
    Pausing.CLARIFICATION: "What they mean",
    Pausing.IDENTITY: "Who they are",
}


class PauseSheet(WorkSheet):
    """What the sender was asked, and when.

    Args:
        today: gives the day at the office.
    """

    def __init__(self, parent: QWidget, clock: Clock, today: Callable[[], date]) -> None:
        super().__init__(parent, f"Stop the clock of {clock.number}", save="Stop it", note=_note(clock))
        self._item_id = clock.item_id
        form = self.fields = self.form()
        kinds: list[tuple[str, object]] = [(_ASKED[kind], kind) for kind in _kinds(clock.standard.pausing)]
        form.add("kind", "We asked &for", ChoiceField(kinds))
        form.add("from_on", "Asked &on", DateField(today, required=True), "That day counts still; the next does not")
        form.add(
            "reason", "&What was asked", AreaField(_LONGEST, height=150, placeholder="Such as: which years they mean")
        )
        form.add("tell", "", TickField("Write to &them now: this goes as a letter or an e-mail"))
        form.fill({"from_on": today(), "tell": True})

    def command(self) -> PauseClock | None:
        """What is to be done; None while there is no day."""
        values = self.fields.values()
        if values["from_on"] is None:
            return None
        return PauseClock(self._item_id, values["kind"], values["reason"], values["from_on"], tell=bool(values["tell"]))


class ResumeSheet(WorkSheet):
    """The day that the answer came.

    Args:
        today: gives the day at the office.
    """

    def __init__(self, parent: QWidget, clock: Clock, today: Callable[[], date]) -> None:
        super().__init__(parent, f"Let the clock of {clock.number} go on", save="Let it go on", note=_note(clock))
        self._item_id = clock.item_id
        form = self.fields = self.form()
        form.add("came_on", "It &came on", DateField(today, required=True), "The days after it count again")
        form.fill({"came_on": today()})

    def command(self) -> ResumeClock | None:
        """What is to be done; None while there is no day."""
        came_on = self.fields.values()["came_on"]
        return ResumeClock(self._item_id, came_on) if came_on is not None else None


class ExtendSheet(WorkSheet):
    """By how much the time to answer is made longer, and why."""

    def __init__(self, parent: QWidget, clock: Clock) -> None:
        super().__init__(parent, f"Extend the time to answer {clock.number}", save="Extend it", note=_note(clock))
        self._item_id = clock.item_id
        unit = wording.UNITS[clock.standard.unit]
        form = self.fields = self.form()
        longer: list[tuple[str, object]] = [(wording.counted(by, unit), by) for by in range(1, clock.extend_left + 1)]
        form.add("by", "&By", ChoiceField(longer), f"{wording.counted(clock.extend_left, unit)} at most")
        form.add("reason", "&Reason", AreaField(_LONGEST, height=150), "As the sender reads it")
        form.add("tell", "", TickField("Write to &them now: the new day and why, as a letter or an e-mail"))
        form.fill({"by": clock.extend_left, "tell": True})

    def command(self) -> ExtendClock | None:
        """What is to be done."""
        values = self.fields.values()
        return ExtendClock(self._item_id, values["by"], values["reason"], tell=bool(values["tell"]))


class ClockPart(QWidget):
    """The tab of an item that says by when it is dealt with and how that is counted."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QWidget()
        self._inside.setObjectName("canvas")
        self._lines: QVBoxLayout = column(self._inside, None, spacing=4)
        self._shown: list[QLabel] = []
        self._scroll = scrolled(self._inside)
        self._scroll.setAccessibleName("By when it is dealt with")
        column(self, self._scroll)

    def clear(self) -> None:
        """Nothing is shown."""
        for each in self._shown:
            self._lines.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._shown.clear()

    def show_clock(self, clock: Clock) -> None:
        """Show the clock of an item."""
        self.clear()
        self._add(clock.light_words, "strong", TONES.get(clock.light, ""))
        if clock.due.acknowledge_by is not None:
            done = f", done {formats.day(clock.acknowledged_on)}" if clock.acknowledged_on else ""
            self._part(
                f"Acknowledge by {wording.spelled(clock.due.acknowledge_by)}{done}", clock.due.acknowledge_working
            )
        by = f"by {wording.spelled(clock.due.reply_by)}" if clock.due.reply_by else "once the clock goes on"
        done = f", done {formats.day(clock.replied_on)}" if clock.replied_on else ""
        self._part(f"Answer {by}{done}", clock.due.reply_working)
        if clock.pauses:
            self._part("Asked of the sender", (_pause(each.from_on, each.to_on, each.reason) for each in clock.pauses))
        if clock.extensions:
            unit = wording.UNITS[clock.standard.unit]
            told = (
                f"{formats.day(each.made_on)}, {each.officer}: {wording.counted(each.by, unit)}. {each.reason}"
                for each in clock.extensions
            )
            self._part("Extended", told)
        self._part(f"The standard: {clock.category}", wording.promise(clock.standard, clock.calendar))

    def text(self) -> str:
        """All of it as it is read."""
        return "\n".join(each.text() for each in self._shown)

    def _part(self, title: str, sentences: Iterable[str]) -> None:
        self._add(title, "strong").setContentsMargins(0, scaled(8), 0, 0)
        for each in sentences:
            self._add(each)

    def _add(self, words: str, role: str = "", tone: str = "") -> QLabel:
        made = label(words, role, wrap=True, tone=tone, selectable=True)
        self._shown.append(made)
        self._lines.insertWidget(self._lines.count() - 1, made)
        return made


def _kinds(pausing: Pausing) -> tuple[Pausing, ...]:
    both = (Pausing.CLARIFICATION, Pausing.IDENTITY)
    return both if pausing is Pausing.IDENTITY else both[:1]


def _note(clock: Clock) -> str:
    return f"{clock.category}, received {wording.spelled(clock.received_on)}. {clock.light_words}."


def _pause(from_on: date, to_on: date | None, reason: str) -> str:
    came = f"the answer came {formats.day(to_on)}" if to_on else "no answer yet"
    return f"{formats.day(from_on)}, {came}: {reason}"
