"""Notes and coins counted by denomination: a field whose total runs along; Enter goes on."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.models.values import Money
from app.services.reception_payments.tills import rules
from app.views.common.fields_count import CountField
from app.views.common.parts import Figure, column, label, row
from app.views.common.theme import scaled

_FIELD: Final = 60
_AMOUNT: Final = 78
_GAP: Final = 26
_BLOCKS: Final = (("Notes", rules.NOTES), ("Coins", rules.COINS[:4]), ("", rules.COINS[4:]))
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CashField(QWidget):
    """How many there are of each note and coin. `value()` is how many by worth in pence, without those of which there are none.

    Attributes:
        fields: the field of each note and coin, by its worth.

    Signals:
        changed, left, told: as of every field.
    """

    changed = Signal()
    left = Signal()
    told = Signal(str)

    def __init__(self, name: str = "Total") -> None:
        super().__init__()
        self.fields: dict[int, CountField] = {}
        self._amounts: dict[int, QLabel] = {}
        self._total = Figure(name)
        blocks = [self._block(title, worths) for title, worths in _BLOCKS]
        column(self, row(blocks[0], _GAP, blocks[1], _GAP, blocks[2], None, spacing=0), self._total, spacing=12)
        self.setFocusProxy(self.fields[rules.DENOMINATIONS[0]])
        self._follow()

    # A field of a form

    def value(self) -> Any:
        """How many of each there are."""
        return {worth: count for worth, field in self.fields.items() if (count := field.value())}

    def set_value(self, value: Any) -> None:
        """Show a count."""
        for worth, field in self.fields.items():
            field.set_value((value or {}).get(worth))

    def typed(self) -> Any:
        """What stands in each field, in their order."""
        return [field.text() for field in self.fields.values()]

    def retype(self, typed: Any) -> None:
        """Put back what stood there."""
        for field, text in zip(self.fields.values(), typed or (), strict=False):
            field.retype(text)

    def problem(self) -> str:
        """What is wrong in the first field that isn't a number; the focus goes there."""
        for field in self.fields.values():
            if said := field.problem():
                self.setFocusProxy(field)
                return said
        self.setFocusProxy(self.fields[rules.DENOMINATIONS[0]])
        return ""

    # What a sheet asks

    @property
    def touched(self) -> bool:
        """Whether anything was typed, be it a 0: a count that nobody gave is not one of nothing."""
        return any(field.text().strip() for field in self.fields.values())

    @property
    def total(self) -> Money:
        """What it comes to."""
        return Money(rules.total(self.value()))

    def _block(self, title: str, worths: tuple[int, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(scaled(8))
        grid.setVerticalSpacing(scaled(4))
        grid.addWidget(label(title, "muted"), 0, 0)
        for at, worth in enumerate(worths, start=1):
            field = CountField("there are", least=0)
            field.setFixedWidth(scaled(_FIELD))
            field.setAlignment(_RIGHT)
            field.setAccessibleName(f"How many of {rules.named(worth)}")
            field.changed.connect(self._follow)
            field.left.connect(self.left)
            field.returnPressed.connect(field.focusNextChild)
            amount = label("", "muted")
            amount.setAlignment(_RIGHT)
            amount.setFixedWidth(scaled(_AMOUNT))
            words = label(rules.named(worth))
            words.setBuddy(field)
            for place, widget in enumerate((words, field, amount)):
                grid.addWidget(widget, at, place)
            self.fields[worth], self._amounts[worth] = field, amount
        return grid

    def _follow(self) -> None:
        for worth, field in self.fields.items():
            count = field.value()
            self._amounts[worth].setText(str(Money(worth * count)) if count else "")
        self._total.show_amount(self.total, balance=False)
        self.changed.emit()
