"""The section Meters joined to the services: the register, what a meter used, and its bills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import InvoiceKind, Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.purchase_orders.budgets import queries as budgets
from app.services.purchase_orders.invoices.dto import ChangedMeter, Logged, MeterRow, MonthUse, NewMeter, ReadingRow
from app.services.purchase_orders.invoices.meters import commands, queries
from app.services.purchase_orders.suppliers import queries as suppliers
from app.views.common.chart import load_library
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.sheet_work import SheetWork
from app.views.common.tasks import Task
from app.views.purchase_orders.controller.invoice_finding import supplier_finder, supplier_picked
from app.views.purchase_orders.controller.invoice_logging import Begins, LogWork
from app.views.purchase_orders.meter_sheets import MeterSheet
from app.views.purchase_orders.meters import MetersPage

AREAS = frozenset({"purchase_orders"})
Shown = tuple[tuple[MonthUse, ...], tuple[ReadingRow, ...]]


@dataclass(frozen=True, slots=True)
class _Form:
    """What the sheet of a meter offers."""

    centres: tuple[Picked, ...]
    codes: tuple[Picked, ...]
    supplier: Picked | None


def _form(ctx: Context, supplier_id: int | None) -> _Form:
    found = budgets.form(ctx)
    supplier = supplier_picked(suppliers.choice(ctx, supplier_id)) if supplier_id is not None else None
    centres = tuple(Picked(each.centre_id, each.code, each.name) for each in found.centres if each.active)
    return _Form(
        centres, tuple(Picked(each.code_id, each.code, each.name) for each in found.codes if each.active), supplier
    )


def _shown(ctx: Context, meter_id: int) -> Shown:
    return queries.months(ctx, meter_id), queries.readings(ctx, meter_id)


class MeterWork(SheetWork):
    """A meter is registered, or changed."""

    asks = staticmethod(_form)
    told = "The meter is kept."

    def __init__(self, office: Office, page: QWidget, shown: MeterRow | None) -> None:
        super().__init__(office, page)
        self._shown = shown
        self.begin(shown.supplier_id if shown else None)

    def make(self, found: _Form) -> MeterSheet:
        """The sheet."""
        find = supplier_finder(self.office, self)
        today = self.office.desk.clock.today
        return MeterSheet(self.page, today, find, found.centres, found.codes, self._shown, found.supplier)

    def save(self, command: NewMeter | ChangedMeter) -> None:
        """Keep it."""
        saves = commands.change if isinstance(command, ChangedMeter) else commands.keep
        self.do(saves, command, changes=AREAS)


class MetersController(QObject):
    """Joins the section Meters to the services."""

    def __init__(self, office: Office) -> None:
        self.page = page = MetersPage(logs=Permission.LOG_INVOICES in office.desk.officer.permissions)
        super().__init__(page)
        self.office = office
        self._listed: Task | None = None
        self._opened: Task | None = None
        self._rows: Sequence[MeterRow] = ()
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.asked.connect(lambda: self.page.show_found(self._rows))
        page.meter_chosen.connect(self._choose)
        page.add_wanted.connect(lambda: MeterWork(office, page, None))
        page.change_wanted.connect(lambda each: MeterWork(office, page, each))
        page.bill_wanted.connect(lambda: LogWork(office, page, Begins(InvoiceKind.UTILITY), self._logged))
        page.bill_opened.connect(partial(office.open_record, Subject.SUPPLIER_INVOICE))
        page.chart.chart.library_wanted.connect(self._load)

    def refresh(self) -> None:
        """List them again."""
        self._listed = self.office.ask(self, queries.meters, then=self._show, instead_of=self._listed)

    def _show(self, found: Sequence[MeterRow]) -> None:
        self._rows = found
        self.page.show_found(found)

    def _choose(self, row: MeterRow | None) -> None:
        if row is None:
            self.page.show_meter(None, (), ())
            return

        def show(found: Shown) -> None:
            self.page.show_meter(row, *found)

        self._opened = self.office.ask(
            self,
            _shown,
            row.meter_id,
            then=show,
            refused=lambda _error: self.page.show_meter(None, (), ()),
            instead_of=self._opened,
        )

    def _logged(self, saved: Logged) -> None:
        self.office.open_record(Subject.SUPPLIER_INVOICE, saved.invoice_id)

    def _load(self) -> None:
        """The library of the chart, read off the GUI thread."""
        self.office.elsewhere(self, load_library, then=lambda _read: self.page.chart.chart.draw())
