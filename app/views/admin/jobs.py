"""Scheduled jobs: when each runs, how it went last, when it is due next, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.services.core.permissions import Permission
from app.services.jobs.dto import JobList, JobRow
from app.views.admin.jobs_table import JOBS, took
from app.views.admin.listed import ListSection
from app.views.common import formats
from app.views.common.parts import label


class JobsSection(ListSection[JobRow]):
    """Every job, the one that is chosen beside the list.

    Signals:
        run_wanted(JobRow), change_wanted(JobRow), switch_wanted(JobRow), history_wanted(JobRow), all_history_wanted
    """

    run_wanted = Signal(object)
    change_wanted = Signal(object)
    switch_wanted = Signal(object)
    history_wanted = Signal(object)
    all_history_wanted = Signal()

    def __init__(self, *, may_change: bool) -> None:
        super().__init__(
            "Scheduled jobs",
            JOBS,
            noun="job",
            key=lambda row: row.name,
            stretch="title",
            empty="",
            areas=frozenset({"jobs", "approvals"}),
            permission=Permission.KEEP_JOBS,
            may_change=may_change,
        )
        self.help_topic = "jobs"
        self._note = label("", tone="warning", wrap=True)
        self._note.setVisible(False)
        self.above.addWidget(self._note)
        self.run = self.row_action("Ctrl+Return", "Run now", "play-outline", self.run_wanted.emit)
        self.change = self.row_action("F2", "Change", "pencil-outline", self.change_wanted.emit)
        self.switch = self.row_action("Ctrl+T", "Switch off", "power", self.switch_wanted.emit)
        self.history = self.row_action("Ctrl+H", "History", "history", self.history_wanted.emit)
        self.add_key("Ctrl+Shift+H", "History of all jobs", self.all_history_wanted.emit)
        self.show_row(None)

    def show_jobs(self, found: JobList) -> None:
        """Show every job, and what is to be said of the scheduler."""
        self._note.setText(found.note)
        self._note.setVisible(bool(found.note))
        self.show_rows(found.rows)

    def show_row(self, chosen: JobRow | None) -> None:
        """What is known of a job, and what can be done with it."""
        if not hasattr(self, "history"):
            return
        idle = chosen is not None and not chosen.running
        free = idle and self.may_change and chosen is not None and chosen.request is None
        self.run.setEnabled(chosen is not None and chosen.may_run)
        self.run.setText("Run again" if chosen is not None and chosen.wrong else "Run now")
        self.change.setEnabled(free)
        self.switch.setEnabled(free)
        self.switch.setText("Switch on" if chosen is not None and not chosen.active else "Switch off")
        self.history.setEnabled(chosen is not None)
        if chosen is None:
            return
        self.title.setText(chosen.title)
        self.subtitle.setText(chosen.does)
        self.mark(chosen.standing, chosen.tone)
        if chosen.request is not None:
            self.mark(f"Request {chosen.request} waits", "warning")
        self._tell(chosen)

    def _tell(self, row: JobRow) -> None:
        self.tell("Why it is off" if not row.active else "What it says", row.said)
        self.tell("When", f"{row.when}{' (changed here)' if row.own else ''}")
        self.tell("Folder", row.folder)
        self.tell("Comes after", ", ".join(row.after))
        self.tell("Since" if row.running else "Last", _last(row))
        self.tell("By", row.by)
        self.tell("Next", formats.moment(row.next_at))
        self.tell("An officer", row.person)


def _last(row: JobRow) -> str:
    if row.started_at is None:
        return ""
    lasted = took(row.takes)
    return f"{formats.moment(row.started_at)}{f', took {formats.unbroken(lasted)}' if lasted else ''}"
