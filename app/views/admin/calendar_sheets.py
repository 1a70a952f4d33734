"""The sheets that change a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.admin.calendars.dto import YearSheet
from app.views.admin.listed import FormSheet
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_dates import DateField


class ClosureSheet(FormSheet):
    """Asks when the office is shut and why.

    Signals:
        closure_given(first, last, name)
    """

    closure_given = Signal(object, object, str)

    def __init__(self, parent: QWidget, today: Callable[[], date]) -> None:
        note = "These weekdays stop counting as the office's working days. Statutory, Bacs and freedom of information days stay as they are."
        super().__init__(parent, "Shut the office", "Add the closure", note)
        self.first, self.last, self.name = DateField(today, required=True), DateField(today), LineField(80)
        self.add("first_on", "&First day", self.first)
        self.add("last_on", "&Last day", self.last, "The same day, if left empty")
        self.add("name", "&Why", self.name, "Such as Between Christmas and New Year")
        self.body.addStretch(1)
        self.filled.connect(
            lambda given: self.closure_given.emit(
                given["first_on"], given["last_on"] or given["first_on"], given["name"]
            )
        )


class YearStartSheet(FormSheet):
    """Asks on which Monday a rent year begins.

    Signals:
        start_given(first, weeks)
    """

    start_given = Signal(object, int)

    def __init__(self, parent: QWidget, sheet: YearSheet, today: Callable[[], date]) -> None:
        note = "The years beside it are lengthened or cut to meet it. A year of which a week is charged stays as it is."
        super().__init__(parent, f"Rent year {sheet.name}", "Set the year", note)
        self.first = DateField(today, required=True)
        self.weeks = ChoiceField([("52 weeks", 52), ("53 weeks", 53)])
        self.add("first_week_on", "&First Monday", self.first, "Around 1 April", sheet.first_week_on)
        self.add("weeks", "&Weeks", self.weeks, value=sheet.weeks)
        self.body.addStretch(1)
        self.filled.connect(lambda given: self.start_given.emit(given["first_week_on"], given["weeks"]))
