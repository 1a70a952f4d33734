"""The sheets of a till: kept, opened, counted. What should be in it is nowhere on them before the count is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import ZERO, Money
from app.services.core.errors import UserError
from app.services.reception_payments.desks.dto import DeskRow
from app.services.reception_payments.tills.dto import (
    CashUp,
    Count,
    Counted,
    CountRow,
    Explain,
    SessionRow,
    TillForm,
    TillRow,
)
from app.views.common import formats
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_count import CountField
from app.views.common.fields_money import MoneyField
from app.views.common.parts import Figure, action_button, label, row
from app.views.common.theme import scaled
from app.views.reception_payments.card_guard import CardGuard
from app.views.reception_payments.till_cash import CashField
from app.views.reception_payments.till_tables import cash_words, side

_NAME, _WHY, _WIDE, _COUNTED = 40, 390, 560, 660
_BLIND: Final = "Count everything that lies in it, the float too. What should be there is said once you have counted."
_FOR_THEM: Final = (
    "Count everything that lies in it, the float too. You are told whether that is right, not what should be there."
)


class TillSheet(Sheet):
    """A till as a form."""

    def __init__(self, parent: QWidget, shown: TillRow | None, desks: Sequence[DeskRow]) -> None:
        note = "A desk that has a till takes cash and cheques only while one is open."
        super().__init__(parent, f"Till: {shown.name}" if shown else "New till", primary="Save", note=note)
        self._shown = shown
        self.fields = fields = self.form()
        offered = [each for each in desks if each.active and (each.cash or each.cheques)]
        fields.add("desk_id", "&Desk", ChoiceField([(each.name, each.desk_id) for each in offered]))
        fields.add("name", "&Name", LineField(_NAME, placeholder="Such as Till 1"))
        fields.add("float_", "&Float", MoneyField(required=True), "What it begins with each day")
        if shown is not None:
            fields.add("active", "Use", TickField("&In use"))
            fields.fill({"desk_id": shown.desk_id, "name": shown.name, "float_": shown.float_, "active": shown.active})
        self._guard = CardGuard(self, self.messages.warn)
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> TillForm | None:
        """What the fields say; None where the float can't be read."""
        if not self.fields.check():
            return None
        values, shown = self.fields.values(), self._shown
        return TillForm(
            shown.till_id if shown else 0,
            values["desk_id"] or 0,
            values["name"],
            values["float_"],
            bool(values.get("active", True)),
            shown.version if shown else 0,
        )


class CountSheet(Sheet):
    """A till counted by denomination.

    Attributes:
        needs_count: a sheet on which nothing was typed is no count.
    """

    needs_count = True

    def __init__(self, parent: QWidget, title: str, primary: str, note: str = _BLIND) -> None:
        super().__init__(parent, title, primary=primary, note=note)
        self.fields = self.form()
        self.before()
        self.cash = CashField("Counted")
        self.fields.add("quantities", "Notes and coins", self.cash, across=True)
        self.after()
        self._guard = CardGuard(self, self.messages.warn)
        self.setMinimumWidth(scaled(_COUNTED))

    def before(self) -> None:
        """Fields that stand before the notes and coins."""

    def after(self) -> None:
        """Fields that stand after them."""

    def count(self) -> Count | None:
        """The count; None where a number can't be read.

        Raises:
            UserError: nothing was typed, which isn't a count of nothing.
        """
        if not self.fields.check():
            return None
        if self.needs_count and not self.cash.touched:
            raise UserError("Nothing is counted yet.", "If the till is empty, type a 0.", "quantities")
        values = self.fields.values()
        return Count(values["quantities"], str(values.get("why") or ""))


class OpenSheet(CountSheet):
    """The float of a till, counted as it is opened."""

    def __init__(self, parent: QWidget, till: TillRow) -> None:
        super().__init__(
            parent, f"Open {till.name}", "Open", f"{till.desk}. Count the float; it is usually {till.float_}."
        )
        self.needs_count = bool(till.float_)

    def after(self) -> None:
        """Another float than usual is explained."""
        self.fields.add("why", "&Why", LineField(_WHY, placeholder="Only if it isn't the usual float"))


class HandOverSheet(CountSheet):
    """A till counted for the colleague who takes it over."""

    def __init__(self, parent: QWidget, session: SessionRow, colleagues: Sequence[tuple[str, int]]) -> None:
        self._colleagues = colleagues
        note = f"{_FOR_THEM} They hold it once they agree to your count."
        super().__init__(parent, f"Hand over {session.till}", "Counted", note)

    def before(self) -> None:
        """Who takes it over; nobody is chosen for the officer where there are several."""
        choose = [("Choose", None)] if len(self._colleagues) > 1 else []
        self.fields.add("to_officer_id", "&To", ChoiceField([*choose, *self._colleagues]))

    def count(self) -> Count | None:
        """The count.

        Raises:
            UserError: nobody is chosen, or nothing was typed.
        """
        if self.fields.values()["to_officer_id"] is None:
            raise UserError("Choose the colleague who takes it over.", field="to_officer_id")
        return super().count()


