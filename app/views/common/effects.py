"""What saving will do, shown before it is done: the panel beside a form, the sheet of the two, and what keeps them in step.

sheet = WorkSheet(page, "End the tenancy", save="End it", note="Account 1001, Mx Maria Testerton")
form = sheet.form()
form.add("notice_on", "&Notice came on", DateField(today, required=True))
Previewing(office, sheet, preview, command)   # preview(ctx, Command) -> tuple[Effect, ...]; command() -> Command | None
sheet.confirmed.connect(...)                  # the form is checked by then; office.do(..., refused=sheet.show_error)

Values that depend on something chosen in the sheet are the controller's to fill in, as with any form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.views.common import icons
from app.views.common.dialogs import Sheet
from app.views.common.forms import Form
from app.views.common.office import Office
from app.views.common.parts import Card, column, label, pill, restyle, row, scrolled
from app.views.common.pause import Pause
from app.views.common.tasks import Task
from app.views.common.theme import scaled

_PAUSE_MS = 250
_PANEL = 340
_LEAST = 520
_SIDES = 60
_HEAD_AND_FOOT = 190
"""What a sheet has beside and around its form, in pixels at 100 per cent."""
_ARROW = "\N{RIGHTWARDS ARROW}"
_FILL_IN = "Fill in what stands at the left, and this says what will be done."


class EffectsPanel(Card):
    """What saving will do, by group: each in words, with the value before and after; what to look at stands out.

    Args:
        heading: what stands over it.

    Signals:
        told(tuple[Effect, ...]): these are shown.
    """

    told = Signal(object)

    def __init__(self, heading: str = "Before you save") -> None:
        super().__init__(margins=(14, 12, 4, 12))
        self._effects: tuple[Effect, ...] = ()
        self._count = pill("", "warning")
        self._count.setVisible(False)
        head = row(label(heading, "heading"), None, self._count)
        head.setContentsMargins(0, 0, scaled(10), 0)
        self._words = label("", "muted", wrap=True)
        inside = QWidget()
        inside.setObjectName("canvas")
        self._inside = column(inside, self._words, None, spacing=6)
        self._inside.setContentsMargins(0, 0, scaled(10), 0)
        self._shown: list[QWidget] = []
        self._scroll = scrolled(inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setAccessibleName(heading)
        self.column.addLayout(head)
        self.column.addWidget(self._scroll, 1)
        self.setMinimumWidth(scaled(_PANEL) * 3 // 4)
        self.say(_FILL_IN)

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What is shown."""
        return self._effects

    def text(self) -> str:
        """All of it as it is read out."""
        return "\n".join(_spoken(effect) for effect in self._effects) or self._words.text()

    def show_effects(self, effects: Sequence[Effect]) -> None:
        """Show what will be done."""
        self.say("" if effects else "Nothing else changes.")
        self._effects = tuple(_in_groups(effects))
        self._words.setVisible(not effects)
        for group, members in groupby(self._effects, key=lambda effect: effect.group):
            self._add(label(group, "strong"))
            for effect in members:
                self._add(_line(effect))
        warned = sum(effect.warns for effect in effects)
        self._count.setText(f"{warned} to look at")
        self._count.setVisible(bool(warned))
        self._scroll.setAccessibleDescription(self.text())
        self.told.emit(self._effects)

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Show a sentence instead."""
        self._effects = ()
        for shown in self._shown:
            self._inside.removeWidget(shown)
            shown.hide()
            shown.deleteLater()
        self._shown.clear()
        self._count.setVisible(False)
        self._words.setText(words)
        self._words.setVisible(bool(words))
        restyle(self._words, tone="bad" if wrong else "")
        self._scroll.setAccessibleDescription(words)

    def _add(self, shown: QWidget) -> None:
        if self._shown and shown.property("role") == "strong":
            shown.setContentsMargins(0, scaled(8), 0, 0)
        self._shown.append(shown)
        self._inside.insertWidget(self._inside.count() - 1, shown)


class WorkSheet(Sheet):
    """A form with what saving will do beside it. Ctrl+S saves, Esc closes, what is typed is kept as a draft.

    Set `about` to the record that the work is done to, so that its draft is found again.

    Args:
        save: what the primary button says.
        width: in pixels at 100 per cent; its height is what the fields need.

    Attributes:
        effects: the panel at the right.
    """

    def __init__(self, parent: QWidget, title: str, *, save: str = "Save", note: str = "", width: int = 940) -> None:
        super().__init__(parent, title, primary=save, close="Close", note=note)
        self._width = width
        self.effects = EffectsPanel()
        self.effects.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._fields = QWidget()
        self._fields.setObjectName("canvas")
        self._lines = column(self._fields)
        self._lines.setContentsMargins(0, 0, scaled(10), 0)
        halves = row(scrolled(self._fields), self.effects, spacing=12)
        halves.setStretch(0, 3)
        halves.setStretch(1, 2)
        self.body.addLayout(halves, 1)
        self.confirm_action.setShortcuts([QKeySequence(keys) for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter")])
        self.confirm_action.triggered.disconnect(self.confirmed)
        self.confirm_action.triggered.connect(self._confirm)
        assert self.primary is not None
        self.primary.setText(f"{save}  Ctrl+S")

    @property
    def wanting(self) -> str:
        """What is said at the right while what would be done can't be told."""
        return _FILL_IN

    def form(self) -> Form:
        """The form at the left; more can be put under it with `add_below`."""
        self._form = Form()
        self._form.changed.connect(self.typed_changed)
        self._lines.addLayout(self._form)
        self._lines.addStretch(1)
        return self._form

    def add_below(self, shown: QWidget, stretch: int = 0) -> None:
        """Put something under the form, such as a grid of charges."""
        self._lines.insertWidget(self._lines.count() - 1, shown, stretch)

    def written(self) -> list[str]:
        """Everything that is typed: a work half typed is kept as a draft, whatever its fields."""
        return [str(value) for value in self.typed().values()]

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Be as high as the fields need; what the window doesn't hold scrolls."""
        wide = scaled(self._width)
        high = max(
            self._lines.totalHeightForWidth((wide - scaled(_SIDES)) * 3 // 5), self._lines.totalSizeHint().height()
        )
        self.resize(wide, max(high + scaled(_HEAD_AND_FOOT), scaled(_LEAST)))
        super().showEvent(event)

    def _confirm(self) -> None:
        """What can't be taken is said beside its field, and nothing is saved."""
        if self._form is None or self._form.check():
            self.messages.clear()
            self.confirmed.emit()


class Previewing(QObject):
    """Keeps a sheet's panel in step with what is typed: asks the preview a moment after the last key.

    Args:
        preview: a query, `preview(ctx, command) -> tuple[Effect, ...]`; its UserError is said in the panel.
        command: what would be done by what is typed; None while that can't be told.
    """

    def __init__(
        self, office: Office, sheet: WorkSheet, preview: Callable[..., Any], command: Callable[[], object | None]
    ) -> None:
        super().__init__(sheet)
        self._office = office
        self._sheet = sheet
        self._preview = preview
        self._command = command
        self._asked: Task | None = None
        self._pause = Pause(self, self.ask, _PAUSE_MS)
        sheet.typed_changed.connect(self._pause.start)

    def ask(self) -> None:
        """Ask at once."""
        self._pause.stop()
        command = self._command()
        panel = self._sheet.effects
        if command is None:
            panel.say(self._sheet.wanting)
            return
        self._asked = self._office.ask(
            self,
            self._preview,
            command,
            then=panel.show_effects,
            refused=self._refused,
            instead_of=self._asked,
        )

    def _refused(self, error: UserError) -> None:
        self._sheet.effects.say(str(error), wrong=True)


def _in_groups(effects: Sequence[Effect]) -> list[Effect]:
    """The effects of a group together, groups in the order in which they first come."""
    order = list(dict.fromkeys(effect.group for effect in effects))
    return sorted(effects, key=lambda effect: order.index(effect.group))


def _line(effect: Effect) -> QWidget:
    """One effect: its words, and under them the value before and after."""
    made = QWidget()
    mark = label()
    icons.dress(mark, "alert-outline" if effect.warns else "circle-small", "warning" if effect.warns else "muted", 16)
    mark.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
    mark.setFixedWidth(scaled(18))
    words = column(None, label(effect.text, wrap=True, tone="warning" if effect.warns else ""), spacing=0)
    if values := _values(effect):
        words.addWidget(label(values, "muted", wrap=True))
    line = row(mark, words, spacing=6)
    line.setStretch(1, 1)
    made.setLayout(line)
    made.setAccessibleName(_spoken(effect))
    return made


def _values(effect: Effect) -> str:
    if effect.before and effect.after:
        return f"{effect.before} {_ARROW} {effect.after}"
    return effect.after or (f"was {effect.before}" if effect.before else "")


def _spoken(effect: Effect) -> str:
    """The line in words."""
    values = f": {effect.before} becomes {effect.after}" if effect.before and effect.after else ""
    values = values or (f": {effect.after or 'was ' + effect.before}" if effect.after or effect.before else "")
    return f"{'Look at this: ' if effect.warns else ''}{effect.text}{values}"
