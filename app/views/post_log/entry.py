"""The entry screen: a morning's post by keyboard, Enter to the next line and from the last one to the next item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.services.post_log.logging.dto import LoggedRow, Proposed
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.documents_incoming import from_mime, holds_files
from app.views.common.effects import EffectsPanel
from app.views.common.fields_pickers import Find
from app.views.common.held_keys import HeldKeys
from app.views.common.parts import button, column, row, scrolled
from app.views.common.pause import Pause
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled
from app.views.post_log.entry_fields import effects_of
from app.views.post_log.entry_form import EntryForm
from app.views.post_log.scans import Scans

_PAUSE_MS: Final = 200
_WIDTH, _HEIGHT = 1240, 860
_LEAST_SAID: Final = 130
_WAITING: Final = "Type from whom it is and what it is about: the account is looked for as you type."
_NOTHING: Final = "No account, rule or earlier item fits what is typed."

LOGGED: tuple[Column[LoggedRow], ...] = (
    Column("number", "Number", lambda shown: shown.number, 86, firm=True),
    Column("sender", "From", lambda shown: shown.sender, 130),
    Column("subject", "About", lambda shown: shown.subject_line, 150),
    Column("account", "Account", lambda shown: shown.account, 110, firm=True, least=1),
    Column("category", "Category", lambda shown: shown.category, 130, least=2),
    Column("scans", "Scans", lambda shown: shown.scans or None, 64, right=True, least=4),
    Column("holder", "With", lambda shown: shown.holder, 110, least=3),
)


class EntrySheet(Sheet):
    """Log post.

    Signals:
        proposal_wanted: something else is typed: ask what Rentbook makes of it.
        files_dropped(list): `Incoming` scans.
        scans_wanted: the officer wants to choose scans.
        row_opened(LoggedRow): put right what was logged.

    Attributes:
        fields: the form.
        keys: holds what is typed while an item is saved.
        scans: the scans that wait for their items.
        logged: what was logged today, the newest first.
    """

    proposal_wanted = Signal()
    files_dropped = Signal(object)
    scans_wanted = Signal()
    row_opened = Signal(object)

    def __init__(self, parent: QWidget, find: Find, today: Callable[[], date]) -> None:
        super().__init__(
            parent,
            "Log post",
            primary="Log it",
            close="Done",
            note="Enter goes to the next line; on Category it logs the item and begins the next.",
        )
        self.keys = HeldKeys(self)
        self.fields = EntryForm(find, today)
        self._form = self.fields
        self.effects = EffectsPanel("What Rentbook makes of it")
        self.scans = Scans()
        self.rows: ListModel[LoggedRow] = ListModel(LOGGED)
        nothing = "Nothing is logged yet today. Enter on a line puts it right."
        self.logged = DataTable("Logged today", self.rows, stretch="subject", empty=nothing)
        self.add = button("&Add scans", icon="file-document-plus-outline", key="Ctrl+O")
        self._arrange()
        self._pause = Pause(self, self.proposal_wanted.emit, _PAUSE_MS)
        self._join()
        self.begin_at(self.fields.field("sender"))
        self.effects.say(_WAITING)

    def written(self) -> list[str]:
        """What a draft is kept of."""
        return self.fields.written()

    def log(self) -> None:
        """Log it, unless something typed can't be taken."""
        if self.fields.check():
            self.messages.clear()
            self.confirmed.emit()

    def begin_next(self) -> None:
        """The item is logged: go on to the next."""
        self._pause.stop()
        self.fields.begin_next()
        self.scans.done()
        self.messages.clear()
        self.effects.say(_WAITING)
        self.begin()
        self.typed_changed.emit()

    def show_proposed(self, found: Proposed) -> None:
        """Fill in what was left open, and say what it was found by."""
        self.fields.show_proposed(found)
        if said := effects_of(found):
            self.effects.show_effects(said)
        else:
            self.effects.say(_WAITING if self.fields.is_blank() else _NOTHING)

    def show_logged(self, rows: Sequence[LoggedRow]) -> None:
        """Show what was logged today."""
        self.rows.show_rows(rows)
        self.below.count_part(0, len(rows))

    # How it works

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Scans are welcome anywhere."""
        if holds_files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """Anywhere in the sheet."""
        if holds_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Take the scans."""
        if incoming := from_mime(event.mimeData(), "Picture.png"):
            event.acceptProposedAction()
            self.files_dropped.emit(incoming)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """As large as the window lets it be."""
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))
        super().showEvent(event)

    def _count_scans(self, waiting: int) -> None:
        """Scans that come are shown; where none waits any more, what was logged is."""
        self.below.count_part(1, waiting)
        if bool(waiting) != (self.below.tabs.currentIndex() == 1):
            self.below.open_part(1 if waiting else 0)

    def _join(self) -> None:
        self.setAcceptDrops(True)
        self.add.clicked.connect(self.scans_wanted)
        self.logged.opened.connect(self.row_opened)
        self.scans.counted.connect(self._count_scans)
        self.fields.changed.connect(self.typed_changed)
        self.fields.typed_by_hand.connect(self._pause.start)
        self.fields.last_entered.connect(self.log)
        self.confirm_action.triggered.disconnect(self.confirmed)
        self.confirm_action.triggered.connect(self.log)

    def _arrange(self) -> None:
        inside = QWidget()
        inside.setObjectName("canvas")
        lines = column(inside)
        lines.setContentsMargins(0, 0, scaled(10), 0)
        lines.addLayout(self.fields)
        lines.addStretch(1)
        self.below = TabbedCard("The morning's post")
        self.below.add_part("Logged today", self.logged)
        self.below.add_part("Scans", self.scans)
        self.effects.setMinimumHeight(scaled(_LEAST_SAID))
        right = column(None, self.effects, self.below, spacing=10)
        right.setStretch(0, 1)
        right.setStretch(1, 3)
        halves = row(scrolled(inside), right, spacing=16)
        halves.setStretch(0, 5)
        halves.setStretch(1, 6)
        self.body.addLayout(halves, 1)
        self.left_buttons.addWidget(self.add)
