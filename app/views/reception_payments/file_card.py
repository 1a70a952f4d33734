"""The card of a file of receipts: what it holds, what became of its lines, and what is to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values import ReceiptFileState, ReceiptLineState
from app.services.reception_payments.files.dto import FILE_STATES, LINE_STATES, FileCard, LineRow
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.forms import choice_field
from app.views.common.parts import Card, Elided, column, label, pill, restyle, row
from app.views.reception_payments.file_tables import FILE_TONES, LINES, days

NOTHING: Final = "Choose a file to see what became of its lines. Ctrl+L loads one."
_ALL: Final = ("All lines", None)


class FileCardView(Card):
    """A file with its lines.

    Signals:
        state_chosen: list the lines of another state.
        line_opened(LineRow): Enter on a line.
    """

    state_chosen = Signal()
    line_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.found: FileCard | None = None
        self.title = Elided("heading")
        self._state = pill("")
        self._facts = label(NOTHING, "muted", wrap=True, selectable=True)
        self._words = label("", wrap=True, selectable=True)
        self.acts = FlowLayout(right=True)
        self.state = choice_field([_ALL, *((words, state) for state, words in LINE_STATES.items())], "Which lines")
        self.lines: ListModel[LineRow] = ListModel(LINES)
        self.table = DataTable("Lines of the file", self.lines, stretch="why", empty="No line is of this kind.")
        self.table.opened.connect(self.line_opened)
        self.state.changed.connect(lambda *_: self.state_chosen.emit())
        head = row(self._state, self.acts, spacing=12)
        head.setStretch(1, 1)
        self.column.addLayout(head)
        for each in (self.title, self._facts, self._words):
            self.column.addWidget(each)
        self.column.addLayout(column(None, self.state))
        self.column.addWidget(self.table, 1)
        self._below = QWidget()
        self._below.setObjectName("canvas")
        self.column.addWidget(self._below, 1)
        self.clear()

    @property
    def wanted(self) -> ReceiptLineState | None:
        """The lines that are to be listed; None: all."""
        found: ReceiptLineState | None = self.state.value()
        return found

    def chosen(self) -> tuple[LineRow, ...]:
        """The lines that are chosen, however many."""
        return tuple(self.lines.in_memory(self.table.places())) if self.lines.rows else ()

    def line(self) -> LineRow | None:
        """The line that the officer is at."""
        found: LineRow | None = self.table.row() if self.lines.rows else None
        return found

    def show_file(self, found: FileCard) -> None:
        """Show a file."""
        self.found = found
        shown = found.row
        self.title.say(f"File {shown.number}: {shown.file_name}")
        waits = shown.waiting
        self._state.setText(f"{waits:,} to decide" if waits else FILE_STATES[shown.state])
        restyle(self._state, tone="warning" if waits else FILE_TONES[shown.state])
        self._facts.setText(_facts(found))
        self._words.setText(_words(found))
        kept = shown.state is ReceiptFileState.LOADED or bool(shown.count)
        for each, there in (
            (self._state, True),
            (self._words, bool(found.words)),
            (self._below, not kept),
            (self.state, kept),
            (self.table, kept),
        ):
            each.setVisible(there)

    def show_lines(self, rows: Sequence[LineRow]) -> None:
        """Show its lines; the one that was chosen stays so."""
        before = self.line()
        self.lines.show_rows(tuple(rows))
        if rows:
            kept = before.line_id if before is not None else None
            self.table.go_to(next((at for at, each in enumerate(rows) if each.line_id == kept), 0))

    def clear(self) -> None:
        """No file is chosen."""
        self.found = None
        self.title.say("")
        self._facts.setText(NOTHING)
        self.lines.show_rows(())
        for each in (self._state, self._words, self.state, self.table):
            each.setVisible(False)
        self._below.setVisible(True)


def _words(found: FileCard) -> str:
    if found.row.state is not ReceiptFileState.QUARANTINED:
        return found.words
    return (
        f"{found.words} Nothing of the file is kept: take the number out of it and load it again, then reject this one."
    )


def _facts(found: FileCard) -> str:
    shown = found.row
    edition = f", edition {found.edition}" if found.edition else ""
    loaded = "Came" if shown.state is ReceiptFileState.QUARANTINED else "Loaded"
    lines = [
        f"{loaded} {formats.moment(shown.loaded_at)} by {shown.officer}, by the profile {shown.profile}{edition}",
        f"{formats.count(shown.count, 'line')} of {shown.total}, paid {days(shown)}" if shown.count else "",
        _declared(found),
        " \N{MIDDLE DOT} ".join(f"{part.what}: {part.count:,} of {part.amount}" for part in found.parts),
        _journals(found.journals),
        f"{FILE_STATES[shown.state]} {formats.moment(found.settled_at)} by {found.settled_by}"
        if found.settled_at
        else "",
    ]
    return "\n".join(line for line in lines if line)


def _declared(found: FileCard) -> str:
    said = found.declared
    parts = [
        formats.count(said.count, "payment") if said.count is not None else "",
        f"{said.total} in all" if said.total is not None else "",
    ]
    told = ", ".join(part for part in parts if part)
    return f"Declared: {told}" if told else ""


def _journals(found: Sequence[int]) -> str:
    if not found:
        return ""
    return f"Journal{'' if len(found) == 1 else 's'} {', '.join(map(str, found))}"
