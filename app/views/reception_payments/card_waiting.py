"""The sheet that waits for a card payment: how far it is in large plain words, and what to do next."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import CardProvider, CardState
from app.services.reception_payments.cards.dto.asked import Standing, Waiting
from app.services.reception_payments.cards.rules import STATES
from app.views.common.dialogs import Sheet
from app.views.common.fields import LineField
from app.views.common.forms import Form
from app.views.common.parts import Card, action_button, label, pill, restyle, row
from app.views.common.theme import scaled
from app.views.reception_payments.card_guard import CardGuard
from app.views.reception_payments.recording import recording_reminder

TONES: Final = {
    CardState.SUCCESS: "good",
    CardState.FAILED: "bad",
    CardState.ERROR: "bad",
    CardState.TIMED_OUT: "bad",
    CardState.CANCELLED: "",
    CardState.LOST: "bad",
    CardState.SUBMITTED: "warning",
}
_WIDE: Final = 680
_LONGEST_SLIP: Final = 40
_TO_COME_BACK: Final = "You may close this sheet and come back to it: the payment is listed under Card payments."
_FOLLOWED: Final = (
    "You may close this sheet: Rentbook goes on asking, posts the payment if it goes through, and lists it under "
    "Card payments."
)


class WaitingSheet(Sheet):
    """How far a card payment is.

    Args:
        parent: the page.
        found: how far it is, and what the officer is reminded of.

    Signals:
        page_wanted: open the provider's page, for the first time or again.
        left_wanted: give the payment up.
        confirmed: it is over and the officer goes on; at the terminal, the reference of the slip is typed.
    """

    page_wanted = Signal()
    left_wanted = Signal()

    def __init__(self, parent: QWidget, found: Waiting) -> None:
        now = found.standing
        self.at_terminal = now.provider is CardProvider.TERMINAL
        primary = "Taken" if self.at_terminal else "Done"
        super().__init__(parent, f"Card payment of {now.amount}", primary=primary, close="Close", note=now.reference)
        self._shown = now
        self._state = pill("")
        self._words = label("", "title", wrap=True)
        self._trouble = label("", "muted", wrap=True)
        state = Card()
        state.column.addLayout(row(self._state, None))
        state.column.addWidget(self._words)
        state.column.addWidget(self._trouble)
        self.body.addWidget(state)
        self._reminder = recording_reminder(found.reminder)
        self.body.addWidget(self._reminder)
        self.slip: LineField | None = None
        if self.at_terminal:
            self._add_slip()
        self._followed = label(_TO_COME_BACK if self.at_terminal else _FOLLOWED, "muted", wrap=True)
        self.body.addWidget(self._followed)
        self.body.addStretch(1)
        self.page_action = self._act("Ctrl+P", "Open the page", "open-in-new")
        self.leave_action = self._act("Ctrl+D", "Give it up", "close-circle-outline")
        self.page_action.triggered.connect(self.page_wanted)
        self.leave_action.triggered.connect(self.left_wanted)
        self._guard = CardGuard(self, self.messages.warn)
        self.setMinimumWidth(scaled(_WIDE))
        self.show_standing(now)

    def _add_slip(self) -> None:
        self.slip = LineField(_LONGEST_SLIP)
        form: Form = self.form()
        form.add("slip", "&Reference on the slip", self.slip, "The terminal prints it when it took the card")

    def _act(self, keys: str, does: str, icon: str) -> QAction:
        made = QAction(does, self)
        made.setShortcut(QKeySequence(keys))
        made.setToolTip(does)
        self.addAction(made)
        shown = action_button(made, icon=icon)
        self.left_buttons.addWidget(shown)
        return made

    @property
    def shown(self) -> Standing:
        """How far it is, as it is shown."""
        return self._shown

    def show_standing(self, found: Standing) -> None:
        """Show how far it is now; once it is over nothing but going on is offered."""
        self._shown = found
        self._state.setText(STATES[found.state])
        restyle(self._state, tone=TONES.get(found.state, ""))
        self._words.setText(said(found))
        self._trouble.setText(found.trouble)
        self._trouble.setVisible(bool(found.trouble))
        self.setAccessibleDescription(said(found))
        over = found.finished
        self._reminder.setVisible(not over)
        self._followed.setVisible(not over)
        if self.slip is not None:
            self.slip.setEnabled(not over)
        self.page_action.setVisible(not over and not self.at_terminal)
        self.leave_action.setVisible(not over and not found.left)
        self.confirm_action.setEnabled(over or self.at_terminal)

    def command(self) -> str:
        """The reference that was typed from the slip."""
        return str(self.slip.value()) if self.slip is not None else ""


def said(found: Standing) -> str:
    """What the officer reads, with the receipt where there is one."""
    if found.receipt:
        return f"{found.amount} is paid: receipt {found.receipt}."
    if found.left and not found.finished:
        return "You gave it up. Rentbook asks the provider what became of it."
    return found.words
