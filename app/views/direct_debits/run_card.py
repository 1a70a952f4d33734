"""The card of a run: how it stands, the one next step, its steps, totals, lines, what was left out, and whether it agrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFontDatabase
from PySide6.QtWidgets import QWidget

from app.models.values import DebitRunKind, DebitRunState
from app.services.direct_debits.figures.dto import FileRecord
from app.services.direct_debits.runs.dto import KINDS, LeftOutRow, Reconciled, RunDetail, RunLine, RunRow
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.message_bar import MessageBar
from app.views.common.parts import column, label, restyle, row
from app.views.common.run_card import Head, Offer, RunCard
from app.views.common.theme import scaled
from app.views.direct_debits.run_tables import AGREEMENT, FILE, LEFT_OUT, LINES, STEPS, TOTALS, pill_of, totals_of

_CHOOSE: Final = "Choose a run to see how it stands."


class Step(StrEnum):
    """What can be done with a run next."""

    DECIDE = "decide"
    SAVE = "save"
    SEND = "send"
    READ = "read"
    MATCH = "match"
    POST = "post"
    CANCEL = "cancel"
    REFUSE = "refuse"


OFFERS: Final[Mapping[StrEnum, Offer]] = {
    Step.DECIDE: Offer("Open its approval", "", "account-check-outline"),
    Step.SAVE: Offer("Save the file", "Ctrl+S", "content-save-outline"),
    Step.SEND: Offer("Mark as sent", "Ctrl+Shift+S", "send"),
    Step.READ: Offer("Read the bank's report", "", "file-import-outline"),
    Step.MATCH: Offer("Match by hand", "Ctrl+M", "check-all"),
    Step.POST: Offer("Post", "", "check"),
    Step.CANCEL: Offer("Cancel the run", "F7", "close-circle-outline"),
    Step.REFUSE: Offer("Bacs refused it", "F7", "undo-variant"),
}
"""A step without a key of its own is only ever the next one, which Ctrl+Enter takes."""


def next_step(found: RunDetail, today: date, *, saved: bool = False) -> Step | None:
    """The one step that brings a run on; None where nothing is to be done today, or by this officer.

    Where its file was `saved` at this desk, it can be sent.
    """
    state, may = found.row.state, found.may
    if state is DebitRunState.WAITING:
        return Step.DECIDE if found.row.request_id is not None else None
    if state is DebitRunState.MADE:
        in_turn = (Step.SEND, Step.SAVE) if saved else (Step.SAVE, Step.SEND)
        return next((each for each in in_turn if each in may), None)
    if state is DebitRunState.SENT:
        return Step.READ if Step.MATCH in may or Step.MATCH in found.why_not else None
    if state is DebitRunState.MATCHED and Step.POST in may and found.row.entry_on <= today:
        return Step.POST
    return None


def others(found: RunDetail, next_: Step | None) -> tuple[Step, ...]:
    """What else may be done with it, in the order of its buttons."""
    named = (Step.CANCEL, Step.REFUSE, Step.MATCH, Step.SAVE)
    every = [each for each in named if each in found.may and each is not next_]
    if found.row.state is DebitRunState.MADE and next_ is Step.SAVE and Step.SEND in found.may:
        every.append(Step.SEND)
    return tuple(every)


class DebitRunCard(RunCard[RunDetail]):
    """The card beside the list of runs.

    Signals:
        part_wanted(str): `lines`, `left_out` or `agreement` of the run is turned to: answer with `show_lines` and so on.
        mandate_opened(int): Enter on a line.
    """

    part_wanted = Signal(str)
    mandate_opened = Signal(int)

    def __init__(self, actions: Mapping[StrEnum, QAction], next_action: QAction) -> None:
        super().__init__(OFFERS, actions, next_action, _CHOOSE)
        self._shown: set[str] = set()
        self._late = MessageBar(inline=True)
        self._tables()
        top = row(self.state, self.buttons(), spacing=12)
        top.setStretch(1, 1)
        self.arrange(top, self.title, self._late, self.facts, self.why)

    @property
    def part(self) -> str:
        """The part that is turned to, by its name; empty where it came with the run."""
        return self._lazy.get(self.parts.tabs.currentIndex(), "")

    def show_run(self, found: RunDetail) -> None:
        """Show a run; `offer` follows."""
        same = self.detail is not None and self.detail.row.run_id == found.row.run_id
        shown = found.row
        self._shown = set()
        told = (shown.why, found.note, *found.why_not.values())
        title = f"{KINDS[shown.kind]} run {shown.number}"
        self.show_head(found, Head(title, shown.words, pill_of(shown), _facts(shown), told))
        self._tell_late(found)
        self._steps.show_rows(found.steps)
        self._totals.show_rows(totals_of(found.by_code, found.by_day, found.by_own, found.reasons))
        self._file.setText(_file(found))
        self._file.setVisible(bool(found.sha256))
        self.parts.count_part(self._at["lines"], shown.count)
        self.parts.count_part(self._at["left_out"], shown.left_out)
        if not same:
            for model in (self._lines, self._left_out, self._records, self._agreement):
                model.show_rows(())
            self._faults.setText("")
        if self.part:
            self._turned()

    def clear(self) -> None:
        """No run is chosen."""
        super().clear()
        self._late.clear()

    def show_lines(self, lines: Sequence[RunLine]) -> None:
        """Show its lines."""
        self._lines.show_rows(lines)

    def show_left_out(self, rows: Sequence[LeftOutRow]) -> None:
        """Show what it left out."""
        self._left_out.show_rows(rows)

    def show_file(self, records: Sequence[FileRecord]) -> None:
        """Show the records of its file."""
        self._records.show_rows(records)

    def show_agreement(self, found: Reconciled) -> None:
        """Show whether it agrees with its file, the bank and the accounts."""
        self._agreement.show_rows(found.figures)
        self._faults.setText("\n".join(found.faults) or "All of these agree.")
        restyle(self._faults, tone="bad" if found.faults else "good")

    # The pieces

    def _tables(self) -> None:
        self._steps, self._totals = ListModel(STEPS, in_turn=True), ListModel(TOTALS, in_turn=True)
        self._lines, self._left_out = ListModel(LINES), ListModel(LEFT_OUT)
        self._agreement, self._records = ListModel(AGREEMENT, in_turn=True), ListModel(FILE, in_turn=True)
        lines = DataTable("Lines of the run", self._lines, stretch="payer", empty="It has no lines.")
        left_out = DataTable("Left out of the run", self._left_out, stretch="todo", empty="Nothing was left out.")
        for each in (lines, left_out):
            each.opened.connect(lambda found: self.mandate_opened.emit(found.mandate_id))
        self._file = label("", "muted", wrap=True, selectable=True)
        self._faults = label("", wrap=True, selectable=True)
        steps = DataTable("Steps of the run", self._steps, stretch="words")
        totals = DataTable("Totals of the run", self._totals, stretch="name")
        agreement = DataTable("What the run is held against", self._agreement, stretch="name")
        file = DataTable("The file of the run", self._records, stretch="text")
        file.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.parts.add_part("Steps", _over(steps, self._file))
        self.parts.add_part("Totals", totals)
        self._at = {
            "lines": self.parts.add_part("Lines", lines),
            "left_out": self.parts.add_part("Left out", left_out),
            "file": self.parts.add_part("The file", file),
            "agreement": self.parts.add_part("Agreement", _over(agreement, self._faults)),
        }
        self._lazy = {at: name for name, at in self._at.items()}
        self.parts.tabs.currentChanged.connect(lambda _at: self._turned())

    def _tell_late(self, found: RunDetail) -> None:
        self._late.clear()
        if found.row.late:
            self._late.bad(found.row.late)
        elif found.amended:
            changed = formats.count(found.amended, "record has", "records have")
            self._late.warn(f"{changed} bank details that changed: marked in Lines.")

    def _turned(self) -> None:
        """A part that didn't come with the run is asked for once."""
        name = self.part
        if name and self.detail is not None and name not in self._shown:
            self._shown.add(name)
            self.part_wanted.emit(name)


