"""Runs joined to the services: listed, opened, asked for, and brought on step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.models.values import DebitRunKind, Subject
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.direct_debits.figures import days
from app.services.direct_debits.figures import preview as looking
from app.services.direct_debits.figures.preview import Look
from app.services.direct_debits.runs import commands, queries
from app.services.direct_debits.runs.dto import RunDetail, RunRow
from app.views.common.office import Office
from app.views.common.runs_desk import RunsDesk, RunWork
from app.views.common.sheet_work import open_sheet
from app.views.direct_debits.run_card import Step
from app.views.direct_debits.run_steps import MatchSheet, PostSheet, SentSheet, WhySheet
from app.views.direct_debits.runs import DebitRunsPage

_WORK = RunWork(
    queries.listed,
    queries.detail,
    looking.look,
    "Looking at what would go",
    commands.ask,
    "Choose a day on which Bacs can process the run.",
    commands.save_file,
)


class RunsController(RunsDesk):
    """Joins the section Runs to the services."""

    page: DebitRunsPage

    def __init__(self, office: Office) -> None:
        may_run = Permission.RUN_DIRECT_DEBITS in office.desk.officer.permissions
        page = DebitRunsPage(office.desk.clock.today, may_run=may_run)
        super().__init__(office, page, _WORK)
        page.new_wanted.connect(self._begin)
        page.card.part_wanted.connect(self._show_part)
        page.card.mandate_opened.connect(self._open_mandate)
        page.asking.mandate_opened.connect(self._open_mandate)
        self.steps = {
            Step.DECIDE: self.decide,
            Step.SAVE: self.save,
            Step.READ: lambda _found: office.show_only("direct_debits", "reports"),
            Step.SEND: lambda found: self.sheet(SentSheet(page, found.row), commands.mark_sent, found),
            Step.CANCEL: lambda found: self.sheet(WhySheet(page, found.row, Step.CANCEL), commands.cancel, found),
            Step.REFUSE: lambda found: self.sheet(WhySheet(page, found.row, Step.REFUSE), commands.refused, found),
            Step.MATCH: self._match,
            Step.POST: self._post,
        }

    def named(self, row: RunRow) -> str:
        """A run as it is written."""
        return f"run {row.number}"

    # The chosen run

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
        self.look_again()

    def look_again(self) -> None:
        """The calendar is read again; what would go on its day follows from it."""
        self.office.ask(self, days.days, then=self.page.asking.show_days)

    def show_look(self, found: Look) -> None:
        """Show what would go, and why no file can be made of it, if none can."""
        asking = self.page.asking
        asking.show_preview(found.preview, found.records)
        if found.no_file:
            asking.messages.warn(found.no_file)
        else:
            asking.messages.clear()

    def refuse_look(self, error: UserError) -> None:
        """The reason stands in its place."""
        self.page.asking.say_nothing(str(error))

    # What is done with one

    def _match(self, found: RunDetail) -> None:
        sheet = MatchSheet(self.page, found.row)
        open_sheet(self.office, sheet, commands.match_by_hand, sheet.command, "")

    def _post(self, found: RunDetail) -> None:
        today = self.office.desk.clock.today()
        open_sheet(self.office, PostSheet(self.page, found.row), commands.post, lambda: today, "")
