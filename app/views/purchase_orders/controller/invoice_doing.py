"""What is done with an invoice, from its card or from the match: each act of it joined to its command."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import InvoiceKind, Subject
from app.services.core.errors import UserError
from app.services.letters.dto import Channel
from app.services.purchase_orders.budgets.rules import year_of
from app.services.purchase_orders.invoices import commands
from app.services.purchase_orders.invoices.disputes import commands as disputes
from app.services.purchase_orders.invoices.disputes import queries as disputed
from app.services.purchase_orders.invoices.dto import Act, Difference, DisputeRow, InvoiceDetail, Logged, MatchLine
from app.views.common.dialogs import Sheet
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.purchase_orders.controller.invoice_finding import codes
from app.views.purchase_orders.controller.invoice_logging import Begins, LogWork
from app.views.purchase_orders.dispute_sheets import DisputeSheet, SettleSheet, TellBy, TellSheet
from app.views.purchase_orders.invoice_sheets import AcceptSheet, CodesSheet, RetentionSheet, WhySheet

_CHANNELS = {TellBy.EMAIL: Channel.EMAIL, TellBy.LETTER: Channel.LETTER}


class WhyWork(SheetWork):
    """Something that is done with a reason, or on a day; its command takes the invoice and that."""

    def __init__(
        self,
        office: Office,
        page: QWidget,
        make: Callable[[], WhySheet | RetentionSheet],
        saves: Callable[..., Logged],
        then: Callable[[Logged], object],
    ) -> None:
        super().__init__(office, page)
        self._make, self._saves, self._then = make, saves, then
        self.begin()

    def make(self, _found: None) -> WhySheet | RetentionSheet:
        """The sheet."""
        return self._make()

    def save(self, command: tuple[int, object]) -> None:
        """Do it."""
        self.do(self._saves, *command)

    def tell(self, saved: Logged) -> None:
        """Say what was done."""
        self._then(saved)


class TellWork(SheetWork):
    """The supplier is told of a dispute: what they will read is shown first."""

    def __init__(
        self,
        office: Office,
        page: QWidget,
        found: InvoiceDetail,
        dispute: DisputeRow,
        then: Callable[[Logged], object],
    ) -> None:
        super().__init__(office, page)
        self._found, self._dispute, self._then = found, dispute, then
        self._by: TellBy | None = None
        self.begin()

    def make(self, _found: None) -> TellSheet:
        """The sheet."""
        return TellSheet(self.page, self._found, self._dispute, self.office.desk.clock.today)

    def opened(self) -> None:
        """Show what they will read."""
        self.sheet.typed_changed.connect(self._preview)
        self._preview()

    def command(self) -> tuple[Any, ...] | None:
        """What is asked for."""
        sheet: TellSheet = self.sheet
        if sheet.by is TellBy.CALL:
            return sheet.said()
        return self._dispute.dispute_id, _CHANNELS[sheet.by]

    def save(self, command: tuple[Any, ...]) -> None:
        """Write to them, or note what was said."""
        self.do(disputes.told if self.sheet.by is TellBy.CALL else disputes.write, *command)

    def tell(self, saved: Logged) -> None:
        """Say what was done."""
        self._then(saved)

    def _preview(self) -> None:
        by = self.sheet.by
        if by is self._by or by is TellBy.CALL:
            return
        self._by = by
        self.ask(disputed.preview, self._dispute.dispute_id, _CHANNELS[by], then=self.sheet.show_preview)


class InvoiceDoing(QObject):
    """Begins what is wanted with an invoice; `after` hears of each that is done."""

    def __init__(self, office: Office, page: QWidget, after: Callable[[Logged], object]) -> None:
        super().__init__(page)
        self._office, self._page, self._after = office, page, after
        self._acts: dict[Act, Callable[[InvoiceDetail], object]] = {
            Act.TAKE_LINES: lambda found: self._do(commands.take_lines, found.row.invoice_id, found.row.version),
            Act.ASK: lambda found: self._do(commands.ask, found.row.invoice_id),
            Act.CHANGE: lambda found: self._log(Begins(found.row.kind, change_id=found.row.invoice_id)),
            Act.CREDIT: lambda found: self._log(Begins(InvoiceKind.CREDIT_NOTE, credit_id=found.row.invoice_id)),
            Act.DISPUTE: self._dispute,
            Act.TELL: self._tell_supplier,
            Act.SETTLE: self._settle,
            Act.WITHDRAW: self._withdraw,
            Act.CANCEL: self._cancel,
            Act.DECIDE: self._decide,
        }

    def begin(self, act: Act, found: InvoiceDetail, fault: Difference | None = None) -> None:
        """Begin it."""
        if act is Act.ACCEPT:
            if fault is not None:
                self._sheet(AcceptSheet(self._page, found, fault), commands.accept)
        else:
            self._acts[act](found)

    def other_codes(self, found: InvoiceDetail, line: MatchLine) -> None:
        """Other codes for a line."""

        def show(offered: list[Any]) -> None:
            self._sheet(CodesSheet(self._page, found, line, offered), commands.change)

        self._office.ask(self, codes, year_of(found.row.invoice_on), then=show)

    def retain(self, found: InvoiceDetail) -> None:
        """Another day for what is kept back."""
        make = partial(RetentionSheet, self._page, found, self._office.desk.clock.today)
        WhyWork(self._office, self._page, make, commands.release_on, self._say)

    def told(self, saved: Logged) -> str:
        """Say what was done, and go on."""
        self._after(saved)
        return " ".join((saved.told, *saved.warnings))

    def _sheet(
        self, sheet: AcceptSheet | CodesSheet | DisputeSheet | SettleSheet, saves: Callable[..., Logged]
    ) -> None:
        open_sheet(self._office, sheet, saves, sheet.command, self.told)

    def _do(self, saves: Callable[..., Logged], *args: object) -> None:
        self._office.do(self, saves, *args, then=self._say, refused=self._refused)

    def _say(self, saved: Logged) -> None:
        self._office.messages.good(self.told(saved))

    def _refused(self, error: UserError) -> None:
        """In a sheet it is said there, else in the bar."""
        if isinstance(self._page, Sheet):
            self._page.show_error(error)
        else:
            self._office.messages.bad(error)

    def _log(self, begins: Begins) -> None:
        LogWork(self._office, self._page, begins, self._after)

    def _dispute(self, found: InvoiceDetail) -> None:
        self._sheet(DisputeSheet(self._page, found, self._office.desk.clock.today), disputes.dispute)

    def _tell_supplier(self, found: InvoiceDetail) -> None:
        untold = [each for each in found.disputes if each.closed_on is None and each.notified_on is None]
        if untold:
            TellWork(self._office, self._page, found, untold[0], self._say)

    def _settle(self, found: InvoiceDetail) -> None:
        dispute = next((each for each in found.disputes if each.closed_on is None), None)
        if dispute is not None:
            self._sheet(SettleSheet(self._page, found, dispute, self._office.desk.clock.today), disputes.settle)

    def _withdraw(self, found: InvoiceDetail) -> None:
        title = f"Withdraw the request for {found.row.number}"
        make = partial(WhySheet, self._page, found, title, "Withdraw it", "It can be changed and asked for again.")
        WhyWork(self._office, self._page, make, commands.withdraw, self._say)

    def _cancel(self, found: InvoiceDetail) -> None:
        note = "For an invoice that was logged wrongly. It stays in the register as cancelled, and is never paid."
        make = partial(WhySheet, self._page, found, f"Cancel {found.row.number}", "Cancel the invoice", note)
        WhyWork(self._office, self._page, make, commands.cancel, self._say)

    def _decide(self, found: InvoiceDetail) -> None:
        if found.request_id is not None:
            self._office.open_record(Subject.APPROVAL, found.request_id)
