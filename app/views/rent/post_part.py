"""The post of an account on its card: what came in and what went out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.post_log.register.dto import RegisterRow, RegisterSort
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.parts import column
from app.views.common.post_columns import LINES

_LEFT_OUT: Final = {"reference"}
_EMPTY: Final = "Nothing about this account has come in or gone out."


class PostPart(QWidget):
    """The list.

    Signals:
        opened(RegisterRow): Enter or a double click on a line.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: ListModel[RegisterRow] = ListModel([each for each in LINES if each.key not in _LEFT_OUT])
        self.table = DataTable("Post of the account", self.lines, stretch=RegisterSort.SUBJECT, empty=_EMPTY)
        column(self, self.table)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self.opened)

    def show_lines(self, rows: Sequence[RegisterRow]) -> None:
        """Show these, the latest first."""
        self.lines.show_rows(rows)
