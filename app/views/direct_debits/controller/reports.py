"""Bank reports joined to the services: read, listed, matched, applied, set aside, brought back, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.models.values import Subject
from app.services.bacs.reports.xml import MOST_BYTES
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.direct_debits.returns import commands, jobs, queries
from app.services.direct_debits.returns.dto import (
    Applied,
    Candidate,
    FileRead,
    ItemDetail,
    ItemFilter,
    ItemRow,
    NewReport,
    Rehearsal,
    ReportRow,
    Shown,
)
from app.views.common.dialogs import ask_open_many
from app.views.common.files import read_file
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.common.tasks import Task
from app.views.direct_debits.reports import ReportsPage
from app.views.direct_debits.return_sheets import AgainSheet, ApplySheet, AsideSheet, BackSheet, MatchSheet, ReadSheet

_KINDS = "Reports of Bacs (*.xml);;All files (*)"


class ApplyController(SheetWork):
    """Many items are applied, once the officer has seen what that does."""

    sheet: ApplySheet
    asks = staticmethod(queries.rehearse)
    saves = staticmethod(commands.apply)

    def __init__(self, office: Office, desk: ReportsController, item_ids: tuple[int, ...] | None) -> None:
        super().__init__(office, desk.page)
        self._desk = desk
        self.begin(item_ids)

    def make(self, found: Rehearsal) -> ApplySheet | str:
        """The sheet, if there is something to apply."""
        if not found.count and not found.left:
            return "Nothing waits to be applied."
        return ApplySheet(self.page, found)

    def command(self) -> tuple[tuple[int, ...]]:
        """The items."""
        return (self.sheet.command(),)

    def save(self, command: tuple[tuple[int, ...]]) -> None:
        """Apply them."""
        self.do(commands.apply, command[0], label="Applying what the bank reports", cancellable=True)

    def tell(self, saved: Applied) -> None:
        """Say what was done, and what was left."""
        self._desk.tell(saved)


class ReportsController(RegisterDesk[ItemRow]):
    """Joins the section Bank reports to the services."""

    page: ReportsPage

    def __init__(self, office: Office) -> None:
        may = Permission.APPLY_BANK_REPORTS in office.desk.officer.permissions
        page = ReportsPage(may_apply=may)
        self._report_id: int | None = None
        self._opened: Task | None = None
        self._said: Task | None = None
        listing = Listing(queries.listed, self._wanted, queries.counts, queries.MOST, "a reference")
        super().__init__(office, page, listing)
        page.choice_pressed.connect(self._every_report)
        page.item_chosen.connect(self._choose)
        page.read_wanted.connect(self._ask_files)
        page.files_dropped.connect(self.read)
        page.apply_wanted.connect(self._apply)
        page.aside_wanted.connect(lambda rows: self._sheet(AsideSheet(page, rows), commands.set_aside))
        page.again_wanted.connect(lambda rows: self._sheet(AgainSheet(page, rows), commands.reopen))
        page.back_wanted.connect(lambda row: self._sheet(BackSheet(page, row), commands.take_back))
        page.match_wanted.connect(lambda _row: self._match())
        page.mandate_wanted.connect(lambda mandate_id: office.open_record(Subject.MANDATE, mandate_id))
        page.card.candidate_opened.connect(self._match)
        page.card.report_opened.connect(self._list_report)

    def refresh(self) -> None:
        """List again, with the reports read and the month."""
        super().refresh()
        card = self.page.card
        self.office.ask(self, queries.reports, then=card.show_reports)
        month = self.office.desk.clock.today()
        self._said = self.office.ask(self, queries.reconciliation, month, then=card.show_month, instead_of=self._said)

    def show(self, found: Sequence[ItemRow]) -> None:
        """Show the items; the card follows the chosen one."""
        super().show(found)
        self._choose(self.page.table.row() if self.page.model.rows else None)

    def open(self, row: ItemRow) -> None:
        """Enter on an item: its mandate."""
        if row.mandate_id is not None:
            self.office.open_record(Subject.MANDATE, row.mandate_id)

    def read(self, paths: Sequence[Path]) -> None:
        """Read files, however many; what was read of each is told."""

        def contents() -> tuple[NewReport, ...]:
            return tuple(NewReport(_content(path), path.name) for path in paths)

        def keep(files: tuple[NewReport, ...]) -> None:
            self.office.job(
                self,
                jobs.read_all,
                files,
                then=self._told_read,
                label="Reading the bank's reports",
                changes=frozenset({"direct_debits", "diary"}),
            )

        self.office.elsewhere(self, contents, then=keep)

    def tell(self, done: Applied) -> None:
        """Say what was applied."""
        (self.office.messages.info if done.left else self.office.messages.good)(done.told)

    def _wanted(self, shown: Shown | None, words: str) -> ItemFilter:
        return ItemFilter(shown or Shown.TO_DO, words, self._report_id)

    def said(self, rows: Sequence[ItemRow]) -> str:
        """What is said above the rows: that only a report's are shown, or that there are more."""
        if self._report_id is not None:
            return "Only the items of the report that you opened. Press any choice to see those of all reports."
        return super().said(rows)

    def _every_report(self) -> None:
        self._report_id = None

    def _choose(self, row: ItemRow | None) -> None:
        card = self.page.card
        if row is None:
            card.clear()
            return

        def show(found: ItemDetail) -> None:
            chosen = self.page.table.row()
            if chosen is not None and chosen.item_id == found.row.item_id:
                card.show_item(found)

        self._opened = self.office.ask(
            self,
            queries.detail,
            row.item_id,
            then=show,
            refused=lambda _error: card.clear(),
            instead_of=self._opened,
        )

    def _ask_files(self) -> None:
        chosen = ask_open_many(self.page, "The bank's reports", _KINDS)
        chosen.filesSelected.connect(lambda names: self.read([Path(name) for name in names]))

    def _told_read(self, files: tuple[FileRead, ...]) -> None:
        if len(files) == 1 and (read := files[0].read) is not None and not read.faults:
            (self.office.messages.info if read.before else self.office.messages.good)(read.told)
        else:
            ReadSheet(self.page, files).open()
        self.refresh()

    def _apply(self, rows: Sequence[ItemRow]) -> None:
        """One item is applied at once, once its effects stand on the card; of several they are told first."""
        ids = tuple(each.item_id for each in rows)
        if len(ids) == 1:
            seen = self.page.card.detail
            if seen is not None and seen.row.item_id == ids[0]:
                self.office.do(self, commands.apply, ids, then=self.tell, label="Applying")
        else:
            ApplyController(self.office, self, ids or self._listed())

    def _listed(self) -> tuple[int, ...] | None:
        """What "Apply all" means: what is listed of a report or by words, else everything that is proposed."""
        if self._report_id is None and not self.page.words:
            return None
        return tuple(each.item_id for each in self.page.model.rows)

    def _match(self, candidate: Candidate | None = None) -> None:
        found = self.page.card.detail
        if found is None:
            return
        sheet = MatchSheet(self.page, found)
        if candidate is not None:
            sheet.choose(candidate.mandate_id)
        self._sheet(sheet, commands.match)

    def _sheet(self, sheet: MatchSheet | AsideSheet | AgainSheet | BackSheet, saves: object) -> None:
        open_sheet(self.office, sheet, saves, sheet.command, "")  # type: ignore[arg-type]

    def _list_report(self, row: ReportRow) -> None:
        """List what is in a report: what is left to do of it first."""
        waits = Shown.TO_DO if row.to_do else Shown.UNMATCHED if row.unmatched else Shown.APPLIED
        if self.page.choice is not waits:
            self.page.press(waits)
        self._report_id = row.report_id
        self.refresh()


def _content(path: Path) -> bytes:
    """The bytes of a report; one that is larger than any isn't read at all.

    Raises:
        UserError: it can't be read, or is too large.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UserError(f"{path.name} could not be read: {error.strerror or error}.", "Choose it again.") from error
    if size > MOST_BYTES:
        raise UserError(f"{path.name} has over {MOST_BYTES // 1024 // 1024} MB; no report of Bacs has.")
    return read_file(path)
