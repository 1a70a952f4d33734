"""The section Bank reports: files read, what each item of them does, applied one or all, and what has no mandate yet."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.models.values import ReportItemState, ReturnEffect
from app.services.direct_debits.returns.dto import ItemRow, Shown
from app.services.direct_debits.returns.rules import OF_FILES
from app.views.common.parts import Card, column, scrolled
from app.views.common.register_page import RegisterPage
from app.views.common.rooms import Pane, Panes, Room
from app.views.direct_debits.report_items import ITEMS, ItemCard

CHOICES: Final = (
    ("To apply", Shown.TO_DO),
    ("To look at", Shown.UNMATCHED),
    ("Applied", Shown.APPLIED),
    ("Set aside", Shown.ASIDE),
)
_LEAST: Final = 560


class ReportsPage(RegisterPage[ItemRow]):
    """The section Bank reports.

    Signals:
        item_chosen(ItemRow or None): show it on the card.
        read_wanted: choose files to be read.
        files_dropped(tuple[Path, ...]): read these.
        apply_wanted(tuple[ItemRow, ...]): carry these out; all that are proposed, if empty.
        aside_wanted(tuple[ItemRow, ...]), again_wanted(tuple[ItemRow, ...]).
        match_wanted(ItemRow), back_wanted(ItemRow), mandate_wanted(int).
    """

    item_chosen = Signal(object)
    read_wanted = Signal()
    files_dropped = Signal(object)
    apply_wanted = Signal(object)
    aside_wanted = Signal(object)
    again_wanted = Signal(object)
    match_wanted = Signal(object)
    back_wanted = Signal(object)
    mandate_wanted = Signal(int)

    def __init__(self, *, may_apply: bool) -> None:
        super().__init__(
            "Bank reports",
            ITEMS,
            stretch="does",
            choices=CHOICES,
            placeholder="A reference, a payer, an account or a reason",
            noun=("item", "items"),
            empty="Nothing is here. Read the bank's reports with Ctrl+L, or drop the files here.",
            key=lambda each: each.item_id,
            areas=frozenset({"direct_debits"}),
            help_topic="direct_debits",
        )
        self._of_choice: dict[Shown, tuple[QAction, ...]] = dict.fromkeys(Shown, ())
        self.action("Ctrl+O", "Its mandate", "account-outline", self._open, fits=_has_mandate, among=self.card.acts)
        if may_apply:
            self._offer_works()
            self.setAcceptDrops(True)
        self.table.chosen.connect(self.item_chosen)
        self.asked.connect(self._fit_choice)
        self._fit_choice()

    def place(self, listed: Card) -> None:
        """The list with the card of the chosen item beside it."""
        self.card = ItemCard()
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, Room(Panes(Pane(listed, 450, 800, 440), Pane(self.card, 420, 560, 460)), _LEAST))
        column(self, scrolled(inside))

    def chosen_rows(self) -> tuple[ItemRow, ...]:
        """The rows that are chosen, however many."""
        return tuple(self.model.in_memory(self.table.places()))

    def _offer_works(self) -> None:
        self.offer("Ctrl+L", "Read reports", "file-import-outline", self.read_wanted.emit)
        every = self.offer("Ctrl+Shift+Return", "Apply all", "check-all", lambda: self.apply_wanted.emit(()))
        on_card = partial(self.action, among=self.card.acts)
        aside = on_card("F7", "Set aside", "archive-outline", self._aside, fits=_is_open)
        back = on_card("Ctrl+F7", "Take it back", "undo-variant", self.back_wanted.emit, fits=_may_go_back)
        again = on_card("Ctrl+Shift+F7", "Bring back", "backup-restore", self._bring_back, fits=_may_come_again)
        apply = on_card("Ctrl+Return", "Apply", "check", self._apply, fits=_is_proposed, primary=True)
        match = on_card(
            "Ctrl+M",
            "Whose is it",
            "account-search",
            self.match_wanted.emit,
            fits=_is_matched_by_hand,
            primary=True,
        )
        self._of_choice = {
            Shown.TO_DO: (aside, every, apply),
            Shown.UNMATCHED: (aside, match),
            Shown.APPLIED: (back,),
            Shown.ASIDE: (again,),
        }

    def _fit_choice(self) -> None:
        """Only what can be done with the items of the pressed choice is offered."""
        fitting = self._of_choice[self.choice]
        for action in {each for some in self._of_choice.values() for each in some}:
            action.setVisible(action in fitting)

    def _open(self, row: ItemRow) -> None:
        if row.mandate_id is not None:
            self.mandate_wanted.emit(row.mandate_id)

    def _apply(self, row: ItemRow) -> None:
        rows = tuple(each for each in self.chosen_rows() if _is_proposed(each))
        self.apply_wanted.emit(rows or (row,))

    def _aside(self, row: ItemRow) -> None:
        rows = tuple(each for each in self.chosen_rows() if _is_open(each))
        self.aside_wanted.emit(rows or (row,))

    def _bring_back(self, row: ItemRow) -> None:
        rows = tuple(each for each in self.chosen_rows() if _may_come_again(each))
        self.again_wanted.emit(rows or (row,))

    # Files that are dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files are taken, whatever else is dragged is not."""
        if _files(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        """As `dragEnterEvent`."""
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Read what is dropped."""
        if paths := _files(event):
            event.acceptProposedAction()
            self.files_dropped.emit(paths)


def _files(event: QDropEvent) -> tuple[Path, ...]:
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return tuple(each for each in paths if not each.is_dir())


def _is_proposed(row: ItemRow) -> bool:
    return row.state is ReportItemState.PROPOSED


def _is_open(row: ItemRow) -> bool:
    return row.state in {ReportItemState.PROPOSED, ReportItemState.UNMATCHED}


def _is_matched_by_hand(row: ItemRow) -> bool:
    return _is_open(row) and row.kind not in OF_FILES


def _may_go_back(row: ItemRow) -> bool:
    return row.state is ReportItemState.APPLIED and row.effect is ReturnEffect.REVERSE


def _may_come_again(row: ItemRow) -> bool:
    return row.state is ReportItemState.SET_ASIDE and row.journal is None


def _has_mandate(row: ItemRow) -> bool:
    return row.mandate_id is not None
