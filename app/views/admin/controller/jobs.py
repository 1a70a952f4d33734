"""Scheduled jobs: listed, run, changed, switched off and on, and what they said."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.services.core.changes import Changes
from app.services.core.later import Later
from app.services.core.permissions import Permission
from app.services.jobs import commands, queries
from app.services.jobs.dto import AREAS, Change, Changed, JobRow, Round
from app.views.admin.jobs import JobsSection
from app.views.admin.jobs_sheets import JobHistorySheet, JobSheet, Show
from app.views.admin.listed import ReasonSheet
from app.views.common.office import Office

_EACH_MS = 15_000
_RUN = Later("app.services.jobs.running", "run_named")


class JobsController(QObject):
    """Joins the section of scheduled jobs to the services; while it is seen it looks now and then how they stand."""

    def __init__(self, office: Office) -> None:
        self.page = JobsSection(may_change=Permission.KEEP_JOBS in office.desk.officer.permissions)
        super().__init__(self.page)
        self._office = office
        self.page.refresh_wanted.connect(lambda _changes: self._refresh())
        self.page.run_wanted.connect(self._run)
        self.page.change_wanted.connect(self._change)
        self.page.switch_wanted.connect(self._switch)
        self.page.history_wanted.connect(lambda row: self._history(row.title, row.name))
        self.page.all_history_wanted.connect(lambda: self._history("all jobs", ""))
        timer = QTimer(self, interval=_EACH_MS)
        timer.timeout.connect(self._look_again)
        timer.start()

    def _refresh(self) -> None:
        self._office.ask(self, queries.listed, then=self.page.show_jobs)

    def _look_again(self) -> None:
        if self.page.isVisible():
            self._refresh()

    def _run(self, job: JobRow) -> None:
        def ran(found: Round) -> None:
            for each in found.ran:
                say = self._office.messages.warn if each.wrong else self._office.messages.good
                say(f"{each.title}: {each.said}")

        self.page.run.setEnabled(False)
        told = self._office.job(self, _RUN, (job.name,), then=ran, label=job.title)
        told.ended.connect(lambda: self._office.bus.publish(Changes(AREAS)))
        QTimer.singleShot(0, self, self._refresh)

    def _change(self, job: JobRow) -> None:
        self._ask(JobSheet(self.page, job))

    def _switch(self, job: JobRow) -> None:
        if not job.active:
            self._ask(JobSheet(self.page, job, switch_on=True))
            return
        note = "Neither the scheduler nor an open window does it until it is switched on again."
        later = [each.title for each in self.page.model.rows if job.title in each.after]
        if later:
            note += f" These no longer wait for it, and go on: {', '.join(later)}."
        if job.guards:
            note += " It guards the books: a second officer agrees first, where there is one."
        sheet = ReasonSheet(self.page, f"Switch off: {job.title}", "Switch off", note)
        sheet.given.connect(lambda why: self._save(sheet, _off(job, why)))
        sheet.open()

    def _ask(self, sheet: JobSheet) -> None:
        sheet.filled.connect(lambda change: self._save(sheet, change))
        sheet.open()

    def _save(self, sheet: JobSheet | ReasonSheet, change: Change) -> None:
        def saved(done: Changed) -> None:
            sheet.close()
            self._office.messages.good(done.told)

        self._office.do(self, commands.change, change, then=saved, refused=sheet.show_error)

    def _history(self, title: str, name: str) -> None:
        def ask(wrong: bool, show: Show) -> None:
            self._office.ask(self.page, queries.history, name, wrong=wrong, then=show)

        JobHistorySheet(self.page, title, ask).open()


def _off(job: JobRow, why: str) -> Change:
    return Change(job.name, job.version, job.schedule if job.own else "", job.folder, False, why)
