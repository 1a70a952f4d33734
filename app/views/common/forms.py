"""Forms: every field has its label as buddy, and what is wrong stands beside the field it is about.

form = Form()
form.add("amount", "&Amount", MoneyField(required=True))
form.add("on", "&Date", DateField(clock.today))
if form.check():            # tells every problem beside its field and goes to the first
    wanted.emit(form.values())
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.models.values import Money
from app.services.core.errors import UserError, UserErrors
from app.views.common import formats
from app.views.common.fields import ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_protocol import Field
from app.views.common.parts import column, restyle, row
from app.views.common.theme import scaled

_LEAST_LETTERS: Final = 8


class _Under(QLabel):
    """Words under a field, as high as their lines are at the field's width.

    What a wrapped label asks for by itself is for a width that it chose, by which a form makes its other rows too low.
    """

    def __init__(self, text: str, tone: str, field: QWidget) -> None:
        super().__init__(text)
        self._field = field
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        )  # close under it where there is room to spare
        self.setProperty("role", "" if tone else "muted")
        self.setProperty("tone", tone)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Its lines."""
        return self._lines(super().sizeHint())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Its lines: none of them is cut."""
        return self._lines(super().minimumSizeHint())

    def heightForWidth(self, wide: int) -> int:  # noqa: N802
        """Its lines at the field's width: a form asks for widths that the field hasn't, and keeps the answer."""
        return super().heightForWidth(self._field.width() if self._field.isVisible() else wide)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In another width there are more lines, or fewer."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _lines(self, asked: QSize) -> QSize:
        wide = self._field.width()
        return QSize(asked.width(), self.heightForWidth(wide)) if self._field.isVisible() else asked


class Form(QFormLayout):
    """Labelled fields under each other.

    Attributes:
        labels: what stands before each field, by its name.

    Signals:
        changed: something else is typed in one of the fields.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, QWidget] = {}
        self._errors: dict[str, QLabel] = {}
        self._titles: dict[str, str] = {}
        self.labels: dict[str, QLabel] = {}
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(scaled(16))
        self.setVerticalSpacing(scaled(10))
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def add(self, name: str, title: str, field: QWidget, hint: str = "", *, across: bool = False) -> None:
        """Add a field called `name` (as in UserError.field) with its title (an & marks the key) and a word of help.

        One that goes `across` stands under its title, as wide as the form, and can't be hidden.
        """
        words, cell = self._cell(name, title, field, hint)
        if across:
            self.addRow(column(None, words, *cell, spacing=2))
        else:
            self.addRow(words, column(None, *cell, spacing=2))

    def add_beside(self, first: tuple[str, str, QWidget], second: tuple[str, str, QWidget]) -> None:
        """Add two short fields in one row, each (name, title, field); the label of the row is both's."""
        (words, cell), (more, other) = self._cell(*first), self._cell(*second)
        both = row(column(None, *cell, spacing=2), more, column(None, *other, spacing=2), spacing=12)
        both.setStretch(0, 1)
        both.setStretch(2, 1)
        self.addRow(words, both)
        self.labels[second[0]] = words

    def _cell(self, name: str, title: str, field: QWidget, hint: str = "") -> tuple[QLabel, list[QWidget]]:
        """The label of a field, and the field over its word of help and what is wrong with it."""
        words = QLabel("" if isinstance(field, TickField) else title)
        words.setBuddy(field)
        proxy = field.focusProxy()
        if proxy is not None and field.focusPolicy() is Qt.FocusPolicy.NoFocus:
            policy = proxy.focusPolicy()
            field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # else its letter goes nowhere
            proxy.setFocusPolicy(policy)  # Qt has set that of the proxy too: Enter and Tab would go past it
        self.labels[name] = words
        self._titles[name] = title.replace("&", "")
        field.setAccessibleName(self._titles[name])
        if hint:
            field.setAccessibleDescription(hint)
        error = _Under("", "bad", field)
        error.setVisible(False)
        if isinstance(field, QComboBox):
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(_LEAST_LETTERS)
        self._fields[name] = field
        self._errors[name] = error
        self._join(name, field)
        return words, [field, *([_Under(hint, "", field)] if hint else []), error]

    def setRowVisible(self, *of: Any) -> None:  # noqa: N802
        """Show a field or hide it; an error that says nothing takes no room in either case."""
        super().setRowVisible(*of)
        for error in self._errors.values():
            if not error.text():
                error.setVisible(False)

    def add_words(self, about: QWidget) -> QLabel:
        """Add a line of words, across the fields: what is said of the one that stands over it changes with it."""
        words = _Under("", "", about)
        across = words.sizePolicy()
        across.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        words.setSizePolicy(across)
        self.addRow("", column(None, words))
        return words

    # What is in the fields

    def values(self) -> dict[str, Any]:
        """What is meant, by field; None for what is empty or can't be read."""
        return {name: field.value() for name, field in self._own()}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show these values; a field that isn't named keeps what it has."""
        for name, field in self._own():
            if name in values:
                field.set_value(values[name])
        self.clear_errors()

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, for a draft."""
        return {name: field.typed() for name, field in self._own()}

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Put back what stood in the fields."""
        for name, field in self._own():
            if name in typed:
                field.retype(typed[name])

    def field(self, name: str) -> QWidget:
        """A field by its name."""
        return self._fields[name]

    def fields(self) -> tuple[QWidget, ...]:
        """Every field, in order."""
        return tuple(self._fields.values())

    def title(self, name: str) -> str:
        """What a field is called."""
        return self._titles.get(name, name)

    def words(self, name: str, value: Any) -> str:
        """A value of a field as an officer reads it."""
        field = self._fields.get(name)
        return field.words_of(value) if isinstance(field, ChoiceField) else in_words(value)

    # What is wrong

    def check(self) -> bool:
        """Whether everything typed can be taken; else each problem stands beside its field, the focus at the first."""
        wrong = [UserError(problem, field=name) for name, field in self._own() if (problem := field.problem())]
        self.clear_errors()
        return not (wrong and self._tell(wrong))

    def show_error(self, error: UserError) -> bool:
        """Put what is wrong beside the fields and go to the first; False if some of it is about no field of this form."""
        self.clear_errors()
        several = error.errors if isinstance(error, UserErrors) else (error,)
        return self._tell(list(several))

    def first(self) -> QWidget | None:
        """Where typing begins."""
        return next((field for field in self._fields.values() if field.isEnabled()), None)

    def clear_errors(self) -> None:
        """Take every error away."""
        for name in self._errors:
            self._say(name, "")

    def error_of(self, name: str) -> str:
        """What stands beside a field."""
        shown = self._errors[name]
        return "" if shown.isHidden() else shown.text()

    def _tell(self, errors: list[UserError]) -> bool:
        about = [error for error in errors if error.field in self._fields]
        for error in about:
            self._say(error.field or "", str(error))
        named = {error.field for error in about}
        first = next((field for name, field in self._fields.items() if name in named), None)
        if first is not None:
            first.setFocus()
        return len(about) == len(errors)

    def _say(self, name: str, words: str, *, wrong: bool = True) -> None:
        shown, field = self._errors[name], self._fields[name]
        if not words and shown.isHidden():
            return
        shown.setText(words)
        shown.setVisible(bool(words))
        restyle(shown, tone="bad" if wrong else "warning")
        restyle(field, wrong="true" if words and wrong else "false")
        field.setAccessibleDescription(words)

    def _join(self, name: str, field: QWidget) -> None:
        if hasattr(field, "told"):
            own = cast("Field", field)
            own.changed.connect(self.changed)
            own.changed.connect(partial(self._say, name, ""))
            own.left.connect(partial(self._left, name))
            own.told.connect(partial(self._say, name, wrong=False))
            if isinstance(field, LineField | ChoiceField | TickField):
                field.returnPressed.connect(field.focusNextChild)
        elif isinstance(field, QLineEdit | QPlainTextEdit):
            field.textChanged.connect(lambda *_: self.changed.emit())

    def _left(self, name: str) -> None:
        """The officer moved on from a field: tell what is wrong with it before they are far away."""
        if problem := cast("Field", self._fields[name]).problem():
            self._say(name, problem)

    def _own(self) -> list[tuple[str, Field]]:
        return [(name, cast("Field", field)) for name, field in self._fields.items() if hasattr(field, "told")]


def in_words(value: Any) -> str:
    """A value of any field as an officer reads it."""
    if value is None or value in ("", ()):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return value.plain()
    if isinstance(value, date):
        return formats.day(value)
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def date_field(value: date, name: str = "", today: Callable[[], date] = date.today) -> DateField:
    """A date that is always there, such as of a filter."""
    made = DateField(today, required=True)
    made.set_value(value)
    made.setAccessibleName(name)
    return made


def date_of(field: DateField) -> date:
    """The date in a field; what it last was while another is half typed."""
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())


def choice_field(choices: list[tuple[str, object]], name: str = "") -> ChoiceField:
    """A list of (words, value) to choose from; `value()` is what is chosen."""
    made = ChoiceField(choices)
    made.setAccessibleName(name)
    return made
