"""The card of a till: its sessions, and the one that is chosen with its counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal

from app.services.reception_payments.tills.dto import CountRow, SessionCard, SessionRow, TillRow
from app.views.common.columns import ListModel, row_height
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.parts import Card, Elided, label
from app.views.reception_payments.till_tables import COUNTS, SESSIONS, count_facts, facts

_NOTHING: Final = "Choose a till to see its sessions."
_NONE: Final = "It was never opened. Ctrl+O opens it with its float."


class TillCard(Card):
    """A till with its sessions.

    Signals:
        session_chosen(SessionRow or None): show its counts.
        session_opened(SessionRow): Enter on a session.
    """

    session_chosen = Signal(object)
    session_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.title = Elided("heading")
        self.acts = FlowLayout()
        self.sessions: ListModel[SessionRow] = ListModel(SESSIONS)
        self.table = DataTable("Sessions of the till", self.sessions, stretch="state", empty=_NONE)
        self.words = label(_NOTHING, "muted", wrap=True, selectable=True)
        self.counts: ListModel[CountRow] = ListModel(COUNTS)
        self.counted = DataTable("Counts of the session", self.counts, stretch="why", empty="Nothing was counted.")
        self.told = label("", "muted", wrap=True, selectable=True)
        for table in (self.table, self.counted):
            table.setMinimumHeight(row_height() * 3)
        self.column.addWidget(self.title)
        self.column.addLayout(self.acts)
        self.column.addWidget(self.table, 3)
        self.column.addWidget(self.words)
        self.column.addWidget(self.counted, 2)
        self.column.addWidget(self.told)
        self.table.chosen.connect(self.session_chosen)
        self.table.opened.connect(self.session_opened)
        self.counted.chosen.connect(self._tell)

    @property
    def session(self) -> SessionRow | None:
        """The session that is chosen."""
        found: SessionRow | None = self.table.row() if self.sessions.rows else None
        return found

    def show_till(self, till: TillRow, rows: Sequence[SessionRow]) -> None:
        """Show a till; the session that was chosen stays so, else the newest is."""
        before = self.session
        self.title.say(f"{till.name}, {till.desk}")
        self.sessions.show_rows(tuple(rows))
        if rows:
            kept = before.session_id if before is not None else None
            self.table.go_to(next((at for at, each in enumerate(rows) if each.session_id == kept), 0))
        self.session_chosen.emit(self.session)

    def show_session(self, found: SessionCard | None) -> None:
        """Show what is known of a session, and its counts."""
        self.words.setText(facts(found.row) if found is not None else "")
        rows = found.counts if found is not None else ()
        self.counts.show_rows(rows)
        if rows:
            self.counted.go_to(len(rows) - 1)
        self._tell(rows[-1] if rows else None)

    def clear(self) -> None:
        """No till is chosen."""
        self.title.say("")
        self.sessions.show_rows(())
        self.counts.show_rows(())
        self.words.setText(_NOTHING)
        self._tell(None)
        self.session_chosen.emit(None)

    def _tell(self, row: CountRow | None) -> None:
        self.told.setText(count_facts(row) if row is not None else "")
        self.told.setVisible(row is not None)
