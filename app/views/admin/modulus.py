"""Weight tables: what account numbers are checked against, how old it is, and the current one loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import TableKind
from app.services.bacs.dto import TableInfo, TableInForce
from app.services.core.permissions import Permission
from app.views.admin.listed import FormSheet, ListSection, note_label
from app.views.admin.read_only import read_only_note
from app.views.common import formats
from app.views.common.columns import Column
from app.views.common.fields import LineField
from app.views.common.fields_dates import DateField
from app.views.common.parts import restyle

_KINDS: Final = {TableKind.WEIGHTS: "Weights", TableKind.SUBSTITUTIONS: "Substitutions"}
_MEANING: Final = {
    TableKind.WEIGHTS: "What each digit counts, by ranges of sort codes (valacdos.txt).",
    TableKind.SUBSTITUTIONS: "Sort codes that stand for others in the check (scsubtab.txt).",
}
_NONE: Final = "There is no weight table: account numbers are only looked at for the number of their digits."


def _state(row: TableInfo) -> str:
    return "In force" if row.in_force else "Not used"


TABLES: tuple[Column[TableInfo], ...] = (
    Column("name", "Version", lambda row: row.name, 200, floor=120),
    Column("kind", "File", lambda row: _KINDS[row.kind], 120, firm=True),
    Column(
        "from",
        "In force from",
        lambda row: row.valid_from,
        110,
        shown=lambda row: formats.day(row.valid_from),
        firm=True,
    ),
    Column("rows", "Lines", lambda row: row.rows, 70, shown=lambda row: f"{row.rows:,}", right=True, firm=True),
    Column("state", "State", _state, 90, tone=lambda row: "good" if row.in_force else "muted", firm=True),
    Column("loaded_by", "Loaded by", lambda row: row.loaded_by, 150, floor=120, least=1),
)


class ModulusSection(ListSection[TableInfo]):
    """The tables that were loaded.

    Signals:
        load_wanted: choose the files of the current one.
    """

    load_wanted = Signal()

    def __init__(self, *, may_change: bool) -> None:
        super().__init__(
            "Weight tables",
            TABLES,
            noun="table",
            key=lambda row: row.table_id,
            stretch="name",
            empty="No table has been loaded: the one that came with Rentbook is used.",
            areas=frozenset({"admin", "bank_details"}),
            permission=None,
            may_change=may_change,
        )
        self.help_topic = "admin"
        self.first_action("Ctrl+N", "Load the current tables", "file-table-outline", self.load_wanted.emit)
        self.above.addWidget(read_only_note(Permission.EDIT_POLICY, may_change=may_change, what="load tables"))
        self._note = note_label("")
        self.above.addWidget(self._note)
        self.show_row(None)

    def show_tables(self, rows: Sequence[TableInfo], used: TableInForce | None) -> None:
        """Show them, the newest first, and over them which is used and how old it is."""
        self._note.setText(used.words if used else _NONE)
        restyle(self._note, tone="warning" if used is None or used.old else "")
        self.show_rows(rows)

    def show_row(self, chosen: TableInfo | None) -> None:
        """What a table is, and who loaded it."""
        if chosen is None:
            return
        self.title.setText(f"{_KINDS[chosen.kind]}, {chosen.name}")
        self.mark(_state(chosen), "good" if chosen.in_force else "")
        self.tell("What it is", _MEANING[chosen.kind])
        self.tell("In force from", formats.day(chosen.valid_from))
        self.tell("Lines", f"{chosen.rows:,}")
        self.tell("Loaded", f"{formats.moment(chosen.loaded_at)} by {chosen.loaded_by}")


class TablesSheet(FormSheet):
    """The version of the files that were chosen, and from which day on they count."""

    def __init__(self, parent: QWidget, names: Sequence[str], today: Callable[[], date]) -> None:
        note = (
            f"{' and '.join(names)}: account numbers are checked against them from that day on. A number that a table of the "
            "last 12 months finds wrong is refused; older tables only warn."
        )
        super().__init__(parent, "Load the current tables", "Load", note)
        self.add("name", "&Version", LineField(80), "As Pay.UK calls it, such as v7.90")
        self.add(
            "valid_from", "&In force from", DateField(today, required=True), "The day that Pay.UK gives with the files"
        )
