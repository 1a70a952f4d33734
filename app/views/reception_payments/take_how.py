"""How a payment is taken: at which desk, by which means, and what each of them asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Money, TakenBy
from app.services.reception_payments.callers.dto import Way
from app.services.reception_payments.receipts.dto.forms import DeskFace
from app.services.reception_payments.receipts.dto.new import NewCheque
from app.services.reception_payments.receipts.rules import METHODS
from app.views.common.fields import ChoiceField, LineField
from app.views.common.fields_money import MoneyField
from app.views.common.forms import Form
from app.views.common.remembered import memory

_PLACE: Final = "reception/place"
_WAYS: Final = (("Counter", Way.COUNTER), ("Telephone", Way.TELEPHONE))
_NAME, _BANK, _NUMBER, _SLIP = 120, 60, 20, 40
_ASKS: Final = {
    "tendered": frozenset({TakenBy.CASH}),
    "cheque_drawer": frozenset({TakenBy.CHEQUE}),
    "cheque_number": frozenset({TakenBy.CHEQUE, TakenBy.POSTAL_ORDER}),
    "slip": frozenset({TakenBy.TERMINAL}),
}
"""The fields that a means asks for."""


class HowFields(QObject):
    """The fields of a form about how it is paid; desk, means and way are remembered for the officer.

    Args:
        form: to which they are added.
        desks: those in use.

    Signals:
        changed: another means, or another way of being there.
    """

    changed = Signal()

    def __init__(self, form: Form, desks: Sequence[DeskFace]) -> None:
        super().__init__(form)
        self._form = form
        self._desks = {each.desk_id: each for each in desks}
        self.way = ChoiceField(_WAYS)
        self.desk = ChoiceField([(each.name, each.desk_id) for each in desks])
        self.method = ChoiceField()
        self.tendered = MoneyField(placeholder="What is handed over")
        form.add_beside(("way", "Wa&y", self.way), ("desk_id", "&Desk", self.desk))
        form.add("taken_by", "Paid &by", self.method)
        form.add("tendered", "&Handed over", self.tendered)
        form.add("cheque_drawer", "Name on che&que", LineField(_NAME))
        form.add_beside(("cheque_number", "&Number", LineField(_NUMBER)), ("cheque_bank", "Ban&k", LineField(_BANK)))
        form.add("slip", "Terminal s&lip", LineField(_SLIP, placeholder="The reference printed on the slip"))
        self._restore()
        self.desk.changed.connect(self._offer)
        self.method.changed.connect(self._follow)
        self.way.changed.connect(self.changed)
        self._offer()

    @property
    def taken_by(self) -> TakenBy | None:
        """By which means; None where the desk takes none."""
        found = self.method.value()
        return TakenBy(found) if found else None

    @property
    def way_there(self) -> Way:
        """How the payer is there."""
        return Way(self.way.value())

    def cheque(self) -> NewCheque:
        """What is typed of the cheque or postal order."""
        values = self._form.values()
        if self.taken_by is TakenBy.CHEQUE:
            return NewCheque(values["cheque_drawer"], values["cheque_bank"], values["cheque_number"])
        return NewCheque(number=values["cheque_number"]) if self.taken_by is TakenBy.POSTAL_ORDER else NewCheque()

    def slip(self) -> str:
        """The reference on the slip."""
        return str(self._form.values()["slip"]) if self.taken_by is TakenBy.TERMINAL else ""

    def handed(self) -> int | None:
        """What was handed over in cash, in pence; None: just the amount."""
        given = self.tendered.value() if self.taken_by is TakenBy.CASH else None
        return given.pence if given else None

    def change_words(self, amount: Money) -> str:
        """What is given back of what is handed over, as a sentence; empty where nothing is."""
        given = self.handed()
        if not given or given == amount.pence:
            return ""
        over = Money(given) - amount
        return f"Give {over} change." if over.pence > 0 else f"{-over} is missing."

    def next_field(self) -> QWidget | None:
        """Where typing goes on after the amount: what this means asks for first."""
        wanted = (name for name, means in _ASKS.items() if self.taken_by in means)
        return next((self._form.field(name) for name in wanted), None)

    def choose(self, taken_by: TakenBy) -> None:
        """Begin with what is known, such as a cheque that came in the post."""
        self.method.set_value(taken_by)

    def remember(self) -> None:
        """The next payment begins at the same desk, by the same means."""
        memory().write(_PLACE, f"{self.desk.value()} {self.method.value()} {self.way.value()}")

    def _restore(self) -> None:
        parts = memory().read(_PLACE).split(" ")
        if len(parts) == 3 and parts[0].isdigit() and parts[1] in set(TakenBy) and parts[2] in set(Way):
            self.desk.set_value(int(parts[0]))
            self._offer()
            self.method.set_value(TakenBy(parts[1]))
            self.way.set_value(Way(parts[2]))

    def _offer(self) -> None:
        desk = self._desks.get(self.desk.value())
        self.method.offer([(METHODS[each], each) for each in (desk.methods if desk else ())])
        self._follow()

    def _follow(self) -> None:
        for name, means in _ASKS.items():
            self._form.setRowVisible(self._form.labels[name], self.taken_by in means)
        self.changed.emit()
