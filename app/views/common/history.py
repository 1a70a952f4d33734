"""Who changed this record: a sheet with every change of it, field by field, the latest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QSplitter, QWidget

from app.services.admin.audit.dto import AuditRow, FieldChange
from app.services.workbench.listing import Holds
from app.views.common import formats
from app.views.common.columns import Column, ListModel
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.parts import label
from app.views.common.theme import scaled

_LETTERS = 92
_CHANGES: tuple[Column[AuditRow], ...] = (
    Column("at", "When", lambda row: row.at, 144, holds=Holds.MOMENT, firm=True),
    Column("officer", "Who", lambda row: row.officer, 120),
    Column("kind", "What", lambda row: f"{row.kind} {row.action}", 190),
    Column("summary", "Change", lambda row: row.summary, 260),
)
_FIELDS: tuple[Column[FieldChange], ...] = (
    Column("label", "Field", lambda row: row.label, 150),
    Column("before", "Before", lambda row: row.before or None, 200),
    Column("after", "After", lambda row: row.after or None, 220),
)
Show = Callable[[Sequence[AuditRow]], object]


class HistorySheet(Sheet):
    """The changes of one record.

    Args:
        parent: the page that shows the record.
        name: the record in plain words.
        ask: asks for its changes and hands them to a function; the controller of the page gives it.
    """

    def __init__(self, parent: QWidget, name: str, ask: Callable[[Show], object]) -> None:
        super().__init__(
            parent, f"Who changed {name}", close="Close", note="The latest first; nothing here can be changed."
        )
        self.changes: ListModel[AuditRow] = ListModel(_CHANGES)
        self.fields: ListModel[FieldChange] = ListModel(_FIELDS)
        self.table = DataTable(
            "Changes", self.changes, stretch="summary", empty="Nobody has changed it since it came in."
        )
        self._detail = DataTable(
            "Fields of the change",
            self.fields,
            stretch="after",
            empty="The change that is chosen is shown here field by field.",
        )
        self._count = label("Looking ...", "muted")
        both = QSplitter()
        both.setOrientation(both.orientation().Vertical)
        both.setChildrenCollapsible(False)
        both.addWidget(self.table)
        both.addWidget(self._detail)
        both.setSizes([scaled(260), scaled(180)])
        self.body.addWidget(self._count)
        self.body.addWidget(both, 1)
        self.table.chosen.connect(self._show_fields)
        self.resize(self.fontMetrics().horizontalAdvance("m") * _LETTERS, scaled(560))
        ask(self.show_changes)

    def show_changes(self, found: Sequence[AuditRow]) -> None:
        """Show these changes."""
        self.changes.show_rows(found)
        self._count.setText(formats.count(len(found), "change"))
        if found:
            self.table.go_to(0)
        self.table.setFocus()

    def _show_fields(self, chosen: object) -> None:
        self.fields.show_rows(chosen.fields if isinstance(chosen, AuditRow) else ())
        self._detail.hide_empty_columns()
