"""The field for a date: typed as officers type it, or taken from a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton

from app.services.workbench.rules.typed_dates import Toward, read_date
from app.views.common import formats, icons
from app.views.common.fields_written import WrittenField
from app.views.common.parts import column
from app.views.common.theme import scaled, tokens

_BUTTON = 22
"""The side of the calendar's button, in pixels at 100 per cent."""
_WIDEST = "30 Nov 2026"
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}


class DateField(WrittenField):
    """A date (`typed_dates.read_date`), written `16 Nov 2026` when the officer moves on. `value()` is a date or None.

    Up and Down go a day, Page Up and Page Down a week, Alt+Down opens the calendar.

    Args:
        today: gives the day at the office.
        toward: which of several days a short date means.
        required: whether it may be left empty.

    Signals:
        dateChanged(date): another date is meant; not while it is being typed, but by Enter, on leaving, from the calendar.
    """

    dateChanged = Signal(object)  # noqa: N815  as Qt's own date fields have it

    def __init__(
        self, today: Callable[[], date] = date.today, toward: Toward = Toward.NEAREST, *, required: bool = False
    ) -> None:
        super().__init__(required=required, placeholder="Such as 12/5, today, mon, +7")
        self._today = today
        self._toward = toward
        self._last: date | None = None
        self._open = QToolButton(self)
        self._open.setObjectName("in_field")
        self._open.setAccessibleName("Open the calendar")
        self._open.setToolTip("Calendar (Alt+Down)")
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._open.setCursor(Qt.CursorShape.ArrowCursor)
        self._open.clicked.connect(lambda _on=False: self.open_calendar())
        icons.dress(self._open, "calendar-month-outline", "muted")
        self.returnPressed.connect(self.tidy)

    def read(self, text: str) -> Any:
        """The date."""
        return read_date(text, self._today(), self._toward)

    def written(self, value: Any) -> str:
        """A date with the name of its month."""
        return formats.day(value)

    def set_value(self, value: Any) -> None:
        """Show a date."""
        super().set_value(value)
        self._note()

    def setDate(self, value: QDate | date) -> None:  # noqa: N802  as Qt's own date fields have it
        """Show a date."""
        self.set_value(value if isinstance(value, date) else date(value.year(), value.month(), value.day()))

    def date(self) -> QDate:
        """The date that is meant; what it last was while something else is half typed."""
        found = self.value() or self._last or self._today()
        return QDate(found.year, found.month, found.day)

    def tidy(self) -> None:
        """Write what is typed as dates are written, if it is one."""
        super().tidy()
        self._note()

    def open_calendar(self) -> None:
        """Choose in a calendar: Enter or a click takes the day, Esc leaves it."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setObjectName("choice")
        calendar = _calendar()
        shown = self.value() or self._today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        column(popup, calendar, margin=4)

        def take(chosen: QDate) -> None:
            self.set_value(date(chosen.year(), chosen.month(), chosen.day()))
            popup.close()

        calendar.activated.connect(take)
        calendar.clicked.connect(take)
        popup.move(self.mapToGlobal(self.rect().bottomLeft()))
        popup.show()
        calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """The keys that step through days."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif (step := _STEPS.get(Qt.Key(event.key()))) and not self.isReadOnly():
            self.set_value((self.value() or self._today()) + timedelta(days=step))
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the calendar's button at the right end, as large as the text."""
        super().resizeEvent(event)
        side, edge = scaled(_BUTTON), scaled(4)
        self._open.setGeometry(self.width() - side - edge, (self.height() - side) // 2, side, side)
        self.setTextMargins(0, 0, side, 0)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Wide enough for a date where one is always there; a form gives it more room."""
        found = super().sizeHint()
        if self._required:
            found.setWidth(self.fontMetrics().horizontalAdvance(_WIDEST) + scaled(_BUTTON + 28))
        return found

    def _note(self) -> None:
        found = self.value()
        if found is not None and found != self._last:
            self._last = found
            self.dateChanged.emit(found)


def _calendar() -> QCalendarWidget:
    """A month from Monday on, in the colours in force."""
    made = QCalendarWidget()
    made.setAccessibleName("Calendar")
    made.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    made.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    weekend = QTextCharFormat()
    weekend.setForeground(tokens().colour("muted"))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        made.setWeekdayTextFormat(day, weekend)
    for name, icon, words in (
        ("qt_calendar_prevmonth", "chevron-left", "The month before"),
        ("qt_calendar_nextmonth", "chevron-right", "The month after"),
    ):
        turn = made.findChild(QToolButton, name)
        assert turn is not None
        icons.dress(turn, icon, "text", 18)
        turn.setAccessibleName(words)
    made.setMinimumSize(scaled(250), scaled(200))
    return made
