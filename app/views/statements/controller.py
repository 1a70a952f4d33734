"""What the Statements page does: rehearses, makes and carries on runs, writes their files, reprints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from app.services.core.errors import UserError
from app.services.documents.dto import DocumentFile
from app.services.rent import queries as accounts
from app.services.statements import jobs, queries
from app.services.statements.dto import ItemRow, RunRequest, RunResult, RunRow
from app.views.common import formats
from app.views.common.dialogs import ask_folder, ask_save
from app.views.common.files import write_file
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.statements.page import StatementsPage

_AREAS = frozenset({"statements"})


class StatementsController(QObject):
    """Joins the Statements page to the services."""

    def __init__(self, office: Office) -> None:
        self.page = StatementsPage(office.desk.clock.today(), office.year_of)
        super().__init__(self.page)
        self._office = office
        self._rehearsing: Task | None = None
        self._listing: Task | None = None
        page = self.page
        page.rehearse_wanted.connect(self._rehearse)
        page.make_wanted.connect(self.make)
        page.run_chosen.connect(self._list_items)
        page.carry_on_wanted.connect(self._carry_on)
        page.files_wanted.connect(self._save_files)
        page.reprint_wanted.connect(self._reprint)
        page.request.folder_wanted.connect(self._choose_folder)
        page.refresh_wanted.connect(lambda _changes: self._refresh())

    def make(self, request: RunRequest) -> None:
        """Make the statements, or carry on the same run where it stopped."""
        task = self._office.job(
            self,
            jobs.run_statements,
            request,
            then=self._made,
            label="Statements",
            refused=self._refused,
            busy=self.page.work.on("Making the statements …"),
            changes=_AREAS,
        )
        task.cancelled.connect(self._stopped)

    def _refresh(self) -> None:
        self._office.ask(self, accounts.choices, then=self.page.show_choices)
        self._office.ask(self, queries.runs, then=self.page.show_runs)

    def _rehearse(self, request: RunRequest) -> None:
        self._rehearsing = self._office.ask(
            self,
            queries.rehearse,
            request,
            then=self.page.show_rehearsal,
            refused=self._refused,
            busy=self.page.work.on("Counting the statements …"),
            label="Rehearsing the run",
            instead_of=self._rehearsing,
        )
        self._rehearsing.cancelled.connect(self.page.show_waiting)

    def _made(self, result: RunResult) -> None:
        self.page.show_result(result)
        self._office.messages.good(
            f"Run {result.run_id}: {formats.count(result.sent, 'statement')} made, {result.left_out:,} left out."
        )

    def _refused(self, error: UserError) -> None:
        self.page.show_waiting()
        if not self.page.request.form.show_error(error):
            self._office.messages.bad(error)

    def _stopped(self) -> None:
        self.page.show_waiting()
        self._office.messages.info("Stopped. The groups that were made are kept; the same run can be carried on.")
        self._refresh()

    def _carry_on(self, run: RunRow) -> None:
        folder = self.page.request.request().out_dir

        def go_on(request: RunRequest) -> None:
            self.make(replace(request, out_dir=folder))

        self._office.ask(self, queries.run_request, run.run_id, then=go_on)

    def _list_items(self, run: RunRow) -> None:
        self._listing = self._office.ask(
            self, queries.run_items, run.run_id, then=self.page.show_items, instead_of=self._listing
        )

    def _choose_folder(self) -> None:
        ask_folder(self.page, "Choose a folder for the statements").fileSelected.connect(self.page.request.set_folder)

    def _save_files(self, run: RunRow) -> None:
        def save(folder: str) -> None:
            def saved(files: tuple[Path, ...]) -> None:
                self._office.messages.good(f"{formats.count(len(files), 'file')} of run {run.run_id} saved in {folder}")

            self._office.elsewhere(
                self,
                lambda: jobs.write_files(self._office.desk, run.run_id, Path(folder)),
                then=saved,
                busy=self.page.work.on("Saving the files …"),
                label="Saving the files",
            )

        ask_folder(self.page, "Choose a folder for the files of the run").fileSelected.connect(save)

    def _reprint(self, item: ItemRow) -> None:
        def save(file: DocumentFile) -> None:
            def write(path: str) -> None:
                self._office.elsewhere(
                    self,
                    lambda: write_file(Path(path), file.content),
                    then=lambda _done: self._office.messages.good(
                        f"The statement as it was sent is saved as {Path(path).name}"
                    ),
                )

            ask_save(self.page, "Save the reprint", file.file_name, "All files (*)").fileSelected.connect(write)

        self._office.ask(self, queries.reprint_file, item.item_id, then=save)
