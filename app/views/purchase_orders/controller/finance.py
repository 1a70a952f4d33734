"""The finance system, joined to the services: loading, settling, signing, handing over and taking replies."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Final

from app.models.values import FinanceFileKind, Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.purchase_orders.finance import jobs, profiles, queries
from app.services.purchase_orders.finance.handing import commands as handing
from app.services.purchase_orders.finance.handing import queries as handed
from app.services.purchase_orders.finance.handing import replies
from app.services.purchase_orders.finance.handing.dto import HANDED, FileRow, Handed, ItemRow, ReplyFile, ToHand
from app.services.purchase_orders.finance.transactions import commands
from app.services.purchase_orders.finance.transactions import queries as transactions
from app.services.purchase_orders.finance.transactions.dto import LoadCheck, Ours, Pair, Theirs, TransactionFile
from app.views.common.dialogs import ask_open, ask_save
from app.views.common.figures_desk import FiguresDesk
from app.views.common.file_reading import FileJobs, FileReading
from app.views.common.files import write_file
from app.views.common.office import Office
from app.views.common.sheet_work import open_sheet
from app.views.purchase_orders.finance import FinanceSection
from app.views.purchase_orders.finance_sheets import FileSheet, HandSheet, LoadSheet, PrepareSheet, SettleSheet

_FILES: Final = "Spreadsheets (*.xlsx *.xlsm *.csv *.txt)"
_ANY: Final = "All files (*)"
_TRANSACTIONS: Final = FileJobs(
    jobs.TRANSACTIONS.headings, jobs.TRANSACTIONS.unclear, jobs.TRANSACTIONS.read_file, remembers=True
)
_REPLIES: Final = FileJobs(jobs.REPLIES.headings, jobs.REPLIES.unclear, jobs.REPLIES.read_file, remembers=True)


class FinanceController(FiguresDesk):
    """Joins the section of the finance system to the services."""

    def __init__(self, office: Office) -> None:
        held = office.desk.officer.permissions
        self.page = page = FinanceSection(
            office.desk.clock.today,
            may_reconcile=Permission.RECONCILE_SPENDING in held,
            may_sign=Permission.SIGN_RECONCILIATION in held,
        )
        super().__init__(office, page, queries.report, "Holding the period against the finance system")
        page.load_wanted.connect(self._load_file)
        page.match_wanted.connect(self._match_again)
        page.replies_wanted.connect(self._take_replies)
        page.hand_wanted.connect(self._hand)
        page.prepare_wanted.connect(self._prepare)
        page.sign_wanted.connect(self._sign)
        page.settle_wanted.connect(self._settle)
        page.invoice_opened.connect(self._open_ours)
        page.file_opened.connect(self._open_file)

    def open_record(self, _subject: Subject, _reconciliation_id: int) -> None:
        """A reconciliation stands among the signed periods."""
        self.page.parts.open_part(5)

    # Transactions

    def _load_file(self) -> None:
        asked = ask_open(self.page, "Transactions of the finance system", _FILES)
        asked.fileSelected.connect(
            lambda name: FileReading(self.office, self.page, Path(name), _TRANSACTIONS, self._look_through)
        )

    def _look_through(self, file: TransactionFile) -> None:
        def show(found: LoadCheck) -> None:
            sheet = LoadSheet(self.page, file, found)
            open_sheet(self.office, sheet, commands.load, sheet.command, lambda loaded: loaded.told)

        self.office.ask(self, transactions.check, file, then=show)

    def _match_again(self) -> None:
        told = self.office.messages.good
        self.office.do(self, commands.match_again, *self.page.days, then=lambda found: told(found.told))

    def _settle(self, their: Theirs, pair: Pair | None) -> None:
        if self.page.held is None:
            return
        sheet = SettleSheet(self.page, their, self.page.held.ours_only, pair)
        open_sheet(self.office, sheet, commands.settle, sheet.command, "What the transaction is, is kept.")

    def _open_ours(self, ours: Ours) -> None:
        if ours.subject is Subject.SUPPLIER_INVOICE:
            self.office.open_record(Subject.SUPPLIER_INVOICE, ours.subject_id)
        else:
            self.office.show_only("purchase_orders", "coding")

    # The reconciliation

    def _prepare(self) -> None:
        if self.page.held is None:
            return
        sheet = PrepareSheet(self.page, self.page.held)
        span = self.page.days

        def prepare() -> None:
            self.office.do(
                self,
                commands.prepare,
                *span,
                sheet.command(),
                then=partial(self._done, sheet),
                refused=sheet.show_error,
            )

        sheet.confirmed.connect(prepare)
        sheet.open()

    def _done(self, sheet: PrepareSheet, _changes: object) -> None:
        sheet.close()
        self.office.messages.good("The reconciliation is prepared. Another officer signs it with Ctrl+Shift+G.")

    def _sign(self) -> None:
        row = self.page.held.reconciliation if self.page.held else None
        if row is None:
            self.office.messages.info("Nothing is prepared for these days: another officer does that with Ctrl+Enter.")
            return
        told = "The reconciliation is signed: its transactions stand as they are."
        self.office.do(
            self, commands.sign, row.reconciliation_id, then=lambda _changes: self.office.messages.good(told)
        )

    # Files

    def _hand(self) -> None:
        def show(found: tuple[tuple[ToHand, ...], list[tuple[FinanceFileKind, str, str]]]) -> None:
            sheet = HandSheet(self.page, *found)

            def made(file: Handed) -> None:
                sheet.close()
                self._save(file.file_name, file.content, file.told)

            sheet.confirmed.connect(
                lambda: self.office.do(self, handing.hand, *sheet.command(), then=made, refused=sheet.show_error)
            )
            sheet.open()

        self.office.ask(self, _to_hand, then=show)

    def _take_replies(self) -> None:
        asked = ask_open(self.page, "Replies of the finance system", _FILES)
        asked.fileSelected.connect(lambda name: FileReading(self.office, self.page, Path(name), _REPLIES, self._take))

    def _take(self, file: ReplyFile) -> None:
        self.office.do(self, replies.take, file, then=lambda taken: self.office.messages.good(taken.told))

    def _open_file(self, row: FileRow) -> None:
        def show(items: tuple[ItemRow, ...]) -> None:
            sheet = FileSheet(self.page, row, items)
            sheet.confirmed.connect(lambda: self._save_again(sheet, row))
            sheet.open()

        self.office.ask(self, handed.items, row.file_id, then=show)

    def _save_again(self, sheet: FileSheet, row: FileRow) -> None:
        def save(content: bytes) -> None:
            sheet.close()
            self._save(row.file_name, content, "")

        self.office.ask(self, handed.content, row.file_id, then=save, refused=sheet.show_error)

    def _save(self, name: str, content: bytes, told: str) -> None:
        def write(to: str) -> None:
            path = Path(to)
            words = f"Saved as {path.name}. {told}".strip()
            self.office.elsewhere(
                self, lambda: write_file(path, content), then=lambda _done: self.office.messages.good(words)
            )

        ask_save(self.page, "Save the file for the finance system", name, _ANY).fileSelected.connect(write)


def _to_hand(ctx: Context) -> tuple[tuple[ToHand, ...], list[tuple[FinanceFileKind, str, str]]]:
    """What waits, and the layouts of each kind."""
    layouts: list[Any] = [(kind, each.key, each.title) for kind in HANDED for each in profiles.profiles(ctx, kind)]
    return handed.to_hand(ctx), layouts
