"""A new run as it is asked for: what is asked, what it would take, and what the officer declares of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.services.core.errors import UserError
from app.views.common.actions import keyed_action
from app.views.common.fields import LineField
from app.views.common.fields_count import CountField
from app.views.common.fields_money import MoneyField
from app.views.common.forms import Form
from app.views.common.listed_card import title_row
from app.views.common.message_bar import MessageBar
from app.views.common.parts import Card, action_button, column, label, scrolled
from app.views.common.rooms import Panes, Room
from app.views.common.way_back import WayBack

LEAST = 560
"""How high the panes of a page of runs are at least, in pixels at 100 per cent."""
_NOTE = 400


class RunAsking(WayBack):
    """A new run; each area's adds its fields and what it shows.

    Args:
        title: what stands over it.
        key: what the keys of its requests begin with: the same key never asks twice.
        noun: what is counted, such as `suppliers`; the label of that field is `count`.

    Signals:
        asked: ask for approval of what stands here.
        left: back to the runs.
    """

    asked = Signal()

    def __init__(self, title: str, key: str, noun: str, count: str) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._title, self._begins = title, key
        self.key = ""
        self.messages = MessageBar(inline=True)
        self.come_to = label("", "strong", wrap=True)
        self.form, self.declared = Form(), Form()
        self.declared.add("declared_count", count, CountField(noun, required=True))
        self.declared.add("declared_total", "Declared &total", MoneyField(required=True))
        self.declared.add("note", "&Note", LineField(_NOTE, placeholder="For whoever approves it"))
        self.confirm_action = self.act("Ask for approval", "Ctrl+Return", self._ask, "Ctrl+Enter")
        self.leave_action = self.act("Back to the runs", "Esc", self.left.emit)

    def begin_anew(self) -> None:
        """Begin another run: nothing is declared yet."""
        self.key = f"{self._begins}:{uuid4().hex}"
        self.declared.retype({"declared_count": "", "declared_total": "", "note": ""})
        self.declared.clear_errors()
        self.messages.clear()

    def show_error(self, error: UserError) -> None:
        """Why it can't be asked for, beside its field or over the page."""
        if not self.declared.show_error(error) and not self.form.show_error(error):
            self.messages.bad(error)

    def act(self, does: str, keys: str, slot: Callable[[], object], *more: str) -> QAction:
        """Something that is done here, with its keys."""
        return keyed_action(self, does, slot, keys, *more)

    def arrange(self, panes: Panes, *more: QWidget) -> None:
        """Put the panes under the title, its buttons and the message; `more` buttons stand between the two of every run."""
        head = Card(spacing=6)
        head.column.addLayout(title_row(label(self._title, "title"), self._buttons(more)))
        head.column.addWidget(self.messages)
        inside = QWidget()
        inside.setObjectName("canvas")
        column(inside, head, Room(panes, LEAST), spacing=12).setStretch(1, 1)
        column(self, scrolled(inside))

    def _buttons(self, more: tuple[QWidget, ...]) -> Iterator[QWidget]:
        yield action_button(self.leave_action, icon="arrow-left")
        yield from more
        yield action_button(self.confirm_action, role="primary", icon="check")

    def _ask(self) -> None:
        self.messages.clear()
        if self.declared.check():
            self.asked.emit()