class CashUpSheet(CountSheet):
    """The end of a session: cash, cheques and postal orders."""

    def __init__(self, parent: QWidget, session: SessionRow) -> None:
        self._session = session
        super().__init__(parent, f"Cash up {session.till}, {formats.weekday(session.business_on)}", "Counted")

    def after(self) -> None:
        """The cheques and postal orders in hand."""
        self.fields.add_beside(
            ("cheque_count", "Cheques and &orders", CountField("cheques", least=0, placeholder="How many")),
            ("cheque_pence", "&come to", MoneyField()),
        )

    def command(self) -> CashUp | None:
        """The cash-up; None where something can't be read."""
        count = self.count()
        if count is None:
            return None
        values = self.fields.values()
        amount = values["cheque_pence"]
        return CashUp(
            self._session.session_id,
            count,
            values["cheque_count"] or 0,
            amount.pence if isinstance(amount, Money) else 0,
        )


class DifferenceSheet(Sheet):
    """A count that isn't what it should be: why, or counted again (Ctrl+R).

    Signals:
        again_wanted: count it again.
    """

    again_wanted = Signal()

    def __init__(self, parent: QWidget, title: str, counted: Counted) -> None:
        note = "Your count is kept. Say how the difference came about; if nobody knows, say so."
        super().__init__(parent, title, primary="Keep the reason", close="Later", note=note)
        self._count_id = counted.count_id
        shown = [("Counted", counted.counted)]
        if counted.over is not None and counted.expected is not None:
            over = "Over" if counted.over.pence > 0 else "Under"
            shown += [("Should be", counted.expected), (over, Money(abs(counted.over.pence)))]
        figures: list[QWidget | int | None] = []
        for name, amount in shown:
            figure = Figure(name)
            figure.show_amount(amount, balance=False)
            figures += [figure, 28]
        self.body.addLayout(row(*figures, None))
        self.fields = self.form()
        self.fields.add("why", "&Why", AreaField(_WHY, height=72))
        action = QAction("Count again", self)
        action.setShortcut(QKeySequence("Ctrl+R"))
        action.triggered.connect(lambda _on=False: self.again_wanted.emit())
        self.addAction(action)
        self.left_buttons.addWidget(action_button(action, icon="refresh"))
        self._guard = CardGuard(self, self.messages.warn)
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> Explain:
        """The reason."""
        return Explain(self._count_id, str(self.fields.values()["why"] or ""))


class TakeOverSheet(Sheet):
    """The count to which whoever takes a till over agrees."""

    def __init__(self, parent: QWidget, session: SessionRow, count: CountRow) -> None:
        note = (
            f"{count.by} counted it for you, {formats.moment(count.at)}. Count it together; you hold it once you agree."
        )
        super().__init__(parent, f"Take over {session.till}", primary="I agree", note=note)
        self.session_id = session.session_id
        figure = Figure("Counted")
        figure.show_amount(count.counted, balance=False)
        self.body.addLayout(row(figure, None))
        told = (cash_words(count.quantities), _noted(count.over), f"Why: {count.why}" if count.why else "")
        if said := "\n".join(part for part in told if part):
            self.body.addWidget(label(said, wrap=True, selectable=True))
        self.setMinimumWidth(scaled(_WIDE))

    def command(self) -> int:
        """The session."""
        return self.session_id


class SignSheet(Sheet):
    """A cash-up that a second officer signs."""

    def __init__(self, parent: QWidget, session: SessionRow) -> None:
        note = f"{session.holder} counted it. A difference is posted by itself to unders and overs, never set off against another day."
        super().__init__(parent, f"Sign session {session.number}: {session.till}", primary="Sign", note=note)
        self.session_id = session.session_id
        over = session.over or ZERO
        figures = []
        for name, amount in (
            ("Cash counted", session.counted or ZERO),
            ("Over" if over.pence > 0 else "Under" if over.pence else "Difference", Money(abs(over.pence))),
            ("Cheques and orders", session.cheques),
        ):
            figure = Figure(name)
            figure.show_amount(amount, balance=False)
            figures.append(figure)
        self.body.addLayout(row(figures[0], 28, figures[1], 28, figures[2], None))
        if session.why:
            self.body.addWidget(label(f"{session.holder} says: {session.why}", wrap=True))
        self.fields = self.form()
        if over.pence:
            title, hint = ("&More", "What you found yourself") if session.why else ("&Why", "If nobody knows, say so")
            self.fields.add("why", title, AreaField(300, height=60), hint)
        self._guard = CardGuard(self, self.messages.warn)
        self.setMinimumWidth(scaled(_WIDE))

    def why(self) -> str:
        """What the second officer says of a difference."""
        found: dict[str, Any] = self.fields.values()
        return str(found.get("why") or "")

    def command(self) -> int:
        """The session."""
        return self.session_id


def _noted(over: Money | None) -> str:
    if over is None:
        return ""
    return f"Difference: {side(over)}" if over.pence else "It is what it should be."
