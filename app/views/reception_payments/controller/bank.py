"""The bank's lines joined to the services: listed, matched as proposed or by hand, taken back; statements loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.reception_payments.bank import commands, loading, looking, queries, reading, screen
from app.services.reception_payments.bank.dto import StatementFile
from app.services.reception_payments.bank.kept import BankRow, Matched, MatchRow
from app.services.reception_payments.bank.shown import MatchForm, Standing, StatementLook
from app.services.reception_payments.callers import queries as callers
from app.views.common.dialogs import ask_open
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.common.tasks import Task, drop
from app.views.reception_payments.bank import BankPage
from app.views.reception_payments.bank_match import MatchSheet
from app.views.reception_payments.bank_sheets import BackSheet, StatementSheet, SureSheet
from app.views.reception_payments.bank_tables import Shown
from app.views.reception_payments.take import picked

_KINDS = "Statements (*.sta *.940 *.mt940 *.bai *.bai2 *.xml *.csv *.xlsx *.txt);;All files (*)"


class BankController(QObject):
    """Joins the section Bank to the services."""

    def __init__(self, office: Office) -> None:
        self.page = page = BankPage(may_match=Permission.LOAD_RECEIPTS in office.desk.officer.permissions)
        super().__init__(page)
        self.office = office
        self._asked: Task | None = None
        self._match: Task | None = None
        self._listed: tuple[object, object] | None = None
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.asked.connect(self._find)
        page.line_chosen.connect(self._show_line)
        page.load_wanted.connect(self._ask_file)
        page.take_wanted.connect(self._take)
        page.match_wanted.connect(self._match_by_hand)
        page.sure_wanted.connect(self._match_sure)
        page.back_wanted.connect(self._take_back)

    def refresh(self) -> None:
        """List the lines again."""
        self._listed = (self.page.bank_id, self.page.choice)
        self._asked = self.office.ask(self, screen.standing, *self._listed, then=self._show, instead_of=self._asked)

    def show_bank(self, bank_id: int) -> None:
        """List the open lines of a bank account."""
        self.page.choose(bank_id)

    def load(self, path: Path) -> None:
        """Read a statement, and load it when the officer says so."""
        LoadStatement(self.office, self.page, path)

    def _show(self, found: Standing) -> None:
        self.page.show_standing(found)

    def _find(self) -> None:
        """Another account or choice is listed anew; what is typed is found among the lines that are here."""
        if self._listed == (self.page.bank_id, self.page.choice):
            self.page.show_found()
        else:
            self.refresh()

    def _show_line(self, shown: Shown | None) -> None:
        drop(self._match)
        card = self.page.card
        if shown is None:
            card.clear()
            return
        card.show_line(shown)
        if shown.line.match_id is not None:

            def show(found: MatchRow | None) -> None:
                if found is not None:
                    card.show_match(found)

            self._match = self.office.ask(self, queries.match, shown.line.match_id, then=show)

    def _take(self, row: Shown) -> None:
        if row.proposal is not None:
            self.office.do(self, commands.match, row.proposal.match, then=self._tell)

    def _tell(self, saved: Matched) -> None:
        messages = self.office.messages
        (messages.warn if saved.failed else messages.good)(saved.told)

    def _match_by_hand(self, rows: Sequence[Shown]) -> None:
        MatchWork(self.office, self.page, rows)

    def _match_sure(self) -> None:
        rows = self.page.sure()
        if not rows:
            self.office.messages.info("No open line is sure: look at each by itself, Enter opens it.")
            return
        sheet = SureSheet(self.page, rows)
        open_sheet(self.office, sheet, commands.match_all, sheet.command, "")

    def _take_back(self, row: Shown) -> None:
        sheet = BackSheet(self.page, row)
        saves = partial(_take_back, match_id=row.line.match_id or 0)
        open_sheet(self.office, sheet, saves, sheet.command, "The match is taken back: its lines are open again.")

    def _ask_file(self) -> None:
        asked = ask_open(self.page, "A statement of the bank", _KINDS)
        asked.fileSelected.connect(lambda name: self.load(Path(name)))


class MatchWork(SheetWork):
    """Lines that are matched by hand."""

    asks = staticmethod(screen.form)
    saves = staticmethod(commands.match)

    def __init__(self, office: Office, page: BankPage, rows: Sequence[Shown]) -> None:
        super().__init__(office, page)
        self._finding: Task | None = None
        self.begin(rows[0].line.bank_id, [row.line.line_id for row in rows])

    def make(self, found: MatchForm) -> MatchSheet:
        """The sheet."""
        return MatchSheet(self.page, found, self._find)

    def _find(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: Sequence[Any]) -> None:
            then([picked(each) for each in found])

        self._finding = self.office.ask(self, callers.find, text, then=show, instead_of=self._finding)


class LoadStatement(SheetWork):
    """A statement that is read, looked through, and loaded whole."""

    sheet: StatementSheet
    asks = staticmethod(queries.banks)
    missing = UserError("The file is still looked through.", "Wait a moment.")

    def __init__(self, office: Office, page: BankPage, path: Path) -> None:
        super().__init__(office, page)
        self._path = path
        self._file: StatementFile | None = None
        self.begin()

    def make(self, found: Sequence[BankRow]) -> StatementSheet:
        """The sheet, with the bank accounts."""
        return StatementSheet(self.page, self._path, found)

    def opened(self) -> None:
        """It is read away from the window, and looked through again when its bank account is chosen."""
        self._bank: int | None = None
        self.sheet.typed_changed.connect(self._look_again)
        self.office.elsewhere(
            self,
            partial(reading.read, self._path),
            then=self._look,
            label=f"Reading {self._path.name}",
            refused=self.sheet.show_refused,
        )

    def save(self, command: StatementFile) -> None:
        """Load it: all of it, or nothing."""
        sheet = self.sheet
        named = {"gap_why": sheet.gap_why, "bank_id": sheet.bank_id}
        self.do(loading.load, self._path, command, label="Loading the statement", **named)

    def _look(self, file: StatementFile) -> None:
        def show(found: tuple[StatementLook, ...]) -> None:
            self.sheet.show_looks(file, found)

        self._file, self._bank = file, self.sheet.bank_id
        self.ask(looking.look, self._path, file, self._bank, then=show)

    def _look_again(self) -> None:
        if self._file is not None and self.sheet.bank_id != self._bank:
            self._look(self._file)


def _take_back(ctx: Context, why: str, match_id: int) -> Changes:
    return commands.take_back(ctx, match_id, why)
