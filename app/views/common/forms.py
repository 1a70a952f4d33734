"""Forms: every field has its label as buddy, and an error stands beside the field it is about."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QFormLayout, QLabel, QSizePolicy, QWidget

from app.services.core.errors import UserError
from app.views.common.parts import column, label, restyle
from app.views.common.theme import scaled

_LEAST_LETTERS = 8


class Form(QFormLayout):
    """Labelled fields under each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, QWidget] = {}
        self._errors: dict[str, QLabel] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(scaled(16))
        self.setVerticalSpacing(scaled(10))
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def add(self, name: str, title: str, field: QWidget, hint: str = "") -> None:
        """Add a field called `name` (as in UserError.field) with its title (an & marks the key) and a word of help."""
        words = QLabel(title)
        words.setBuddy(field)
        field.setAccessibleName(title.replace("&", ""))
        if hint:
            field.setAccessibleDescription(hint)
        error = label("", wrap=True, tone="bad")
        error.setVisible(False)
        beside = [field, *([label(hint, "muted", wrap=True)] if hint else []), error]
        self.addRow(words, column(None, *beside, spacing=2))
        if isinstance(field, QComboBox):
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(_LEAST_LETTERS)
        self._fields[name] = field
        self._errors[name] = error

    def show_error(self, error: UserError) -> bool:
        """Put the error beside its field and go there; False if it is about no field of this form."""
        self.clear_errors()
        field = self._fields.get(error.field or "")
        if field is None:
            return False
        self._errors[error.field or ""].setText(str(error))
        self._errors[error.field or ""].setVisible(True)
        restyle(field, wrong="true")
        field.setFocus()
        return True

    def first(self) -> QWidget | None:
        """Where typing begins."""
        return next((field for field in self._fields.values() if field.isEnabled()), None)

    def clear_errors(self) -> None:
        """Take every error away."""
        for name, error in self._errors.items():
            if not error.isHidden():
                error.setVisible(False)
                restyle(self._fields[name], wrong="false")


def date_field(value: date, name: str = "") -> QDateEdit:
    """A date, written `16 Nov 2026`, with a calendar."""
    made = QDateEdit(QDate(value.year, value.month, value.day))
    made.setDisplayFormat("d MMM yyyy")
    made.setCalendarPopup(True)
    made.setAccessibleName(name)
    return made


def date_of(field: QDateEdit) -> date:
    """The date in a field."""
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())


def choice_field(choices: list[tuple[str, object]], name: str = "") -> QComboBox:
    """A list of (words, value) to choose from; `currentData()` is the value."""
    made = QComboBox()
    for words, value in choices:
        made.addItem(words, value)
    made.setAccessibleName(name)
    return made