def _over(table: DataTable, under: QWidget) -> QWidget:
    """A table with words under it."""
    made = QWidget()
    made.setObjectName("canvas")
    words = row(under)
    words.setContentsMargins(scaled(12), scaled(2), scaled(12), scaled(4))
    column(made, table, words, spacing=2).setStretch(0, 1)
    return made


def _file(found: RunDetail) -> str:
    """The file and its digest, in groups that a line can be broken between."""
    digest = " ".join(found.sha256[at : at + 8] for at in range(0, len(found.sha256), 8))
    return f"File {found.file_name}, SHA-256 {digest}" if digest else ""


def _facts(shown: RunRow) -> str:
    lodges = shown.kind is DebitRunKind.LODGEMENT
    noun, of = ("instruction", "") if lodges else ("collection", f" of {shown.amount}")
    left = f", {shown.left_out:,} left out" if shown.left_out else ""
    moves = formats.weekday(shown.entry_on)
    if shown.last_entry_on != shown.entry_on:
        moves = f"{moves} to {formats.weekday(shown.last_entry_on)}"
    entry = "" if lodges else f", entry {moves}"
    serial = f" Serial {shown.serial:06}." if shown.serial is not None else ""
    reference = f" Submission {shown.reference}." if shown.reference else ""
    return (
        f"{formats.count(shown.count, noun)}{of}{left}. Send by {formats.weekday(shown.submit_on)}, processed on"
        f" {formats.weekday(shown.processing_on)}{entry}.{serial}{reference}"
    )
