"""The office's mailboxes and what waits in them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.post_log.mail.dto import Why
from app.services.post_log.mailboxes.dto import (
    KINDS,
    LeftRow,
    MailboxRow,
)
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.listed_card import listed_card
from app.views.common.page import Page
from app.views.common.parts import column, scrolled
from app.views.common.theme import scaled
from app.views.post_log.mailbox import EVERY

_NONE = "No mailbox is set up yet. Press Ctrl+N; your IT service desk knows what to fill in."
_NOTHING = "Nothing waits: every e-mail that was fetched is in the register."
_WAITING = (
    "These may not be kept as they are, so nothing of them was saved and they are unread in their mailbox."
    " Log one with its card number blanked, or deal with it there and say that it is settled."
)


class MailboxesPage(Page):
    """The mailboxes over what waits in them.

    Signals:
        new_wanted, change_wanted(MailboxRow), remove_wanted(MailboxRow), fetch_wanted: as they say.
        blank_wanted(LeftRow), settle_wanted(LeftRow): about a message that waits.
    """

    new_wanted = Signal()
    change_wanted = Signal(object)
    remove_wanted = Signal(object)
    fetch_wanted = Signal()
    blank_wanted = Signal(object)
    settle_wanted = Signal(object)

    def __init__(self, *, may_change: bool, may_fetch: bool) -> None:
        super().__init__("Mailboxes", areas=frozenset({"post_mailboxes"}), help_topic="post_log")
        self._may_change, self._may_fetch = may_change, may_fetch
        self.boxes: ListModel[MailboxRow] = ListModel(_BOXES)
        self.left: ListModel[LeftRow] = ListModel(_LEFT)
        self.box_table = DataTable("Mailboxes", self.boxes, stretch="error", empty=_NONE)
        self.left_table = DataTable("Waiting in the mailboxes", self.left, stretch="message", empty=_NOTHING)
        self._add_keys()
        self._arrange()
        self.box_table.chosen.connect(lambda _row: self._follow())
        self.left_table.chosen.connect(lambda _row: self._follow())
        self.box_table.opened.connect(lambda _row: self._change.trigger())
        self.setFocusProxy(self.box_table)
        self._follow()

    def show_all(self, boxes: tuple[MailboxRow, ...], left: tuple[LeftRow, ...]) -> None:
        """Show these."""
        self.boxes.show_rows(boxes)
        self.left.show_rows(left)
        for table, rows in ((self.box_table, boxes), (self.left_table, left)):
            if rows:
                table.go_to(0)
        self._follow()

    def _add_keys(self) -> None:
        self._fetch = self.add_key("Ctrl+R", "Fetch now", self.fetch_wanted.emit)
        self._new = self.add_key("Ctrl+N", "New mailbox", self.new_wanted.emit)
        self._change = self.add_key("F2", "Change", lambda: self._give(self.change_wanted, self.box_table))
        self._remove = self.add_key("Ctrl+Del", "Remove", lambda: self._give(self.remove_wanted, self.box_table))
        self._blank = self.add_key(
            "Ctrl+B", "Log with the number blanked", lambda: self._give(self.blank_wanted, self.left_table)
        )
        self._settle = self.add_key("Ctrl+Shift+S", "Settled", lambda: self._give(self.settle_wanted, self.left_table))

    def _arrange(self) -> None:
        boxes = (
            (self._remove, "trash-can-outline", ""),
            (self._change, "pencil-outline", ""),
            (self._new, "plus", ""),
            (self._fetch, "email-sync-outline", "primary"),
        )
        waiting = ((self._settle, "check", ""), (self._blank, "eraser", ""))
        upper = listed_card("Mailboxes", boxes, self.box_table)
        lower = listed_card("Waiting in the mailboxes", waiting, self.left_table, _WAITING)
        inside = QWidget()
        inside.setObjectName("canvas")
        made = column(inside, upper, lower, spacing=12)
        made.setStretch(0, 1)
        made.setStretch(1, 1)
        for table in (self.box_table, self.left_table):
            table.setMinimumHeight(scaled(130))
        column(self, scrolled(inside))

    def _follow(self) -> None:
        box, left = self.box_table.row(), self.left_table.row()
        self._new.setEnabled(self._may_change)
        self._fetch.setEnabled(self._may_fetch and bool(self.boxes.rows))
        for action in (self._change, self._remove):
            action.setEnabled(self._may_change and isinstance(box, MailboxRow))
        there = self._may_fetch and isinstance(left, LeftRow)
        self._settle.setEnabled(there)
        self._blank.setEnabled(there and isinstance(left, LeftRow) and left.why is Why.CARD)

    def _give(self, signal: object, table: DataTable) -> None:
        chosen = table.row()
        if chosen is not None:
            signal.emit(chosen)  # type: ignore[attr-defined]


def _every(box: MailboxRow) -> str:
    minutes = box.form.every_minutes
    return next((words for words, each in EVERY if each == minutes), f"Every {minutes} minutes")


def _at(box: MailboxRow) -> str:
    return formats.moment(box.fetched_at) if box.fetched_at else "Never"


def _went(box: MailboxRow) -> str:
    waits = f"{formats.count(box.waiting, 'message')} waiting there" if box.waiting else ""
    return box.error or waits


_BOXES: tuple[Column[MailboxRow], ...] = (
    Column("name", "Mailbox", lambda box: box.form.name, 150, floor=110),
    Column("address", "Address", lambda box: box.form.address, 210, floor=190),
    Column("kind", "By", lambda box: KINDS[box.form.kind], 110, firm=True, least=3),
    Column("every", "Fetched", _every, 150, firm=True, least=2),
    Column("sends", "Answers", lambda box: "Go out from it" if box.form.sends else "", 110, firm=True, least=4),
    Column("at", "Last fetched", lambda box: box.fetched_at, 140, shown=_at, least=1),
    Column("error", "How it went", _went, 260, tone=lambda box: "bad" if box.error else "muted"),
)
_LEFT: tuple[Column[LeftRow], ...] = (
    Column("mailbox", "Mailbox", lambda left: left.mailbox, 120, least=1),
    Column("noted", "Found", lambda left: formats.moment(left.noted_at), 140, firm=True),
    Column("message", "Why it waits", lambda left: left.message, 360),
    Column("hint", "What to do", lambda left: left.hint, 260, least=2),
)
