"""The sheet on which credits that nobody claimed are put forward together to be written on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import uuid4

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values import ZERO
from app.services.adjustments.credits.dto import Proposal, PutForward
from app.services.adjustments.refunds.dto import CreditRow
from app.views.common.columns import Column, ListModel, money_column
from app.views.common.data_table import DataTable
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField
from app.views.common.parts import action_button, label
from app.views.common.short_names import shorter_names
from app.views.common.theme import scaled

_WIDE, _HIGH, _NOTE, _SAID = 880, 560, 400, 4
_NONE: Final = "None is left. Close this, and look at what each of them lacks under Credits, Over 6 years."

UNCLAIMED: Sequence[Column[CreditRow]] = (
    Column("reference", "Account", lambda row: row.reference, 110, firm=True),
    Column("name", "Name", lambda row: row.name, 180, floor=150, shorter=lambda row: shorter_names(row.name)),
    money_column("unclaimed", "Over 6 years", lambda row: row.unclaimed, 110, total=True),
    Column("since", "Since", lambda row: row.since, 100),
    Column("tried", "Last tried", lambda row: row.tried, 300, floor=200),
)


class WriteOnSheet(Sheet):
    """The credits that may be written on, each of which may be left out, and what the others lack."""

    def __init__(self, parent: QWidget, found: Proposal) -> None:
        note = (
            "They go to the budget as one adjustment. A second officer approves it and reads what was tried for each."
        )
        super().__init__(parent, "Write on unclaimed credits", primary="Put forward", note=note)
        self._key = f"write-on:{uuid4().hex}"
        self.model: ListModel[CreditRow] = ListModel(UNCLAIMED)
        self.table = DataTable("Credits that may be written on", self.model, stretch="tried", empty=_NONE)
        self._come_to = label("", "strong")
        self._leave = QAction("Leave it out", self)
        self._leave.setShortcut(QKeySequence("Ctrl+Backspace"))
        self._leave.triggered.connect(lambda _on=False: self._leave_out())
        self.addAction(self._leave)
        self.left_buttons.addWidget(action_button(self._leave, icon="minus-circle-outline"))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._come_to)
        if found.lacking:
            self.body.addWidget(label(_lacking(found), wrap=True))
        self.fields = fields = self.form()
        fields.add("note", "&Note", AreaField(_NOTE, height=48), "For whoever approves it")
        self.begin_at(self.table)
        self.resize(scaled(_WIDE), scaled(_HIGH))
        self._show(found.rows)

    def command(self) -> PutForward | None:
        """Those that are left; None where none is."""
        ids = tuple(row.account_id for row in self.model.rows)
        return PutForward(self._key, ids, self.fields.values()["note"]) if ids else None

    def _leave_out(self) -> None:
        chosen = self.table.row()
        if chosen is not None:
            at = self.model.rows.index(chosen)
            self._show([row for row in self.model.rows if row is not chosen])
            if self.model.rows:
                self.table.go_to(min(at, len(self.model.rows) - 1))

    def _show(self, rows: Sequence[CreditRow]) -> None:
        self.model.show_rows(tuple(rows))
        noun = "credit" if len(rows) == 1 else "credits"
        self._come_to.setText(f"{len(rows):,} {noun}, {sum((row.unclaimed for row in rows), ZERO)} in all")
        self._leave.setEnabled(bool(rows))
        if rows:
            self.table.go_to(0)


def _lacking(found: Proposal) -> str:
    """What the others lack, as many as can be read at a glance."""
    said = [f"{reference}: {why}" for reference, why in list(found.lacking.items())[:_SAID]]
    more = len(found.lacking) - len(said)
    said += [f"and {more:,} more."] if more else []
    return "Not yet:\n" + "\n".join(said)
