"""The post about a record as a tab of its card: what came in and what went out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.post_log.register.dto import RegisterRow, RegisterSort
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.office import Office
from app.views.common.part_desk import PartDesk
from app.views.common.parts import column
from app.views.common.post_columns import LINES

_LEFT_OUT: Final = {"reference"}


class PostPart(QWidget):
    """The list.

    Args:
        what: the record, in a word such as `account`.
        empty: what is said where there is none.

    Signals:
        opened(RegisterRow): Enter or a double click on a line.
    """

    opened = Signal(object)

    def __init__(self, what: str, empty: str = "") -> None:
        super().__init__()
        none = empty or f"No post is linked to this {what}. An item of the post is linked there, by Ctrl+L."
        self.lines: ListModel[RegisterRow] = ListModel([each for each in LINES if each.key not in _LEFT_OUT])
        self.table = DataTable(f"Post of the {what}", self.lines, stretch=RegisterSort.SUBJECT, empty=none)
        column(self, self.table)
        self.setFocusProxy(self.table)
        self.table.opened.connect(self.opened)

    def show_lines(self, rows: Sequence[RegisterRow]) -> None:
        """Show these, the latest first."""
        self.lines.show_rows(rows)


class PostDesk(PartDesk):
    """Joins the tab to the services; it counts the items that are open.

    Args:
        lines: what shows them.
        asks: the post of the record with this id, as an area asks for it.
    """

    def __init__(self, office: Office, lines: PostPart, asks: Callable[..., Any]) -> None:
        self._lines = lines
        super().__init__(office, lines, asks)
        lines.opened.connect(self._open)

    def fill(self, found: tuple[RegisterRow, ...] | None) -> None:
        """Show what came and went about the record."""
        self._lines.show_lines(found or ())

    def count(self, found: tuple[RegisterRow, ...]) -> int:
        """How many items are open."""
        return sum(row.open for row in found)

    def _open(self, row: RegisterRow) -> None:
        """What came in is shown on the Post tab, what went out on the Letters tab."""
        if row.outgoing_id is not None:
            self.office.open_record(Subject.LETTER, row.outgoing_id)
        else:
            self.office.open_record(Subject.POST_ITEM, row.row_id)
