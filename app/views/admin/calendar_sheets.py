"""The sheets that change a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.admin.calendars.dto import YearSheet
from app.views.common.dialogs import Sheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField

_LETTERS = 46


class ClosureSheet(Sheet):
    """Asks when the office is shut and why.

    Signals:
        closure_given(first, last, name)
    """

    closure_given = Signal(object, object, str)

    def __init__(self, parent: QWidget, today: Callable[[], date]) -> None:
        note = "Weekdays that are no bank holiday stop counting as the office's working days. Statutory, Bacs and freedom of information days stay."
        super().__init__(parent, "Shut the office", primary="Add the closure", note=note)
        self.first, self.last, self.name = DateField(today, required=True), DateField(today), LineField(80)
        form = self.form()
        form.add("first_on", "&First day", self.first)
        form.add("last_on", "&Last day", self.last, "The same day, if left empty")
        form.add("name", "&Why", self.name, "Such as Between Christmas and New Year")
        self.confirmed.connect(self._tell)
        self.body.addStretch(1)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * _LETTERS)

    def _tell(self) -> None:
        if self._form is None or not self._form.check():
            return
        self.set_busy(busy=True)
        first = self.first.value()
        self.closure_given.emit(first, self.last.value() or first, str(self.name.value()))


class YearStartSheet(Sheet):
    """Asks on which Monday a rent year begins.

    Signals:
        start_given(first, weeks)
    """

    start_given = Signal(object, int)

    def __init__(self, parent: QWidget, sheet: YearSheet, today: Callable[[], date]) -> None:
        note = "The years beside it are lengthened or cut to meet it. Nothing of it may have been charged yet."
        super().__init__(parent, f"Rent year {sheet.name}", primary="Begin it so", note=note)
        self.first = DateField(today, required=True)
        self.weeks = ChoiceField([("52 weeks", 52), ("53 weeks", 53)])
        self.first.set_value(sheet.first_week_on)
        self.weeks.set_value(sheet.weeks)
        form = self.form()
        form.add("first_week_on", "&First Monday", self.first, "Around 1 April")
        form.add("weeks", "&Weeks", self.weeks)
        self.confirmed.connect(self._tell)
        self.body.addStretch(1)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * _LETTERS)

    def _tell(self) -> None:
        if self._form is None or not self._form.check():
            return
        self.set_busy(busy=True)
        self.start_given.emit(self.first.value(), self.weeks.value())
