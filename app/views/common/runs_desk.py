"""Runs joined to the services: listed, opened, looked at, asked for, and brought on step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.errors import UserError
from app.views.common.dialogs import ask_folder
from app.views.common.office import Office
from app.views.common.pause import Pause
from app.views.common.runs_page import Run, RunsPage
from app.views.common.sheet_work import open_sheet
from app.views.common.tasks import Task

_PAUSE_MS = 250


class Opened(Protocol):
    """A run as opened."""

    @property
    def row(self) -> Run:
        """As it is listed."""


@dataclass(frozen=True, slots=True)
class RunWork:
    """What an area's runs are made with.

    Attributes:
        listed: the query of the choice that is pressed; `detail` that of one run.
        look: the query of what a new run would take; `looking` is said meanwhile.
        ask: the command that asks for it; `unseen` is said where there is nothing to ask for yet.
        save_file: the command that writes a run's file into a folder.
    """

    listed: Callable[..., Any]
    detail: Callable[..., Any]
    look: Callable[..., Any]
    looking: str
    ask: Callable[..., Any]
    unseen: str
    save_file: Callable[..., Any]


class RunsDesk(QObject):
    """Joins a page of runs to the services. Each area says what else can be done, in `steps`.

    Attributes:
        steps: what does each step with a run.
        pause: a new run is looked at once typing pauses.
    """

    def __init__(self, office: Office, page: RunsPage[Any], work: RunWork) -> None:
        super().__init__(page)
        self.office, self.page, self.work = office, page, work
        self.steps: Mapping[StrEnum, Callable[[Any], object]] = {}
        self._listed: Task | None = None
        self._looked: Task | None = None
        self._opened: Task | None = None
        self._wanted: int | None = None
        self._question: tuple[Any, ...] | None = None
        self.pause = Pause(self, self._look, _PAUSE_MS)
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.asked.connect(self.refresh)
        page.opened.connect(lambda _row: page.card.parts.tabs.setFocus())
        page.run_chosen.connect(self._choose)
        page.step_wanted.connect(lambda step, found: self.steps[step](found))
        page.asking.looked_for.connect(self._look_for)
        page.asking.asked.connect(self._ask)

    # What each area's desk says

    def named(self, row: Any) -> str:
        """A run as it is written."""
        raise NotImplementedError

    def show_look(self, found: Any) -> None:
        """Show what a new run would take."""
        raise NotImplementedError

    def refuse_look(self, error: UserError) -> None:
        """It can't be asked so: the reason stands in its place."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Something changed while a new run is asked for."""
        if self._question is not None:
            self.pause.start()

    # The list

    def refresh(self) -> None:
        """List again; what a new run would take is looked for again too."""
        listed, choice = self.work.listed, self.page.choice
        self._listed = self.office.ask(self, listed, choice, then=self._show, instead_of=self._listed)
        if self.page.asks:
            self.look_again()

    def open_record(self, _subject: Subject, record_id: int) -> None:
        """Show a run that another page names."""
        self.page.show_list()
        if not self.page.go_to(record_id):
            self._wanted = record_id
            self.page.press(self.page.choices[-1][1])
            self.refresh()

    def _show(self, found: tuple[Any, ...]) -> None:
        """Show the runs, and the one that another page asked for."""
        self.page.show_found(found)
        if self._wanted is not None and self.page.go_to(self._wanted):
            self._wanted = None

    def _choose(self, row: Run | None) -> None:
        if row is None:
            self.page.card.clear()
            return
        self._opened = self.office.ask(
            self,
            self.work.detail,
            row.run_id,
            then=self.page.show_run,
            refused=lambda _error: self.page.card.clear(),
            instead_of=self._opened,
        )

    # A new run

    def _look_for(self, *question: Any) -> None:
        self._question = question
        self.pause.start()

    def _look(self) -> None:
        self._looked = self.office.ask(
            self,
            self.work.look,
            *(self._question or ()),
            then=self.show_look,
            refused=self.refuse_look,
            instead_of=self._looked,
            label=self.work.looking,
        )

    def _ask(self) -> None:
        asking = self.page.asking
        command = asking.command()
        if command is None:
            asking.messages.bad(self.work.unseen)
            return
        asking.confirm_action.setEnabled(False)

        def refused(error: UserError) -> None:
            asking.confirm_action.setEnabled(True)
            asking.show_error(error)

        self.office.do(self, self.work.ask, command, then=self._asked_for, refused=refused, label="Asking for the run")

    def _asked_for(self, asked: Any) -> None:
        self.page.asking.confirm_action.setEnabled(True)
        self.office.messages.good(asked.told)
        self.page.show_list()
        self._wanted = asked.run_id
        self.page.press(self.page.choices[0][1])
        self.refresh()

    # The steps that every run has

    def decide(self, found: Opened) -> None:
        """Go to its approval."""
        if found.row.request_id is not None:
            self.office.open_record(Subject.APPROVAL, found.row.request_id)

    def save(self, found: Opened) -> None:
        """Ask for the folder, and write the file there."""

        def save(folder: str) -> None:
            self.office.do(self, self.work.save_file, found.row.run_id, folder, then=self._saved)

        ask_folder(self.page, f"A folder for the file of {self.named(found.row)}").fileSelected.connect(save)

    def sheet(self, sheet: Any, saves: Callable[..., Any], found: Opened) -> None:
        """Open the sheet of a step, whose command takes the run and what is typed."""
        open_sheet(self.office, sheet, saves, sheet.command, "", found.row.run_id)

    def _saved(self, saved: Any) -> None:
        self.page.tell_saved(saved.run_id)
        self.office.messages.good(saved.told)
