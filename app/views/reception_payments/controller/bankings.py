"""The bankings: listed, made up, sealed, cancelled, printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.reception_payments.tills import banking, papers, queries
from app.services.reception_payments.tills.dto import AREAS, BankingCard, BankingRow, NewBanking, SessionRow
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.common.tasks import Task, drop
from app.views.reception_payments.banking_sheets import BankSheet, CancelSheet, SealSheet
from app.views.reception_payments.bankings import BankingsPage
from app.views.reception_payments.controller.till_papers import show_paper


class BankingsController(QObject):
    """Joins the section Bankings to the services."""

    def __init__(self, office: Office) -> None:
        self.page = BankingsPage(may_make=Permission.TAKE_PAYMENTS in office.desk.officer.permissions)
        super().__init__(self.page)
        self.office = office
        self._found: Sequence[BankingRow] = ()
        self._wanted: int | None = None
        self._asked: Task | None = None
        self._card: Task | None = None
        page = self.page
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.asked.connect(lambda: self._show(self._found))
        page.banking_chosen.connect(self._show_card)
        page.bank_wanted.connect(lambda: BankWork(office, self).begin())
        page.seal_wanted.connect(self._seal)
        page.cancel_wanted.connect(self._cancel)
        page.slip_wanted.connect(self._slip)

    def refresh(self) -> None:
        """List them again."""
        self._asked = self.office.ask(self, queries.bankings, then=self._show, instead_of=self._asked)

    def open_record(self, subject: Subject, record_id: int) -> None:
        """Show a banking."""
        assert subject is Subject.BANKING
        self._wanted = record_id
        self.page.show_all()
        self.refresh()

    def _show(self, found: Sequence[BankingRow]) -> None:
        self._found = found
        self.page.show_bankings(found)
        if self._wanted is not None:
            places = [at for at, each in enumerate(self.page.model.rows) if each.banking_id == self._wanted]
            if places:
                self.page.table.go_to(places[0])
            self._wanted = None

    def _show_card(self, row: BankingRow | None) -> None:
        drop(self._card)
        if row is None:
            self.page.card.clear()
            return

        def show(found: BankingCard) -> None:
            self.page.card.show_banking(found)

        self._card = self.office.ask(self, queries.banking_card, row.banking_id, then=show)

    def _seal(self, row: BankingRow) -> None:
        sheet = SealSheet(self.page, row)
        told = f"Bag {row.bag} is sealed and on its way to the bank."
        open_sheet(self.office, sheet, banking.seal, sheet.command, told)

    def _cancel(self, row: BankingRow) -> None:
        sheet = CancelSheet(self.page, row)

        def cancel(ctx: Context, why: str) -> Changes:
            return banking.cancel(ctx, row.banking_id, why)

        open_sheet(self.office, sheet, cancel, sheet.command, f"Banking {row.number} is cancelled.")

    def _slip(self, row: BankingRow) -> None:
        title = f"Paying-in slip {row.number}"
        show_paper(self.office, self.page, title, papers.paying_in, papers.paying_in_workbook, row.banking_id)


class BankWork(SheetWork):
    """Closed sessions are put into a bag."""

    sheet: BankSheet
    asks = staticmethod(queries.to_bank)

    def __init__(self, office: Office, section: BankingsController) -> None:
        super().__init__(office, section.page)
        self._section = section

    def make(self, found: Sequence[SessionRow]) -> BankSheet | str:
        """The sheet."""
        return BankSheet(self.page, found) if found else "No signed session waits to be banked."

    def save(self, command: NewBanking) -> None:
        """Make it."""
        if self.sheet.show_missing():
            self.refuse(
                UserError("Count the notes and coins that go into the bag.", "The slip says them.", "quantities")
            )
            return
        self.do(banking.make, command, changes=AREAS)

    def tell(self, saved: int) -> None:
        """Show it, so that its own slip is printed, and say what comes next."""
        self._section.open_record(Subject.BANKING, saved)
        self.office.messages.good("The banking is made: F6 prints its slip, and a second officer seals its bag.")
