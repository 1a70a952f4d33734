"""The filter bar above a long table: a field, a button for each thing often asked for, and a menu of the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget

from app.views.common.facets import Choice, Facet
from app.views.common.flow import FlowLayout
from app.views.common.parts import column, filter_button
from app.views.common.pause import Pause
from app.views.common.theme import scaled

_TYPING_MS = 10
_LONGEST = 120
"""Letters in the field: what is pasted by mistake is cut, not looked for."""


class FilterBar(QWidget):
    """Holds a filter and shows it: a frozen dataclass whose fields are the facets and, if it has one, `text`.

    Signals:
        changed: another filter is asked for.
    """

    changed = Signal()

    def __init__(self, everything: Any, facets: Sequence[Facet], placeholder: str) -> None:
        super().__init__()
        self.everything = everything
        self.facets = tuple(facets)
        self.wanted = everything
        self.text = QLineEdit()
        self.text.setPlaceholderText(placeholder)
        self.text.setAccessibleName(f"Find by {placeholder[:1].lower()}{placeholder[1:]}")
        self.text.setClearButtonEnabled(True)
        self.text.setMaxLength(_LONGEST)
        if not hasattr(everything, "text"):
            self.text.hide()
        self.quick: dict[tuple[str, Any], QPushButton] = {}
        self.more = QPushButton("+ &Filter")
        self.more.setProperty("role", "link")
        self.more.setAccessibleName("Add a filter")
        self.more.setAutoDefault(False)
        self.more.clicked.connect(self._open_menu)
        self.saved = QPushButton("S&aved")
        self.saved.setProperty("role", "link")
        self.saved.setAccessibleName("Saved filters")
        self.saved.setAutoDefault(False)
        self.saved.setVisible(False)
        self._chips: list[QPushButton] = []
        self._flow = FlowLayout(across=6)
        for facet in self.facets:
            for choice in facet.choices:
                if choice.quick:
                    self._add_quick(facet, choice)
        self._flow.addWidget(self.more)
        self._flow.addWidget(self.saved)
        column(self, self.text, self._flow, spacing=8).setContentsMargins(scaled(14), 0, scaled(14), 0)
        self._typing = Pause(self, self._take_text, _TYPING_MS)
        self.text.textChanged.connect(lambda _text: self._typing.start())

    def count(self, key: str, counts: Mapping[Any, int]) -> None:
        """Write onto each button of a facet how many there are of it."""
        for choice in self._facet(key).choices:
            if (pressed := self.quick.get((key, choice.value))) is not None:
                number = counts.get(choice.value, 0)
                pressed.setText(f"{choice.words}  {number:,}" if number else choice.words)

    def show_filter(self, wanted: Any) -> None:
        """Show a filter; nothing is asked for."""
        self.wanted = wanted
        if hasattr(wanted, "text") and self.text.text().strip() != wanted.text:
            self.text.blockSignals(True)
            self.text.setText(wanted.text)
            self.text.blockSignals(False)
        self._draw()

    def ask(self, wanted: Any) -> None:
        """Ask for a filter."""
        self._typing.stop()
        self.show_filter(wanted)
        self.changed.emit()

    def look_for(self, text: str) -> None:
        """Ask for this text with the rest of the filter as it is."""
        self.ask(replace(self.wanted, text=text.strip()))

    def offer(self, key: str, choices: Sequence[Choice]) -> None:
        """Choices that come from the database, such as areas."""
        self.facets = tuple(
            replace(facet, choices=tuple(choices)) if facet.key == key else facet for facet in self.facets
        )
        self._draw()

    def set(self, facet: Facet, value: Any, *, on: bool) -> None:
        """Choose a value of a facet, or take it away."""
        self.ask(facet.put(self.wanted, value, on=on))

    def menu(self) -> QMenu:
        """Everything that can be filtered by."""
        made = QMenu(self)
        for facet in self.facets:
            sub = made.addMenu(facet.title)
            held = facet.values(self.wanted)
            for choice in facet.choices:
                action = sub.addAction(choice.words)
                action.setCheckable(True)
                action.setChecked(choice.value in held)
                action.toggled.connect(lambda on, facet=facet, value=choice.value: self.set(facet, value, on=on))
            if facet.amount:
                sub.addAction("&Another amount ...", partial(self._ask_amount, facet))
            if facet.day:
                sub.addAction("&A day ...", partial(self._ask_day, facet))
            sub.setEnabled(not sub.isEmpty())
        made.addSeparator()
        made.addAction("&Clear the filter", lambda: self.ask(self.everything)).setEnabled(
            self.wanted != self.everything
        )
        return made

    def _open_menu(self) -> None:
        made = self.menu()
        made.aboutToHide.connect(made.deleteLater)
        made.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _add_quick(self, facet: Facet, choice: Choice) -> None:
        made = filter_button(choice.words)
        made.toggled.connect(lambda on: self.set(self._facet(facet.key), choice.value, on=on))
        self.quick[facet.key, choice.value] = made
        self._flow.addWidget(made)

    def _facet(self, key: str) -> Facet:
        return next(facet for facet in self.facets if facet.key == key)

    def _take_text(self) -> None:
        self._typing.stop()
        self.wanted = replace(self.wanted, text=self.text.text().strip())
        self.changed.emit()

    def _draw(self) -> None:
        """A chip for each value that has no button of its own; a click takes it away."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        for widget in (self.more, self.saved):
            self._flow.removeWidget(widget)
        for facet in self.facets:
            for value in facet.values(self.wanted):
                if (facet.key, value) not in self.quick:
                    self._add_chip(facet, value)
        for widget in (self.more, self.saved):
            self._flow.addWidget(widget)
        for (key, value), button in self.quick.items():
            button.blockSignals(True)
            button.setChecked(value in self._facet(key).values(self.wanted))
            button.blockSignals(False)
        self.updateGeometry()

    def _add_chip(self, facet: Facet, value: Any) -> None:
        words = facet.words(value)
        chip = filter_button(f"{words}  \N{MULTIPLICATION SIGN}", checked=True)
        chip.setAccessibleName(f"Take away the filter {words}")
        chip.setToolTip("Click to take this filter away")
        chip.clicked.connect(lambda _on: self.set(facet, value, on=False))
        chip.show()
        self._chips.append(chip)
        self._flow.addWidget(chip)

    def _ask_amount(self, facet: Facet) -> None:
        from app.views.common.filter_sheets import AmountSheet

        sheet = AmountSheet(self, facet.title)
        sheet.amount.connect(lambda amount: self.set(facet, amount, on=True))
        sheet.open()

    def _ask_day(self, facet: Facet) -> None:
        from app.views.common.filter_sheets import DaySheet

        sheet = DaySheet(self, facet.title)
        sheet.day.connect(lambda day: self.set(facet, day, on=True))
        sheet.open()
