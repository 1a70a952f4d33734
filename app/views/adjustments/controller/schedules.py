"""Schedules of write-offs: listed, decided outside, submitted, posted, on paper."""

from __future__ import annotations

from pathlib import Path

from app.models.values import WriteOffState
from app.services.adjustments.write_offs import commands, queries
from app.services.adjustments.write_offs.dto import NewAuthority, Saved, ScheduleFilter, ScheduleRow, ScheduleShown
from app.services.core.permissions import Permission
from app.views.adjustments.schedule import SCHEDULES, MinuteSheet
from app.views.common.dialogs import ask_save
from app.views.common.files import write_file
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import open_sheet

_CHOICES = (
    ("Open", ScheduleShown.OPEN),
    ("To submit", ScheduleShown.TO_SUBMIT),
    ("Wait for approval", ScheduleShown.WAITING),
    ("To post", ScheduleShown.TO_POST),
    ("Posted", ScheduleShown.POSTED),
    ("All", ScheduleShown.ALL),
)
_KINDS = "PDF (*.pdf);;Excel workbook (*.xlsx)"
_EMPTY = "There is no schedule here. Choose drafts of write-offs in the register, and put them on one."


class SchedulesController(RegisterDesk[ScheduleRow]):
    """Joins the list of schedules to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[ScheduleRow] = RegisterPage(
            "Schedules",
            SCHEDULES,
            stretch="title",
            choices=_CHOICES,
            placeholder="A title or a number",
            noun=("schedule", "schedules"),
            empty=_EMPTY,
            key=lambda row: row.schedule_id,
            areas=frozenset({"adjustments", "approvals"}),
            help_topic="adjustments",
        )
        super().__init__(office, page, Listing(queries.listed, ScheduleFilter, queries.counts, queries.MOST))
        self._offer(page)

    def _offer(self, page: RegisterPage[ScheduleRow]) -> None:
        page.action("Ctrl+S", "Save", "content-save-outline", self._save, fits=lambda _row: True)
        if Permission.PROPOSE_WRITE_OFFS not in self.office.desk.officer.permissions:
            return
        page.action("F7", "Withdraw", "close-circle-outline", self._drop, fits=_may_be_dropped)
        page.action("F2", "Decision", "gavel", self._minute, fits=_wants_minute)
        page.action("F9", "Submit", "send", self._submit, fits=_may_be_submitted)
        page.action("Ctrl+Return", "Post", "check-all", self._post, fits=lambda row: not row.why_not_post, primary=True)

    def open(self, row: ScheduleRow) -> None:
        """Enter on a schedule saves it, for whoever decides."""
        self._save(row)

    def _told(self, saved: Saved) -> None:
        self.office.messages.good(saved.told)
        self.refresh()

    def _drop(self, row: ScheduleRow) -> None:
        self.office.do(self, commands.drop_schedule, row.schedule_id, then=self._told)

    def _submit(self, row: ScheduleRow) -> None:
        self.office.do(self, commands.submit, row.schedule_id, then=self._told)

    def _post(self, row: ScheduleRow) -> None:
        self.office.do(self, commands.post, row.schedule_id, then=self._told)

    def _minute(self, row: ScheduleRow) -> None:
        sheet = MinuteSheet(self.page, row, self.office.desk.clock.today())

        def command() -> NewAuthority | None:
            return sheet.command()

        open_sheet(self.office, sheet, commands.record_authority, command, "The decision is recorded.")

    def _save(self, row: ScheduleRow) -> None:
        def write(path: Path, content: bytes, warning: str = "") -> None:
            told = f"The schedule is saved as {path.name}. {warning}".strip()
            self.office.elsewhere(
                self, lambda: write_file(path, content), then=lambda _done: self.office.messages.good(told)
            )

        def save(chosen: str) -> None:
            path, ask = Path(chosen), self.office.ask
            if path.suffix.lower() == ".xlsx":
                ask(self, queries.schedule_xlsx, row.schedule_id, then=lambda content: write(path, content))
                return
            ask(
                self,
                queries.schedule_pdf,
                row.schedule_id,
                then=lambda made: write(path, made.content, made.standing.warning),
            )

        name = f"Write-off schedule {row.number}.pdf"
        ask_save(self.page, "Save the schedule", name, _KINDS).fileSelected.connect(save)


def _is_draft(row: ScheduleRow) -> bool:
    return row.state is WriteOffState.DRAFT


def _may_be_dropped(row: ScheduleRow) -> bool:
    return row.state in {WriteOffState.DRAFT, WriteOffState.APPROVED}


def _wants_minute(row: ScheduleRow) -> bool:
    return _is_draft(row) and row.own and row.band.outside


def _may_be_submitted(row: ScheduleRow) -> bool:
    return _is_draft(row) and row.own and row.decided
