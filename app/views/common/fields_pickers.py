"""The field that finds a record as it is typed: an account, an officer, a team."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, QStringListModel
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter
from shiboken6 import isValid

from app.views.common.enter import is_enter
from app.views.common.fields import LineField
from app.views.common.pause import Pause
from app.views.common.short_names import fitting, shorter_names
from app.views.common.theme import dress, scaled

_PAUSE_MS: Final = 120
_SHOWN: Final = 12
_SIDES: Final = 24
_LEAST: Final = 420
"""How wide the list may become under a field that is narrower, in pixels at 100 per cent."""
_NOTHING: Final = "Nothing is found by that."


@dataclass(frozen=True, slots=True)
class Picked:
    """A record that may be chosen: its id, how it is named, and what tells it from others of that name."""

    id: int
    words: str
    detail: str = ""

    def line(self) -> str:
        """How it stands in the list."""
        return f"{self.words}   {self.detail}".strip()


Find = Callable[[str, Callable[[Sequence[Picked]], None]], None]
"""Look for what is typed, off the GUI thread, and hand on what is found."""


class Picker(LineField):
    """Type a part of it, choose with Down and Enter; the only one found is taken on leaving. `value()` is the id or None.

    Enter that comes before what was typed has its answer, as from a scanner, waits for it: the only one found is taken, and
    Enter goes on; of several the list opens.

    Args:
        find: looks for what is typed; a controller hands it in.
        what: what it finds, with its article: 'an account'.
        by: what may be typed.
        required: whether it may be left empty.
    """

    def __init__(self, find: Find, what: str, by: str, *, required: bool = False) -> None:
        super().__init__(placeholder=by[:1].upper() + by[1:])
        self._find = find
        self._what, self._by = what, by
        self._required = required
        self.picked: Picked | None = None
        self._offered: list[Picked] = []
        self._answered = ""
        self._then: Callable[[], object] | None = None
        self._asked = 0
        self._lines = QStringListModel(self)
        completer = QCompleter(self._lines, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(_SHOWN)
        completer.setWidget(self)
        completer.activated[QModelIndex].connect(self._take_line)  # type: ignore[index]  # the stubs know one kind
        self._completer = completer
        self.completer_popup().setProperty("role", "found")
        dress(self.completer_popup())
        self.completer_popup().setAccessibleName(f"Found: {what}")
        self._pause = Pause(self, self._look, _PAUSE_MS)
        self.textEdited.connect(self._typing)

    def value(self) -> Any:
        """The id of what is chosen."""
        return self.picked.id if self.picked else None

    def set_value(self, value: Any) -> None:
        """Show what is chosen (a Picked), or nothing."""
        self.picked = value if isinstance(value, Picked) else None
        self.setText(self._words())
        self.setToolTip(self.picked.line() if self.picked else "")
        self.setCursorPosition(0)
        self.changed.emit()

    def _words(self) -> str:
        """What is chosen as the field shows it: with what tells it from others, where there is room for it."""
        if self.picked is None or not self.isVisible():
            return self.picked.line() if self.picked else ""
        words = self.picked.words
        forms = (*_shorter(self.picked), words, *shorter_names(words))
        return fitting(self.picked.line(), forms, self.fontMetrics(), self.width() - scaled(_SIDES))

    def typed(self) -> Any:
        """What is chosen, or the text so far."""
        if self.picked:
            return [str(self.picked.id), self.picked.words, self.picked.detail]
        return self.text()

    def retype(self, typed: Any) -> None:
        """Choose it again, or put the text back."""
        if isinstance(typed, list) and len(typed) == 3:
            self.set_value(Picked(int(typed[0]), str(typed[1]), str(typed[2])))
        else:
            self.picked = None
            self.setText(str(typed)[: self.maxLength()])

    def problem(self) -> str:
        """Whether nothing is chosen."""
        if self.picked or (not self.text().strip() and not self._required):
            return ""
        return f"Choose {self._what} from the list: type {self._by}."

    def completer_popup(self) -> QAbstractItemView:
        """The list of what was found."""
        popup = self._completer.popup()
        assert popup is not None
        return popup

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """What was chosen before it was seen is shown as far as there is room for it."""
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """So it is when there is more room, or less."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter waits for what is found."""
        if not (is_enter(event) and self.wait_for_answer(self.returnPressed.emit)):
            super().keyPressEvent(event)

    def wait_for_answer(self, then: Callable[[], object]) -> bool:
        """Enter: whether what was typed has no answer yet. It is asked for at once, and `then` follows if only one is found.

        Who presses Enter once more doesn't wait.
        """
        text = self.text().strip()
        if self.picked or not text or self._answered == text or self._then is not None:
            return False
        self._then = then
        self._pause.stop()
        self._look()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Typing replaces what is chosen."""
        super().focusInEvent(event)
        if self.picked:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """The only one found is the one that is meant."""
        if self.picked is None and len(self._offered) == 1 and self.text().strip():
            self._take(self._offered[0])
        super().focusOutEvent(event)

    def _fit(self) -> None:
        """As much of what is chosen as there is room for; what is chosen stays, so that nobody is told of a change."""
        if self.picked:
            blocked = QSignalBlocker(self)
            self.setText(self._words())
            self.setCursorPosition(0)
            blocked.unblock()

    def _typing(self, _text: str) -> None:
        self.picked = None
        self.setToolTip("")
        self._offered = []
        self._answered = ""
        self._then = None
        self._pause.start()

    def _look(self) -> None:
        text = self.text().strip()
        if not text:
            return
        self._asked += 1
        asked = self._asked

        def show(found: Sequence[Picked]) -> None:
            """What was looked for is gone where a row of a grid was left meanwhile."""
            if isValid(self) and asked == self._asked and self.text().strip() == text:
                self._offer(list(found[:_SHOWN]))

        self._find(text, show)

    def _offer(self, found: list[Picked]) -> None:
        self._offered, self._answered = found, self.text().strip()
        then, self._then = self._then, None
        if len(found) == 1 and self.picked is None and (then is not None or not self.hasFocus()):
            self.completer_popup().hide()
            self._take(found[0])
            if then is not None:
                then()
            return
        place, letters = self.rect(), self.fontMetrics()
        room = max(place.width(), scaled(_LEAST)) - scaled(_SIDES)
        lines = [fitting(each.line(), _shorter(each), letters, room) for each in found] or [_NOTHING]
        self._lines.setStringList(lines)
        if self.hasFocus():
            wanted = max(letters.horizontalAdvance(line) for line in lines)
            place.setWidth(max(place.width(), min(wanted, room) + scaled(_SIDES)))
            self._completer.complete(place)
            first = self._completer.completionModel().index(0, 0)
            self.completer_popup().setCurrentIndex(first if found else QModelIndex())
        else:
            self.completer_popup().hide()

    def _take_line(self, index: QModelIndex) -> None:
        """A line of the list; of a list that isn't the answer to what stands there by now, Enter waits for that."""
        if index.row() < len(self._offered):
            self._take(self._offered[index.row()])
        else:
            self.wait_for_answer(self.returnPressed.emit)

    def _take(self, chosen: Picked) -> None:
        blocked = QSignalBlocker(self)
        self.set_value(chosen)
        blocked.unblock()
        self.changed.emit()


def _shorter(found: Picked) -> tuple[str, ...]:
    """A line with the names in it shorter and shorter, whichever part they stand in; the last is cut where none has room."""
    names = [(words, found.detail) for words in shorter_names(found.words)]
    names += [(found.words, detail) for detail in shorter_names(found.detail)]
    return tuple("   ".join(each).strip() for each in names)


def account_picker(find: Find, *, required: bool = True) -> Picker:
    """An account, by reference, name or postcode."""
    return Picker(find, "an account", "a reference, name or postcode", required=required)


def officer_picker(officers: Sequence[Picked], *, required: bool = False) -> Picker:
    """One of these officers, by any part of their name."""
    return Picker(among(officers), "an officer", "a name", required=required)


def among(choices: Sequence[Picked]) -> Find:
    """Find in a short list that is at hand: every word anywhere in the line, those that begin with it first."""

    def find(text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        words = text.casefold().split()
        found = [each for each in choices if all(word in each.line().casefold() for word in words)]
        then(sorted(found, key=lambda each: not each.line().casefold().startswith(text.casefold())))

    return find
