"""Runs joined to the services: listed, opened, asked for, and brought on step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import DebitRunKind, Subject
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.direct_debits.figures import days
from app.services.direct_debits.figures import preview as looking
from app.services.direct_debits.figures.preview import Look
from app.services.direct_debits.runs import commands, queries
from app.services.direct_debits.runs.dto import RunAsked, RunDetail, RunQuestion, RunRow, SavedFile
from app.views.common.dialogs import ask_folder
from app.views.common.office import Office
from app.views.common.pause import Pause
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.common.tasks import Task
from app.views.direct_debits.run_card import Step
from app.views.direct_debits.run_steps import MatchSheet, PostSheet, SentSheet, WhySheet
from app.views.direct_debits.runs import CHOICES, RunsPage

_PAUSE_MS = 250


class _StepWork(SheetWork):
    """A sheet whose command takes the run and the words that are typed."""

    def __init__(self, office: Office, sheet: SentSheet | WhySheet, saves: Callable[..., Any], run_id: int) -> None:
        super().__init__(office, sheet)
        self._made, self._saves, self._run_id = sheet, saves, run_id

    def make(self, _found: None) -> SentSheet | WhySheet:
        """The sheet."""
        return self._made

    def save(self, typed: str) -> None:
        """Do it."""
        self.do(self._saves, self._run_id, typed)


class RunsController(QObject):
    """Joins the section Runs to the services."""

    def __init__(self, office: Office) -> None:
        may_run = Permission.RUN_DIRECT_DEBITS in office.desk.officer.permissions
        page = RunsPage(office.desk.clock.today, may_run=may_run)
        super().__init__(page)
        self.office = office
        self.page = page
        self._listed: Task | None = None
        self._wanted: int | None = None
        self._looked: Task | None = None
        self._opened: Task | None = None
        self._question: RunQuestion | None = None
        self.pause = Pause(self, self._look, _PAUSE_MS)
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.asked.connect(self.refresh)
        page.opened.connect(self._go_into)
        page.run_chosen.connect(self._choose)
        page.step_wanted.connect(self._do)
        page.new_wanted.connect(self._begin)
        page.card.part_wanted.connect(self._show_part)
        page.card.mandate_opened.connect(self._open_mandate)
        page.asking.mandate_opened.connect(self._open_mandate)
        page.asking.looked_for.connect(self._look_for)
        page.asking.asked.connect(self._ask)
        self._steps: dict[Step, Callable[[RunDetail], object]] = {
            Step.DECIDE: self._decide,
            Step.SAVE: self._save,
            Step.READ: lambda _found: office.show_only("direct_debits", "reports"),
            Step.SEND: lambda found: self._sheet(SentSheet(page, found.row), commands.mark_sent, found),
            Step.CANCEL: lambda found: self._sheet(WhySheet(page, found.row, Step.CANCEL), commands.cancel, found),
            Step.REFUSE: lambda found: self._sheet(WhySheet(page, found.row, Step.REFUSE), commands.refused, found),
            Step.MATCH: self._match,
            Step.POST: self._post,
        }

    # The list

    def refresh(self) -> None:
        """List again; what a new run would take is looked for again too."""
        self._listed = self.office.ask(self, queries.listed, self.page.choice, then=self._show, instead_of=self._listed)
        if self.page.asks:
            self._show_days()

    def _show(self, found: tuple[RunRow, ...]) -> None:
        """Show the runs, and the one that another page asked for."""
        self.page.show_found(found)
        if self._wanted is not None and self.page.go_to(self._wanted):
            self._wanted = None

    def open_record(self, _subject: Subject, record_id: int) -> None:
        """Show a run that another page names."""
        self.page.show_list()
        if not self.page.go_to(record_id):
            self._wanted = record_id
            self.page.choose(CHOICES[-1][1])
            self.refresh()

    def _go_into(self, _row: RunRow) -> None:
        """Enter on a run: its parts."""
        self.page.card.parts.tabs.setFocus()

    def _choose(self, row: RunRow | None) -> None:
        if row is None:
            self.page.card.clear()
            return
        self._opened = self.office.ask(
            self,
            queries.detail,
            row.run_id,
            then=self.page.show_run,
            refused=lambda _error: self.page.card.clear(),
            instead_of=self._opened,
        )

    def _show_part(self, name: str) -> None:
        """A part of the card is turned to that didn't come with the run."""
        found = self.page.card.detail
        if found is None:
            return
        card, run_id = self.page.card, found.row.run_id
        shows: dict[str, tuple[Callable[..., Any], Callable[[Any], None]]] = {
            "lines": (queries.lines, card.show_lines),
            "left_out": (queries.left_out, card.show_left_out),
            "file": (looking.of_run, card.show_file),
            "agreement": (queries.reconciled, card.show_agreement),
        }
        query, show = shows[name]

        def still(answer: Any) -> None:
            if card.detail is not None and card.detail.row.run_id == run_id:
                show(answer)

        self.office.ask(self, query, run_id, then=still)

    def _open_mandate(self, mandate_id: int) -> None:
        self.office.open_record(Subject.MANDATE, mandate_id)

    # A new run

    def _begin(self, kind: DebitRunKind) -> None:
        self.page.show_new(kind)
        self._show_days()

    def _show_days(self) -> None:
        self.office.ask(self, days.days, then=self.page.asking.show_days)

    def _look_for(self, question: RunQuestion) -> None:
        self._question = question
        self.pause.start()

    def _look(self) -> None:
        """Ask what the run would take; where it is refused the reason stands in its place."""
        asking = self.page.asking

        def refused(error: UserError) -> None:
            asking.say_nothing(str(error))

        def show(found: Look) -> None:
            asking.show_preview(found.preview, found.records)
            if found.no_file:
                asking.messages.warn(found.no_file)
            else:
                asking.messages.clear()

        self._looked = self.office.ask(
            self,
            looking.look,
            self._question,
            then=show,
            refused=refused,
            instead_of=self._looked,
            label="Looking at what would go",
        )

    def _ask(self) -> None:
        asking = self.page.asking
        command = asking.command()
        if command is None:
            asking.messages.bad("Choose a day on which Bacs can process the run.")
            return
        asking.confirm_action.setEnabled(False)

        def refused(error: UserError) -> None:
            asking.confirm_action.setEnabled(True)
            asking.show_error(error)

        self.office.do(self, commands.ask, command, then=self._asked_for, refused=refused, label="Asking for the run")

    def _asked_for(self, asked: RunAsked) -> None:
        self.page.asking.confirm_action.setEnabled(True)
        self.office.messages.good(asked.told)
        self.page.show_list()
        self._wanted = asked.run_id
        self.page.choose(CHOICES[0][1])
        self.refresh()

    # What is done with one

    def _do(self, step: Step, found: RunDetail) -> None:
        self._steps[step](found)

    def _decide(self, found: RunDetail) -> None:
        if found.row.request_id is not None:
            self.office.open_record(Subject.APPROVAL, found.row.request_id)

    def _save(self, found: RunDetail) -> None:
        """Ask for the folder, and write the file there."""

        def save(folder: str) -> None:
            self.office.do(self, commands.save_file, found.row.run_id, folder, then=self._saved)

        ask_folder(self.page, f"A folder for the file of run {found.row.number}").fileSelected.connect(save)

    def _saved(self, saved: SavedFile) -> None:
        self.page.tell_saved(saved.run_id)
        self.office.messages.good(saved.told)

    def _sheet(self, sheet: SentSheet | WhySheet, saves: Callable[..., Any], found: RunDetail) -> None:
        _StepWork(self.office, sheet, saves, found.row.run_id).begin()

    def _match(self, found: RunDetail) -> None:
        sheet = MatchSheet(self.page, found.row)
        open_sheet(self.office, sheet, commands.match_by_hand, sheet.command, "")

    def _post(self, found: RunDetail) -> None:
        today = self.office.desk.clock.today()
        open_sheet(self.office, PostSheet(self.page, found.row), commands.post, lambda: today, "")
