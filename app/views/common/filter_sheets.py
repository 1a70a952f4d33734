"""The dialogs of filters: any amount, and the name that one is saved under."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.models.values import Money, MoneyError
from app.services.core.errors import UserError
from app.services.workbench.filters.dto import LONGEST_NAME
from app.views.common.dialogs import Sheet
from app.views.common.fields_dates import DateField


class AmountSheet(Sheet):
    """Any amount for a filter.

    Signals:
        amount(Money): it was typed.
    """

    amount = Signal(object)

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, title, primary="Show")
        self.field = QLineEdit()
        self.form().add("amount", "&Amount in pounds", self.field)
        self.confirmed.connect(self._take)

    def _take(self) -> None:
        try:
            found = Money.parse(self.field.text())
        except MoneyError as wrong:
            self.show_error(UserError(str(wrong), field="amount"))
            return
        self.accept()
        self.amount.emit(abs(found))


class DaySheet(Sheet):
    """Any day for a filter.

    Signals:
        day(date): it was typed.
    """

    day = Signal(object)

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, title, primary="Show")
        self.field = DateField(required=True)
        self.form().add("day", "&Day", self.field)
        self.confirmed.connect(self._take)

    def _take(self) -> None:
        found = self.field.value()
        if found is None:
            self.show_error(UserError(self.field.problem(), field="day"))
            return
        self.accept()
        self.day.emit(found)


class NameSheet(Sheet):
    """A name for a filter, and whether colleagues may use it."""

    def __init__(self, parent: QWidget, title: str, note: str, name: str, *, sharing: bool) -> None:
        super().__init__(parent, title, primary="Save", note=note)
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME)
        self.form().add("name", "&Name", self.name)
        self.shared = QCheckBox("&Share it with the office")
        self.shared.setVisible(sharing)
        self.body.addWidget(self.shared)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("m") * 30)
