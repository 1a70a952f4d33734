"""What is done with the supplier that is shown: each act opens its sheet, and tells what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import DetailState, Subject
from app.services.bacs import queries as bacs
from app.services.bacs.dto import Checked
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.versions import Kept
from app.services.purchase_orders.suppliers import commands, queries
from app.services.purchase_orders.suppliers.bank import commands as banks
from app.services.purchase_orders.suppliers.bank import queries as bank_queries
from app.services.purchase_orders.suppliers.bank.dto import BankForm, BankRow, Revealed
from app.services.purchase_orders.suppliers.dto import Saved, SupplierDetail, SupplierForm
from app.views.common.bank_check import BankChecking
from app.views.common.editing import Editing
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork, open_sheet
from app.views.purchase_orders.supplier_bank import BankSheet, RevealSheet
from app.views.purchase_orders.supplier_sheets import (
    BlockSheet,
    ContractSheet,
    NewContractSheet,
    NewSupplierSheet,
    ReasonSheet,
    ReleaseSheet,
    SupplierSheet,
)
from app.views.purchase_orders.suppliers import Act, SuppliersPage

_OLD = "That table came with Rentbook and is over {years} years old: load the current one (Admin, Weight tables)."


class NewSupplierWork(SheetWork):
    """Another supplier; it is shown when it is kept."""

    sheet: NewSupplierSheet
    asks = staticmethod(queries.form)
    previews = staticmethod(queries.preview)
    saves = staticmethod(commands.add)

    def __init__(self, office: Office, page: SuppliersPage) -> None:
        super().__init__(office, page)
        self.begin()

    def make(self, found: SupplierForm) -> NewSupplierSheet:
        """The sheet."""
        return NewSupplierSheet(self.page, found)

    def tell(self, saved: Saved) -> None:
        """Say what was done, and show it."""
        super().tell(saved)
        self.office.open_record(Subject.SUPPLIER, saved.supplier_id)


class BankWork(SheetWork):
    """Bank details of a supplier, with the call back."""

    sheet: BankSheet
    asks = staticmethod(bank_queries.form)
    saves = staticmethod(banks.propose)

    def __init__(self, office: Office, page: QWidget, supplier_id: int) -> None:
        super().__init__(office, page)
        self.begin(supplier_id)

    def make(self, found: BankForm) -> BankSheet | str:
        """The sheet, where no other details wait."""
        if found.waiting:
            return f"Bank details of {found.name} wait already: {found.waiting}."
        sheet = BankSheet(self.page, found)
        BankChecking(self.office, sheet.bank, _checked)
        return sheet

    def refuse(self, error: UserError) -> None:
        """An account that another supplier has is taken with a tick."""
        if error.field == "shared":
            self.sheet.ask_shared()
        super().refuse(error)


class SupplierDoing(QObject):
    """Begins what is to be done with a supplier."""

    def __init__(self, office: Office, page: SuppliersPage) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self._acts: dict[Act, Callable[[SupplierDetail], object]] = {
            Act.CHANGE: lambda found: self._with_form(self._change, found),
            Act.BANK: lambda found: BankWork(office, page, found.row.supplier_id),
            Act.DECIDE: self._decide,
            Act.REVEAL: self._reveal,
            Act.END_BANK: self._end_bank,
            Act.BLOCK: self._block,
            Act.RELEASE: self._release,
            Act.CONTRACT: lambda found: self._with_form(self._contract, found),
            Act.CHANGE_CONTRACT: lambda found: self._with_form(self._change_contract, found),
            Act.CLOSE: self._close,
            Act.REOPEN: self._reopen,
        }

    def begin(self, act: Act, found: SupplierDetail) -> None:
        """Do this with a supplier."""
        self._acts[act](found)

    def new(self) -> None:
        """Keep another supplier."""
        NewSupplierWork(self._office, self._page)

    def _with_form(self, make: Callable[[SupplierDetail, SupplierForm], None], found: SupplierDetail) -> None:
        self._office.ask(self, queries.form, then=lambda form: make(found, form))

    def _change(self, found: SupplierDetail, form: SupplierForm) -> None:
        sheet = SupplierSheet(self._page, found, form)
        edits = Editing.of_sheet(self._office, sheet, "supplier", read=queries.kept, save=commands.change, told="")
        edits.open(Subject.SUPPLIER, found.row.supplier_id, f"Supplier {found.row.name}")
        sheet.open()

    def _contract(self, found: SupplierDetail, form: SupplierForm) -> None:
        sheet = NewContractSheet(self._page, found, form)

        def keep(ctx: Context, typed: Any) -> Saved:
            return commands.add_contract(ctx, found.row.supplier_id, typed)

        open_sheet(self._office, sheet, keep, sheet.command, "")

    def _change_contract(self, found: SupplierDetail, form: SupplierForm) -> None:
        chosen = self._page.card.contract_table.row() or found.contracts[0]
        sheet = ContractSheet(self._page, f"Contract {chosen.number} with {found.row.name}", form, chosen)

        def read(ctx: Context, _supplier_id: int) -> Kept:
            return queries.kept_contract(ctx, chosen.contract_id)

        def save(ctx: Context, _supplier_id: int, values: Mapping[str, Any], version: int) -> Saved:
            return commands.change_contract(ctx, chosen.contract_id, values, version)

        edits = Editing.of_sheet(self._office, sheet, f"contract {chosen.contract_id}", read=read, save=save, told="")
        edits.open(Subject.SUPPLIER, found.row.supplier_id, f"Contract {chosen.number}")
        sheet.open()

    def _block(self, found: SupplierDetail) -> None:
        sheet = BlockSheet(self._page, found, self._office.desk.clock.today())
        open_sheet(self._office, sheet, commands.block, sheet.command, "")

    def _release(self, found: SupplierDetail) -> None:
        sheet = ReleaseSheet(self._page, found)

        def release(ctx: Context, asked: Any) -> Saved:
            block, reason = asked
            return commands.release(ctx, block.block_id, block.version, reason)

        open_sheet(self._office, sheet, release, sheet.command, "")

    def _close(self, found: SupplierDetail) -> None:
        note = "Nothing more is ordered of it; what it is owed is paid. It can be used again."
        sheet = ReasonSheet(self._page, f"Close {found.row.name}", "Close it", note, found.row.supplier_id)

        def close(ctx: Context, reason: str) -> Saved:
            return commands.close(ctx, found.row.supplier_id, found.version, reason)

        open_sheet(self._office, sheet, close, sheet.command, "")

    def _reopen(self, found: SupplierDetail) -> None:
        self._office.do(
            self,
            commands.reopen,
            found.row.supplier_id,
            found.version,
            then=lambda saved: self._office.messages.good(saved.told),
        )

    def _decide(self, found: SupplierDetail) -> None:
        """The request for the bank details that wait, else for the contract."""
        waiting = [_first(found, DetailState.PROPOSED), *found.contracts]
        asked = next((each.request_id for each in waiting if each is not None and each.request_id), None)
        if asked is not None:
            self._office.open_record(Subject.APPROVAL, asked)

    def _reveal(self, found: SupplierDetail) -> None:
        """Those chosen in the list, else those in force, else those that wait."""
        chosen: BankRow | None = self._page.card.bank_table.row() if self._page.card.bank_table.hasFocus() else None
        shown = chosen or _first(found, DetailState.IN_FORCE) or _first(found, DetailState.PROPOSED)
        if shown is not None:

            def show(revealed: Revealed) -> None:
                RevealSheet(self._page, found.row.name, revealed).open()

            self._office.do(self, banks.reveal, shown.bank_id, then=show)

    def _end_bank(self, found: SupplierDetail) -> None:
        standing = _first(found, DetailState.IN_FORCE)
        if standing is None:
            return
        note = f"Nothing is paid to the {standing.masked.words} any more. Others take a call back and a second officer."
        title = f"End bank details of {found.row.name}"
        sheet = ReasonSheet(self._page, title, "End them", note, found.row.supplier_id)

        def end(ctx: Context, reason: str) -> Saved:
            return banks.end(ctx, standing.bank_id, standing.version, reason)

        open_sheet(self._office, sheet, end, sheet.command, "")


def _first(found: SupplierDetail, state: DetailState) -> BankRow | None:
    return next((each for each in found.banks if each.state is state), None)


def _checked(ctx: Context, sort_code: str, account_number: str) -> tuple[Checked, str]:
    """The verdict, and by which table of what age."""
    found, table = bacs.check(ctx, sort_code, account_number), bacs.table_in_force(ctx)
    if table is None:
        return found, ""
    return found, _OLD.format(years=table.months // 12) if table.shipped else table.words
