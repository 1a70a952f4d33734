"""Two officers changed one record: each field that both changed is chosen, nothing is typed again."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QGridLayout, QRadioButton, QWidget

from app.services.core.versions import Kept
from app.services.workbench.rules.merging import Differing, Merged
from app.views.common import formats
from app.views.common.boxes import Grid
from app.views.common.dialogs import Sheet
from app.views.common.forms import Form
from app.views.common.parts import button, column, label, rule, scrolled
from app.views.common.theme import scaled

_SIDES = ("mine", "theirs", "was")


class _Choice(QRadioButton):
    """Left and Right choose at once, also while nothing is chosen yet."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Choose what the arrow went to."""
        super().keyPressEvent(event)
        reached = QApplication.focusWidget()
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} and isinstance(reached, _Choice):
            reached.setChecked(True)


class ConflictSheet(Sheet):
    """Mine, theirs, or as it was, for each field; arrows choose, Tab goes on, Alt+M and Alt+T choose for all.

    Signals:
        settled(values): every field as it shall be saved.
    """

    settled = Signal(object)

    def __init__(self, parent: QWidget, form: Form, merged: Merged, kept: Kept) -> None:
        who = kept.by or "Somebody else"
        at = f" on {formats.moment(kept.at)}" if kept.at else ""
        super().__init__(
            parent,
            "Somebody else changed this too",
            primary="Save these",
            close="Go back",
            note=f"{who} saved it{at}, while you had it open. Choose what to keep; nothing you typed is lost.",
        )
        self._merged = merged
        self._groups: dict[str, QButtonGroup] = {}
        self._titles = {each.key: form.title(each.key) for each in merged.conflicts}
        inside = QWidget()
        inside.setObjectName("canvas")
        grid = Grid(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(scaled(16))
        grid.setVerticalSpacing(scaled(8))
        for at_column in range(4):
            grid.setColumnStretch(at_column, 2 if at_column else 1)
        for at_row, each in enumerate(merged.conflicts):
            self._add(grid, 2 * at_row, form, each)
        grid.setRowStretch(grid.rowCount(), 1)
        self.body.addWidget(scrolled(inside), 1)
        if merged.theirs:
            taken = ", ".join(form.title(key) for key in merged.theirs)
            self.body.addWidget(
                label(f"Taken over as {who} saved it, since you didn't change it: {taken}.", "muted", wrap=True)
            )
        for words, side in (("All &mine", "mine"), ("All &theirs", "theirs")):
            every = button(words)
            every.clicked.connect(lambda _on=False, side=side: self.choose_all(side))
            self.left_buttons.addWidget(every)
        self.confirmed.connect(self._settle)
        self.resize(scaled(760), scaled(min(620, 260 + 90 * len(merged.conflicts))))

    def choose(self, key: str, side: str) -> None:
        """Choose for one field: mine, theirs or was."""
        self._groups[key].button(_SIDES.index(side)).setChecked(True)

    def choose_all(self, side: str) -> None:
        """Choose the same side for every field."""
        for key in self._groups:
            self.choose(key, side)
        if self.primary:
            self.primary.setFocus()

    def first_choice(self) -> QRadioButton:
        """Where choosing begins."""
        found = next(iter(self._groups.values())).button(0)
        assert isinstance(found, QRadioButton)
        return found

    def _add(self, grid: QGridLayout, at: int, form: Form, each: Differing) -> None:
        grid.addWidget(rule(), at, 0, 1, 4)
        title = self._titles[each.key]
        top = Qt.AlignmentFlag.AlignTop
        named = QWidget()
        column(named, 4, label(title, "strong", wrap=True), None, spacing=0)
        grid.addWidget(named, at + 1, 0, top)
        group = self._groups[each.key] = QButtonGroup(self)
        for number, (side, words) in enumerate(zip(_SIDES, ("Mine", "Theirs", "As it was"), strict=True)):
            value = form.words(each.key, getattr(each, side))
            choice = _Choice(words)
            choice.setAccessibleName(f"{title}, {words.lower()}: {value}")
            group.addButton(choice, number)
            cell = QWidget()
            column(cell, choice, label(value, wrap=True), spacing=2)
            grid.addWidget(cell, at + 1, 1 + number, top)

    def _settle(self) -> None:
        values: dict[str, Any] = dict(self._merged.values)
        for each in self._merged.conflicts:
            side = self._groups[each.key].checkedId()
            if side < 0:
                self.messages.bad(f"Choose what to keep for {self._titles[each.key]}.")
                self._groups[each.key].button(0).setFocus()
                return
            values[each.key] = getattr(each, _SIDES[side])
        self.settled.emit(values)
        self.accept()
