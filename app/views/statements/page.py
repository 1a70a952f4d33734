"""The Statements page: a run is asked for, rehearsed with its exceptions first, made; earlier runs are reprinted."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.core.calendars import rent_year
from app.services.rent.listed_dto import Choices
from app.services.statements.dto import ItemRow, Rehearsal, RunResult, RunRow, RunState
from app.views.common import formats
from app.views.common.columns import ListModel
from app.views.common.data_table import DataTable
from app.views.common.flow import FlowLayout
from app.views.common.page import Page
from app.views.common.parts import (
    Card,
    Elided,
    Figure,
    action_button,
    button,
    column,
    label,
    row,
    scrolled,
)
from app.views.common.rooms import Beside, Room
from app.views.common.tabbed_card import TabbedCard
from app.views.common.theme import scaled
from app.views.common.under_way import UnderWay
from app.views.statements.request import RequestCard, YearOf
from app.views.statements.table import GROUPS, ITEMS, RUNS, GroupRow

_LEAST_PARTS = 200
"""The exceptions, at 100 per cent; the page scrolls where the window is lower."""


class StatementsPage(Page):
    """Statements.

    Signals:
        rehearse_wanted, make_wanted(RunRequest): what the officer asks for.
        run_chosen(RunRow): show its accounts.
        carry_on_wanted(RunRow): go on with a run that stopped.
        files_wanted(RunRow): write its files into a folder.
        reprint_wanted(ItemRow): one statement of a run, exactly as it was sent.

    Keys: Ctrl+R rehearse, Ctrl+Enter make.
    """

    rehearse_wanted = Signal(object)
    make_wanted = Signal(object)
    run_chosen = Signal(object)
    carry_on_wanted = Signal(object)
    files_wanted = Signal(object)
    reprint_wanted = Signal(object)

    def __init__(self, today: date, year_of: YearOf = rent_year) -> None:
        super().__init__("Statements", areas=frozenset({"statements", "rent"}), help_topic="statements")
        self.request = RequestCard(today, year_of)
        self._words = ""
        self.work = UnderWay(self._show_work)
        self._ask = self.add_key("Ctrl+R", "Rehearse", lambda: self.rehearse_wanted.emit(self.request.request()))
        self._make = self.add_key(
            "Ctrl+Return",
            "Make the statements",
            lambda: self.make_wanted.emit(self.request.request()),
            more=("Ctrl+Enter",),
        )
        self.exceptions: ListModel[ItemRow] = ListModel(ITEMS)
        self.groups: ListModel[GroupRow] = ListModel(GROUPS)
        self.items: ListModel[ItemRow] = ListModel(ITEMS)
        self.runs: ListModel[RunRow] = ListModel(RUNS)
        self.parts = TabbedCard("Parts of the run")
        self._exceptions_at = self.parts.add_part(
            "Exceptions",
            DataTable(
                "Exceptions",
                self.exceptions,
                stretch="exception",
                empty="Rehearse the run: whoever gets no statement, or one to look at, stands here first.",
            ),
        )
        self.parts.add_part(
            "By rent group",
            DataTable("Statements by rent group", self.groups, stretch="group", empty="Rehearse the run first."),
        )
        self._runs_at = self.parts.add_part("Earlier runs", self._runs_part())
        whole = Beside(
            self.request, column(None, self._header(), Room(self.parts, _LEAST_PARTS), spacing=12), margin=14
        )
        column(self, scrolled(whole))
        self.request.changed.connect(self.show_waiting)
        self.setFocusProxy(self.request.quarter)
        self.show_waiting()

    def show_waiting(self) -> None:
        """Nothing is rehearsed."""
        self._title.say("A run of statements")
        self._rest("Rehearse first: it counts the statements and names whoever gets none, and why. Nothing is made.")
        for figure in self._figures:
            figure.show_text("-")

    def show_rehearsal(self, found: Rehearsal) -> None:
        """Show what a run would make."""
        left_out = sum(not item.sent for item in found.exceptions)
        self._show_counts(found.sent, left_out, len(found.exceptions) - left_out)
        self._rest("Rehearsed; nothing is made yet." if found.sent else "There is nothing to send for these choices.")
        self._show_exceptions(found.exceptions)
        self.groups.show_rows(found.groups)
        self.parts.open_part(self._exceptions_at if found.exceptions else self._exceptions_at + 1)

    def show_result(self, made: RunResult) -> None:
        """Show what a run made."""
        self._show_counts(made.sent, made.left_out, sum(item.sent for item in made.exceptions))
        where = f", in {made.files[0].parent}" if made.files else ""
        again = "carried on and finished" if made.carried_on else "made"
        self._rest(f"Run {made.run_id} {again}: {formats.count(made.pages, 'page')}{where}. Kept as they were sent.")
        self._show_exceptions(made.exceptions)

    def show_choices(self, choices: Choices) -> None:
        """Offer rent groups and areas."""
        self.request.show_choices(choices)

    def show_runs(self, runs: tuple[RunRow, ...]) -> None:
        """Show the runs that were made, and stay on the one that was chosen."""
        before = self.runs_table.row()
        self.runs.show_rows(runs)
        self.parts.count_part(self._runs_at, len(runs))
        ids = [run.run_id for run in self.runs.rows]
        if ids:
            self.runs_table.go_to(
                ids.index(before.run_id) if isinstance(before, RunRow) and before.run_id in ids else 0
            )
        else:
            self._choose_run(None)

    def show_items(self, items: tuple[ItemRow, ...]) -> None:
        """Show the accounts of the chosen run."""
        self.items.show_rows(items)

    def _rest(self, words: str) -> None:
        """What is said while nothing is under way."""
        self._words = words
        self.work.show()

    def _show_work(self, doing: str) -> None:
        self._said.setText(doing or self._words)
        for each in (self._make, self.carry_on, self.files):
            each.setEnabled(not doing)

    def _show_counts(self, sent: int, left_out: int, look: int) -> None:
        for figure, count in zip(self._figures, (sent, left_out, look), strict=True):
            figure.show_text(f"{count:,}")

    def _show_exceptions(self, items: tuple[ItemRow, ...]) -> None:
        self.exceptions.show_rows(items)
        self.parts.count_part(self._exceptions_at, len(items))

    def _header(self) -> Card:
        card = Card(spacing=6)
        self._title = Elided("title")
        self._said = label("", "muted", wrap=True)
        self._figures = (Figure("Statements"), Figure("Left out"), Figure("Statements to check"))
        figures = FlowLayout(across=28)
        for figure in self._figures:
            figures.addWidget(figure)
        self.request.head.addWidget(action_button(self._ask, icon="calculator-variant-outline"))
        top = row(self._title, action_button(self._make, role="primary", icon="file-document-multiple-outline"))
        top.setStretch(0, 1)
        card.column.addLayout(top)
        card.column.addWidget(self._said)
        card.column.addSpacing(scaled(2))
        card.column.addLayout(figures)
        return card

    def _runs_part(self) -> QWidget:
        self.runs_table = DataTable("Earlier runs", self.runs, stretch="state", empty="No run has been made yet.")
        self.items_table = DataTable(
            "Accounts of the run", self.items, stretch="exception", empty="Choose a run: its accounts stand here."
        )
        self.items_table.title = self._run_title
        self.reprint = button("Re&print", icon="printer-outline", tip="One statement exactly as it was sent")
        self.files = button(
            "Save the file&s", icon="content-save-outline", tip="The print-ready files of the run, into a folder"
        )
        self.carry_on = button("Carr&y on", icon="play-outline", tip="Make what is missing of this run")
        self._run_words = label("", "muted")
        self.reprint.clicked.connect(self._reprint)
        self.files.clicked.connect(lambda: self._give(self.files_wanted))
        self.carry_on.clicked.connect(lambda: self._give(self.carry_on_wanted))
        self.runs_table.chosen.connect(self._choose_run)
        self.items_table.opened.connect(lambda _item: self._reprint())
        made = QWidget()
        tables = row(self.runs_table, self.items_table, spacing=8)
        tables.setStretch(0, 2)
        tables.setStretch(1, 3)
        under = row(self._run_words, None, self.carry_on, self.files, self.reprint)
        under.setContentsMargins(scaled(14), scaled(6), scaled(14), scaled(6))
        column(made, tables, under, spacing=0).setStretch(0, 1)
        return made

    def _choose_run(self, chosen: object) -> None:
        run = chosen if isinstance(chosen, RunRow) else None
        self.carry_on.setVisible(run is not None and run.state is not RunState.DONE)
        for each in (self.files, self.reprint):
            each.setVisible(run is not None)
        if run is None:
            self._run_words.setText("")
            self.show_items(())
            return
        self._run_words.setText(
            f"Run {run.run_id} by {run.officer}, {formats.moment(run.started_at)}: "
            f"{run.sent:,} sent, {run.left_out:,} left out"
        )
        self.run_chosen.emit(run)

    def _run_title(self) -> str:
        run = self.runs_table.row()
        return f"Accounts of run {run.run_id}" if isinstance(run, RunRow) else "Accounts of the run"

    def _reprint(self) -> None:
        item = self.items_table.row()
        if isinstance(item, ItemRow):
            self.reprint_wanted.emit(item)

    def _give(self, signal: object) -> None:
        run = self.runs_table.row()
        if isinstance(run, RunRow):
            signal.emit(run)  # type: ignore[attr-defined]
