"""The section Files: files of receipts from outside, what became of them, and what an officer has to decide."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.models.values import ReceiptFileState, ReceiptLineState
from app.services.reception_payments.files.dto import FileRow, LineRow
from app.services.reception_payments.files.listing import Shown
from app.views.common.parts import Card, action_button, column, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.reception_payments.file_card import FileCardView
from app.views.reception_payments.file_tables import FILES

CHOICES: Final = (
    ("All", Shown.ALL),
    ("To decide", Shown.TO_DECIDE),
    ("In quarantine", Shown.QUARANTINED),
    ("Taken back", Shown.TAKEN_BACK),
)
_LEAST: Final = 460
_DOUBTFUL: Final = {ReceiptLineState.SUSPECT, ReceiptLineState.KNOWN}


class FilesPage(RegisterPage[FileRow]):
    """The section Files.

    Signals:
        file_chosen(FileRow or None): show it on the card.
        load_wanted: choose a file to load; file_dropped(Path): load this one.
        back_wanted(FileRow), reject_wanted(FileRow): take it back, or say that it is done with.
        save_wanted(FileRow): save it as it came.
        decide_wanted(tuple[LineRow, ...]): other payments, or the same.
    """

    file_chosen = Signal(object)
    load_wanted = Signal()
    file_dropped = Signal(object)
    back_wanted = Signal(object)
    reject_wanted = Signal(object)
    save_wanted = Signal(object)
    decide_wanted = Signal(object)

    def __init__(self, *, may_load: bool) -> None:
        self._may_load = may_load
        super().__init__(
            "Files",
            FILES,
            stretch="file_name",
            choices=CHOICES,
            placeholder="A file, a profile or a number",
            noun=("file", "files"),
            empty="No file is here. Ctrl+L loads one, or drop it here.",
            key=lambda row: row.file_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        self._of_loaded: tuple[QAction, ...] = ()
        self._of_waiting: tuple[QAction, ...] = ()
        if may_load:
            self.offer("Ctrl+L", "Load a file", "file-import-outline", self.load_wanted.emit, primary=True)
            self._offer_works()
            self.setAcceptDrops(True)
        self.table.chosen.connect(self._fit_row)
        self.table.chosen.connect(self.file_chosen)
        self.card.table.chosen.connect(lambda _row: self._allow_decision())
        self.card.table.choice_changed.connect(self._allow_decision)
        self._allow_decision()

    def _offer_works(self) -> None:
        on_card = partial(self.action, among=self.card.acts)
        save = on_card("Ctrl+Shift+S", "Save", "content-save-outline", self.save_wanted.emit, fits=_has_lines)
        back = on_card("Ctrl+F7", "Take it back", "undo-variant", self.back_wanted.emit, fits=_may_go_back)
        reject = on_card("F7", "Reject", "close-circle-outline", self.reject_wanted.emit, fits=_waits)
        self._of_loaded, self._of_waiting = (self.decide, save, back), (reject,)
        self._fit_row(None)

    def _fit_row(self, row: FileRow | None) -> None:
        """Only what can be done with the chosen file is offered."""
        waits = row is not None and _waits(row)
        for action in (*self._of_loaded, *self._of_waiting):
            action.setVisible(row is not None and (action in self._of_waiting) is waits)

    def place(self, listed: Card) -> None:
        """The list with the card of the chosen file beside it."""
        self.card = FileCardView()
        self.decide: QAction = self.add_key("Ctrl+Shift+E", "Decide", self._decide)
        if self._may_load:
            self.card.acts.addWidget(action_button(self.decide, icon="scale-balance"))
        self.card.line_opened.connect(lambda _row: self._decide())
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 460, 760, 470), Pane(self.card, 460, 760, 500)), _LEAST))
        column(self, scrolled(inside))

    def allow(self) -> None:
        """What can be done with the lines that are shown now."""
        self._allow_decision()

    def _allow_decision(self) -> None:
        self.decide.setEnabled(self._may_load and bool(self._doubtful()))

    def _doubtful(self) -> tuple[LineRow, ...]:
        """The chosen lines about which is to be decided."""
        file = self.card.found
        loaded = file is not None and file.row.state is ReceiptFileState.LOADED
        return tuple(line for line in self.card.chosen() if line.state in _DOUBTFUL) if loaded else ()

    def _decide(self) -> None:
        if self._may_load and (lines := self._doubtful()):
            self.decide_wanted.emit(lines)

    # Files that are dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """A file is taken, whatever else is dragged is not."""
        if _file(event) is not None:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """As `dragEnterEvent`."""
        if _file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Load what is dropped."""
        if (path := _file(event)) is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)


def _file(event: QDropEvent) -> Path | None:
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return next((path for path in paths if not path.is_dir()), None)


def _waits(row: FileRow) -> bool:
    return row.state is ReceiptFileState.QUARANTINED


def _may_go_back(row: FileRow) -> bool:
    return row.state is ReceiptFileState.LOADED


def _has_lines(row: FileRow) -> bool:
    return bool(row.count)
