"""Ctrl+J: everything that can be done to the record that is open, or without one, found by typing a word of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from itertools import groupby
from typing import Protocol, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.services.core.folding import fold
from app.views.common.boxes import let_go
from app.views.common.overlay import Overlay
from app.views.common.parts import button, column, label, restyle, row, scrolled
from app.views.common.theme import scaled

_COLUMNS = 3
_LEAST, _EDGE, _BETWEEN, _SIDE = 520, 12, 16, 14
_ASK = "What do you want to do?"
_HOW = "Type a word of it.   Down and Up move   Enter opens   Esc closes"
_HEADING = 1.3
"""What a heading counts for, in rows."""


class Work(Protocol):
    """A thing to do, as data: what it is called, its key, its icon, and the heading that it stands under."""

    @property
    def title(self) -> str:
        """What the panel says, beginning with a verb or the name of the thing."""
        ...

    @property
    def keys(self) -> str:
        """Its own key; empty: it has none."""
        ...

    @property
    def icon(self) -> str:
        """A Material Design name."""
        ...

    @property
    def group(self) -> StrEnum:
        """Its heading."""
        ...


W = TypeVar("W", bound=Work)


class WorksPanel(Overlay):
    """Lies over the page; Esc, Enter or a click elsewhere close it.

    Args:
        page: what it lies over.
        works: each work with its action; a work whose action is disabled can be read, not chosen.
    """

    def __init__(self, page: QWidget, works: Mapping[W, QAction]) -> None:
        super().__init__(page, _ASK, _ASK, 60)
        self.setAccessibleName("What can be done")
        self.field.textChanged.connect(lambda _text: self._narrow())
        self._words = label(_HOW, "muted", wrap=True)
        self._buttons: list[tuple[Work, QAction, QPushButton]] = []
        self._headings: dict[str, QLabel] = {}
        self._current: QPushButton | None = None
        self._under: QWidget | None = None
        self._inside = QWidget()
        self._inside.setObjectName("canvas")
        groups = groupby(works, key=lambda work: work.group.value)
        self._groups = [self._group(name, list(members), works) for name, members in groups]
        self._columns = [column(None, spacing=0) for _ in range(_COLUMNS)]
        self._abreast = row(*self._columns, spacing=_BETWEEN)
        self._abreast.setContentsMargins(scaled(_SIDE), 0, scaled(_SIDE), scaled(4))
        self._inside.setLayout(self._abreast)
        self._scroll = scrolled(self._inside)
        self.arrange(self._scroll, row(self._words))

    def begin(self, under: QWidget | None = None, why_not: str = "") -> None:
        """Open it under a button; `why_not` says why the works of the account can't be chosen."""
        if self.isVisible():
            self.end()
            return
        self.remember_focus()
        self.field.clear()
        for _, action, shown in self._buttons:
            shown.setEnabled(action.isEnabled())
        self._words.setText(why_not or _HOW)
        restyle(self._words, tone="warning" if why_not else "")
        self._narrow()
        self._under = under
        self.place()
        self.take_focus()

    def offered(self) -> list[str]:
        """The titles that are shown, in order."""
        return [work.title for work, _, shown in self._buttons if not shown.isHidden()]

    def _group(self, name: str, members: Sequence[W], actions: Mapping[W, QAction]) -> _Group:
        """The works of a group under its heading."""
        heading = label(name, "muted")
        heading.setContentsMargins(scaled(4), scaled(8), 0, scaled(2))
        self._headings[name] = heading
        made = _Group(heading)
        for work in members:
            shown = button(work.title, role="work", icon=work.icon, tip=work.keys)
            shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            shown.clicked.connect(partial(self._choose, actions[work]))
            self._buttons.append((work, actions[work], shown))
            made.add(shown)
        return made

    def _narrow(self) -> None:
        """Show the works in which every word that is typed begins a word; the first of them is marked."""
        typed = fold(self.field.text()).split()
        headed = set()
        for work, _, shown in self._buttons:
            words = fold(f"{work.title} {work.group.value}").split()
            wanted = all(any(word.startswith(part) for word in words) for part in typed)
            shown.setVisible(wanted)
            if wanted:
                headed.add(work.group.value)
        for name, heading in self._headings.items():
            heading.setVisible(name in headed)
        choices = self._choices()
        self._mark(choices[0] if choices else None)

    def _choices(self) -> list[QPushButton]:
        return [shown for _, _, shown in self._buttons if not shown.isHidden() and shown.isEnabled()]

    def step(self, by: int) -> None:
        """Mark another."""
        choices = self._choices()
        if choices:
            at = choices.index(self._current) if self._current in choices else -1
            self._mark(choices[(at + by) % len(choices)])

    def _mark(self, chosen: QPushButton | None) -> None:
        for shown in {self._current, chosen} - {None}:
            assert shown is not None
            restyle(shown, marked="true" if shown is chosen else "false")
        self._current = chosen
        if chosen is not None:
            self._scroll.ensureWidgetVisible(chosen)
        self.field.setAccessibleDescription(chosen.accessibleName() if chosen else "Nothing is called that.")

    def enter(self) -> None:
        """Begin the one that is marked."""
        if self._current is not None:
            self._current.click()

    def _choose(self, action: QAction) -> None:
        self.end()
        action.trigger()

    def place(self) -> None:
        """Under the button, within the page: first the keys give way where it is narrow, then a column does."""
        edge = scaled(_EDGE)
        room = self._over.width() - 2 * edge
        for columns in range(_COLUMNS, 0, -1):
            for with_keys in (True, False):
                wide, inside = self._share_out(columns, with_keys=with_keys)
                if wide <= room:
                    break
            if wide <= room:
                break
        around = self.sizeHint().height() - self._scroll.sizeHint().height()
        wide = min(max(wide, scaled(_LEAST)), room)
        high = min(around + inside + 2, self._over.height() - 2 * edge)
        x = y = edge
        if self._under is not None:
            corner = self._under.mapTo(self._over, QPoint(0, self._under.height()))
            x, y = corner.x(), corner.y() + scaled(4)
        x = max(edge, min(x, self._over.width() - wide - edge))
        y = max(edge, min(y, self._over.height() - high - edge))
        self.setGeometry(x, y, wide, high)

    def _share_out(self, columns: int, *, with_keys: bool) -> tuple[int, int]:
        """Lay the groups out over so many columns; the width and the height that they take."""
        for work, _, shown in self._buttons:
            keys = work.keys.replace("Return", "Enter") if with_keys else ""
            shown.setText(f"{work.title}  {keys}" if keys else work.title)
        for each in self._columns:
            let_go(each)
        shared = _shared_out(self._groups, columns)
        for at, (each, groups) in enumerate(zip(self._columns, shared, strict=True)):
            for group in groups:
                each.addWidget(group)
            each.addStretch(1)
            self._abreast.setStretch(at, 1 if groups else 0)
        filled = [groups for groups in shared if groups]
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        wide = sum(max(group.wide() for group in groups) for groups in filled) + bar
        wide += scaled(_BETWEEN) * (_COLUMNS - 1) + 2 * scaled(_SIDE) + 2
        return wide, max((sum(group.high() for group in groups) for groups in filled), default=0) + scaled(4)


class _Group(QWidget):
    """A heading with its works under it."""

    def __init__(self, heading: QLabel) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._heading = heading
        self._works: list[QPushButton] = []
        self._lines = column(self, heading, spacing=0)

    @property
    def count(self) -> int:
        """How many works it has."""
        return len(self._works)

    def add(self, work: QPushButton) -> None:
        """One more under the others."""
        self._works.append(work)
        self._lines.addWidget(work)

    def wide(self) -> int:
        """The width of the longest, also of those that are not shown."""
        return max(each.sizeHint().width() for each in (self._heading, *self._works))

    def high(self) -> int:
        """The height of all of them, also of those that are not shown."""
        return sum(each.sizeHint().height() for each in (self._heading, *self._works))


def _shared_out(groups: Sequence[_Group], columns: int) -> list[list[_Group]]:
    """The groups over the first columns in their order, about as long as each other; the other columns stay empty."""
    lengths = [group.count + _HEADING for group in groups]
    share = sum(lengths) / columns
    shared: list[list[_Group]] = [[] for _ in range(_COLUMNS)]
    taken = 0.0
    for group, length in zip(groups, lengths, strict=True):
        shared[min(int((taken + length / 2) / share), columns - 1)].append(group)
        taken += length
    return shared
