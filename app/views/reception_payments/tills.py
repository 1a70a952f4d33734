"""The section Tills: each till with whoever holds it, what can be done with it now, and its sessions beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.services.reception_payments.tills.acts import TillAct
from app.services.reception_payments.tills.dto import SessionRow, TillRow
from app.views.common.parts import Card, action_button, column, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.reception_payments.till_card import TillCard
from app.views.reception_payments.till_tables import TILLS

_LEAST: Final = 540
_STEPS: Final = (TillAct.TAKE_OVER, TillAct.OPEN, TillAct.CASH_UP, TillAct.SPOT_CHECK)
"""What Enter on a till does: the first of these that can be done."""
_ACTS: Final = (
    (TillAct.OPEN, "Ctrl+O", "Open", "cash-register"),
    (TillAct.CASH_UP, "Ctrl+U", "Cash up", "cash-check"),
    (TillAct.HAND_OVER, "Ctrl+H", "Hand over", "account-arrow-right-outline"),
    (TillAct.TAKE_OVER, "Ctrl+T", "Take over", "account-arrow-left-outline"),
    (TillAct.SPOT_CHECK, "F7", "Spot check", "magnify"),
)
_OF_SESSION: Final = (
    (TillAct.COUNT_AGAIN, "Ctrl+R", "Count again", "refresh"),
    (TillAct.SIGN, "F9", "Sign", "draw-pen"),
    (TillAct.SHEET, "F6", "Sheet of the day", "file-document-outline"),
)


class TillsPage(RegisterPage[TillRow]):
    """The section Tills.

    Signals:
        till_chosen(TillRow or None): show it on the card.
        act_wanted(TillAct, TillRow): do this with a till.
        session_wanted(TillAct, SessionRow): do this with the session that is chosen on the card.
    """

    till_chosen = Signal(object)
    act_wanted = Signal(object, object)
    session_wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(
            "Tills",
            TILLS,
            stretch="state",
            choices=(),
            placeholder="A till, a desk or who holds it",
            noun=("till", "tills"),
            empty="There is no till yet. Whoever keeps the desks makes one with Ctrl+N.",
            key=lambda row: row.till_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        self._offered: list[tuple[QAction, Callable[[], bool]]] = []
        by_act = {act: self._put(act, keys, words, icon, of_session=False) for act, keys, words, icon in _ACTS}
        self._hand = by_act[TillAct.HAND_OVER]
        for act, keys, words, icon in _OF_SESSION:
            self._put(act, keys, words, icon, of_session=True)
        self.add_key("Ctrl+B", "Go to the sessions", self.card.table.setFocus)
        self.table.chosen.connect(self.till_chosen)
        self.opened.connect(self._next_step)
        self.card.session_opened.connect(self._open_session)
        self.card.session_chosen.connect(lambda _row: self.allow())
        self.allow()

    def place(self, listed: Card) -> None:
        """The tills, with the chosen one's sessions beside them."""
        self.card = TillCard()
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 420, 640, 470), Pane(self.card, 460, 760, 520)), _LEAST))
        column(self, scrolled(inside))

    @property
    def till(self) -> TillRow | None:
        """The till that is chosen."""
        found: TillRow | None = self.table.row() if self.model.rows else None
        return found

    def show_tills(self, rows: Sequence[TillRow]) -> None:
        """List them."""
        self.show_rows(rows)
        self.till_chosen.emit(self.till)

    def allow(self) -> None:
        """Show what can be done with the till and the session that are chosen, and nothing else."""
        for action, there in self._offered:
            action.setVisible(there())
            action.setEnabled(there())
        open_ = self.till.open if self.till is not None else None
        self._hand.setText("Hand over again" if open_ is not None and open_.handed_to else "Hand over")

    def _put(self, act: TillAct, keys: str, words: str, icon: str, *, of_session: bool) -> QAction:
        def there() -> bool:
            row = self.card.session if of_session else self.till
            return row is not None and act in row.acts

        def do() -> None:
            row = self.card.session if of_session else self.till
            if row is not None and act in row.acts:
                (self.session_wanted if of_session else self.act_wanted).emit(act, row)

        made = self.add_key(keys, words, do)
        made.setAutoRepeat(False)
        self.card.acts.addWidget(action_button(made, icon=icon))
        self._offered.append((made, there))
        return made

    def _next_step(self, row: TillRow) -> None:
        act = next((each for each in _STEPS if each in row.acts), None)
        if act is not None:
            self.act_wanted.emit(act, row)

    def _open_session(self, row: SessionRow) -> None:
        act = next((each for each in (TillAct.SIGN, TillAct.SHEET) if each in row.acts), None)
        if act is not None:
            self.session_wanted.emit(act, row)
