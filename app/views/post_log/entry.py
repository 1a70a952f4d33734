"""The entry screen: a morning's post by keyboard, Enter to the next line and from the last one to the next item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.models.values import FormatNeed, PostChannel
from app.services.post_log.dto import (
    CHANNELS,
    LONGEST_ADDRESS,
    LONGEST_REFERENCE,
    LONGEST_SENDER,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    Guess,
    NewItem,
    Priority,
)
from app.services.post_log.logging.dto import LoggedRow, Offered, Proposed
from app.services.post_log.rules import received_at
from app.services.workbench.rules.typed_dates import Toward
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.documents_incoming import from_mime, holds_files
from app.views.common.effects import EffectsPanel
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.fields_dates import DateField
from app.views.common.fields_pickers import Find
from app.views.common.held_keys import HeldKeys
from app.views.common.parts import button, column, label, row, scrolled
from app.views.common.pause import Pause
from app.views.common.theme import scaled
from app.views.post_log.entry_fields import AccountField, TimeField, effects_of, picked
from app.views.post_log.scans import Scans

_PAUSE_MS: Final = 200
_WIDTH, _HEIGHT = 1240, 830
_USUAL: Final = "general"
_SPOKEN: Final = frozenset({PostChannel.TELEPHONE, PostChannel.VISIT})
"""Each has a time of its own, so none is carried over."""
_OF_THE_ITEM: Final = ("sender", "subject_line", "account_id", "reference", "sender_address", "language", "text")
_CHOSEN_ANEW: Final = ("holder", "priority", "format")
_WAITING: Final = "Type from whom it is and what it is about: the account is looked for as you type."
_WHERE: Final = "An e-mail address, a telephone number, or the lines of an address"
PRIORITIES: Final = {Priority.HIGH: "High", Priority.NORMAL: "Normal", Priority.LOW: "Low"}

LOGGED: tuple[Column[LoggedRow], ...] = (
    Column("number", "Number", lambda shown: shown.number, 84, firm=True),
    Column("sender", "From", lambda shown: shown.sender, 120),
    Column("subject", "About", lambda shown: shown.subject_line, 150),
    Column("category", "Category", lambda shown: shown.category, 120, least=2),
    Column("account", "Account", lambda shown: shown.account, 96, least=1),
    Column("holder", "With", lambda shown: shown.holder, 100, least=3),
    Column("scans", "Scans", lambda shown: shown.scans or None, 50, right=True, least=4),
)


@dataclass(slots=True)
class _Filled:
    """What Rentbook put into a field: whether the officer has chosen something else there, or looked at it and gone on."""

    own: bool = False
    seen: bool = False


class EntrySheet(Sheet):
    """Log post.

    Signals:
        proposal_wanted: something else is typed: ask what Rentbook makes of it.
        files_dropped(list): `Incoming` scans.
        scans_wanted: the officer wants to choose scans.
        row_opened(LoggedRow): put right what was logged.

    Attributes:
        fields: the form.
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
        self.guess: Guess | None = None
        self._account, self._category = _Filled(), _Filled()
        self._filling = False
        self._usual: int | None = None
        self.keys = HeldKeys(self)
        self.effects = EffectsPanel("What Rentbook makes of it")
        self.scans = Scans()
        self.rows: ListModel[LoggedRow] = ListModel(LOGGED)
        self.logged = DataTable("Logged today", self.rows, stretch="subject", empty="Nothing is logged yet today.")
        self.logged.opened.connect(self.row_opened)
        self.count = label("Logged today", "heading")
        self.add = button("&Add scans", icon="file-document-plus-outline", key="Ctrl+O")
        self.add.clicked.connect(self.scans_wanted)
        self.left_buttons.addWidget(self.add)
        self.setAcceptDrops(True)
        self._arrange()
        self._add_fields(find, today)
        self._pause = Pause(self, self.proposal_wanted.emit, _PAUSE_MS)
        self.fields.changed.connect(self._follow)
        self.confirm_action.triggered.disconnect(self.confirmed)
        self.confirm_action.triggered.connect(self.log)
        self.begin_at(self.fields.field("sender"))
        self.effects.say(_WAITING)

    # What is typed

    def offer(self, offered: Offered) -> None:
        """Offer categories and holders; nothing that was chosen is changed by it."""
        self._filling = True
        self._usual = next((each.category_id for each in offered.categories if each.key == _USUAL), None)
        self.category.offer([(each.name, each.category_id) for each in offered.categories])
        if not self._category.own:
            self.category.set_value(self._usual)
        self.holder.offer([("By the rules and the category", None), *((name, each) for each, name in offered.holders)])
        self._filling = False

    def new_item(self, today: date, now: datetime) -> NewItem:
        """What is to be logged."""
        values = self.fields.values()
        day = values["received_on"] or today
        return NewItem(
            values["channel"],
            values["subject_line"],
            values["sender"],
            values["sender_address"],
            values["text"],
            received_at=received_at(day, values["received_time"], today, now),
            received_on=day,
            category_id=values["category_id"],
            account_id=values["account_id"],
            person_id=self.guess.person_id if self.guess and self.guess.account_id == values["account_id"] else None,
            reference=values["reference"],
            priority=values["priority"],
            format=values["format"],
            language=values["language"] or None,
            guessed=self._guessed(),
            holder=values["holder"],
        )

    def is_blank(self) -> bool:
        """Whether nothing of an item is typed yet."""
        typed = self.fields.typed()
        return not any(str(typed[name]).strip() for name in ("sender", "subject_line", "text", "reference"))

    def written(self) -> list[str]:
        """What a draft is kept of."""
        typed = self.fields.typed()
        return [str(typed[name]) for name in _OF_THE_ITEM if name != "account_id" or self._account.own]

    def unresolved(self) -> str:
        """What is typed for an account of which none is chosen."""
        return "" if self.picker.picked else self.picker.text().strip()

    def log(self) -> None:
        """Log it, unless something typed can't be taken."""
        if self.fields.check():
            self.messages.clear()
            self.confirmed.emit()

    def begin_next(self) -> None:
        """The item is logged: empty its fields, keep what they have in common, and go to the first."""
        self._pause.stop()
        self._filling = True
        kept = bool(self.keep.value())
        self.guess = None
        self._account, self._category = _Filled(), _Filled(own=kept and self._category.own, seen=kept)
        emptied: dict[str, Any] = dict.fromkeys(_OF_THE_ITEM, "") | dict.fromkeys(_CHOSEN_ANEW)
        emptied["account_id"] = None
        if kept:
            del emptied["holder"]
        else:
            emptied["category_id"] = self._usual
        if self.fields.field("channel").value() in _SPOKEN:  # type: ignore[attr-defined]
            emptied["received_time"] = ""
        self.fields.fill(emptied)
        self._filling = False
        self.messages.clear()
        self.effects.say(_WAITING)
        self.begin()
        self.typed_changed.emit()

    # What Rentbook makes of it

    def show_proposed(self, found: Proposed) -> None:
        """Fill in what was left open, and say what it was found by."""
        self._filling = True
        if not self._account.own:
            self.guess = found.account
            self._account.seen = self._account.seen and self.picker.value() == (
                found.account.account_id if found.account else None
            )
            shown = self.picker.value()
            if shown != (found.account.account_id if found.account else None):
                self.picker.set_value(picked(found.account) if found.account else None)
        if not self._category.own:
            wanted = found.category_id or self._usual
            self._category.seen = self._category.seen and self.category.value() == wanted
            self.category.set_value(wanted)
        self._filling = False
        self.effects.show_effects(effects_of(found))
        if self.is_blank() and not effects_of(found):
            self.effects.say(_WAITING)

    def show_logged(self, rows: Sequence[LoggedRow]) -> None:
        """Show what was logged today."""
        self.rows.show_rows(rows)
        self.count.setText(f"Logged today: {len(rows)}" if rows else "Logged today")

    def _guessed(self) -> frozenset[str]:
        """The fields that Rentbook filled in and the officer did not look at."""
        account = self.guess is not None and self.picker.value() == self.guess.account_id
        open_account = account and not (self._account.own or self._account.seen)
        open_category = not (self._category.own or self._category.seen)
        named = (("account_id", open_account), ("category_id", open_category))
        return frozenset(name for name, is_open in named if is_open)

    # How it works

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Enter goes on from a list to choose from, too; from Category it logs."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, ChoiceField):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
                self._go_on(watched)
                return True
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self._look_away(watched, event.reason())
        return super().eventFilter(watched, event)

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

    def _go_on(self, field: ChoiceField) -> None:
        if field is self.category:
            self._category.seen = True
            self.log()
        else:
            field.focusNextChild()

    def _look_away(self, field: QObject, reason: Qt.FocusReason) -> None:
        if reason in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            return
        if field is self.picker and self.picker.picked:
            self._account.seen = True
        elif field is self.category:
            self._category.seen = True

    def _follow(self) -> None:
        """Something is typed: Rentbook looks again a moment after the last key."""
        if not self._filling:
            self._pause.start()

    def _add_fields(self, find: Find, today: Callable[[], date]) -> None:
        form = self.fields
        form.add("channel", "Ho&w it arrived", ChoiceField([(words, each) for each, words in CHANNELS.items()]))
        form.add("received_on", "&Received", DateField(today, Toward.PAST, required=True))
        form.add("received_time", "A&t", TimeField())
        self.keep = TickField("&Keep the category and who gets it for the next item")
        form.add("keep", "Keep", self.keep)
        form.add("sender", "&From", LineField(LONGEST_SENDER, placeholder="Empty: whoever has the account"))
        form.add("subject_line", "A&bout", LineField(LONGEST_SUBJECT, placeholder="In a few words"))
        self.picker = AccountField(find)
        form.add("account_id", "A&ccount", self.picker)
        self.category = ChoiceField()
        form.add("category_id", "Cate&gory", self.category)
        form.addRow(label("Enter on Category logs it. Tab goes on to what is rarer:", "muted", wrap=True))
        self.holder = ChoiceField([("By the rules and the category", None)])
        form.add("holder", "G&iven to", self.holder)
        form.add("reference", "T&heir reference", LineField(LONGEST_REFERENCE, placeholder="Such as an invoice number"))
        form.add("sender_address", "Answer t&o", AreaField(LONGEST_ADDRESS, height=56, placeholder=_WHERE))
        priorities: list[tuple[str, object]] = [(words, each) for each, words in PRIORITIES.items()]
        form.add("priority", "&Priority", ChoiceField([("As its category", None), *priorities]))
        needs: list[tuple[str, object]] = [(formats.words(need), need) for need in FormatNeed]
        form.add("format", "For&mat of the answer", ChoiceField([("As the tenants need it", None), *needs]))
        form.add("language", "Lang&uage", LineField(40, placeholder="As the tenants need it"))
        form.add("text", "What it sa&ys", AreaField(LONGEST_TEXT, height=84))
        form.fill({"received_on": today()})
        for field in (*form.fields(), self.picker):
            field.installEventFilter(self)
        self.picker.textEdited.connect(self._own_account)
        self.picker.changed.connect(self._own_account)
        self.category.changed.connect(self._own_category)

    def _own_account(self) -> None:
        if not self._filling:
            self._account.own = bool(self.picker.text().strip())

    def _own_category(self) -> None:
        if not self._filling:
            self._category.own = True

    def _arrange(self) -> None:
        left, inside = QWidget(), QWidget()
        inside.setObjectName("canvas")
        lines = column(inside)
        lines.setContentsMargins(0, 0, scaled(10), 0)
        self.fields = self.form()
        self.body.removeItem(self.fields)
        lines.addLayout(self.fields)
        lines.addStretch(1)
        column(left, scrolled(inside))
        right = QWidget()
        stacked = column(right, self.effects, self.scans, self.count, self.logged, spacing=10)
        for shown, share in ((self.effects, 3), (self.scans, 5), (self.logged, 3)):
            stacked.setStretchFactor(shown, share)
        halves = row(left, right, spacing=16)
        halves.setStretch(0, 5)
        halves.setStretch(1, 6)
        self.body.addLayout(halves, 1)
