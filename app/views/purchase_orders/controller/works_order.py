"""Works on a property: raised, changed, done, and handed on to be recharged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.purchase_orders.orders import queries
from app.services.purchase_orders.orders.dto import OrderDetail, OrderForm, Saved
from app.services.purchase_orders.works import commands
from app.services.purchase_orders.works import queries as works
from app.services.purchase_orders.works.dto import Complete, NewWorks, PropertyChoice, ToRecharge, WorksForm, WorksPart
from app.views.common.begin_work import BeginWork
from app.views.common.evidence import read_evidence
from app.views.common.fields_pickers import Picked
from app.views.common.from_account import FromAccount
from app.views.common.office import Office
from app.views.purchase_orders.controller.order_work import OrderWork
from app.views.purchase_orders.controller.requisition import RequisitionWork, ask_at_once
from app.views.purchase_orders.effects_of import effects
from app.views.purchase_orders.page import PurchaseOrdersPage
from app.views.purchase_orders.works_order import ChangeWorksSheet, DoneSheet, WorksSheet


@dataclass(frozen=True, slots=True)
class _Asked:
    """Works as they are typed, and whether approval is asked for with them."""

    new: NewWorks
    ask: bool


def _start(ctx: Context, account_id: int | None = None) -> tuple[OrderForm, WorksForm | None]:
    return queries.form(ctx), works.form(ctx, account_id=account_id) if account_id is not None else None


def _preview(ctx: Context, asked: _Asked) -> tuple[Effect, ...]:
    return effects(queries.check(ctx, asked.new.requisition))


def _keep(ctx: Context, asked: _Asked) -> Saved:
    """Keep a works order, and ask for its approval with it or not at all."""
    saved = commands.raise_works(ctx, asked.new)
    return ask_at_once(ctx, saved) if asked.ask else saved


def _order(ctx: Context, order_id: int) -> tuple[OrderDetail, WorksPart]:
    found = works.detail(ctx, order_id)
    if found is None:
        raise UserError("That order isn't of works.", "Choose a works order.")
    return queries.detail(ctx, order_id), found


def _properties(ctx: Context, text: str) -> tuple[PropertyChoice, ...]:
    return works.properties(ctx, text)


class WorksOrderController(FromAccount, RequisitionWork):
    """A works order: for the office, or on the property of the account that another tab hands over."""

    sheet: WorksSheet
    asks = staticmethod(_start)
    previews = staticmethod(_preview)
    missing = UserError("Choose the property, and type a line.", "Nothing is saved yet.", "property_id")

    def __init__(
        self, office: Office, page: QWidget, _ids: Sequence[int] = (), wanted: BeginWork | None = None
    ) -> None:
        self.wanted = wanted
        super().__init__(office, page, (wanted.account_id,) if wanted is not None else ())

    def make(self, found: tuple[OrderForm, WorksForm | None]) -> WorksSheet:
        """The sheet."""
        form, on = found
        return WorksSheet(self.page, form, self.find_suppliers, self._find_property, on)

    def opened(self) -> None:
        """Ask about a property once it is chosen."""
        super().opened()
        self.sheet.property_chosen.connect(lambda key: self.ask(works.form, key, then=self.sheet.show_property))

    def command(self) -> _Asked | None:
        """What is typed."""
        new = self.sheet.works()
        return _Asked(new, self.sheet.asks()) if new is not None else None

    def save(self, command: _Asked) -> None:
        """Keep it, and ask for it."""
        self.do(_keep, command)

    def tell(self, saved: Saved) -> None:
        """Say what was done, and show it: the account that the officer came from, or the order."""
        if self.wanted is None:
            super().tell(saved)
        else:
            self.go_back()
            self.office.messages.good(saved.told)

    def _find_property(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        def show(found: tuple[PropertyChoice, ...]) -> None:
            then([Picked(each.property_id, each.address, each.account) for each in found])

        self.office.ask(self, _properties, text, then=show)


class ChangeWorksController(OrderWork):
    """What the works that are shown have besides their lines."""

    asks = staticmethod(_order)
    saves = staticmethod(commands.change)

    def make(self, found: tuple[OrderDetail, WorksPart]) -> ChangeWorksSheet:
        """The sheet."""
        return ChangeWorksSheet(self.page, *found, self.office.desk.clock.today())


class DoneController(OrderWork):
    """Works were done."""

    sheet: DoneSheet
    asks = staticmethod(_order)

    def make(self, found: tuple[OrderDetail, WorksPart]) -> DoneSheet:
        """The sheet."""
        return DoneSheet(self.page, *found, f"done:{uuid4().hex}", self.office.desk.clock.today())

    def save(self, command: Complete) -> None:
        """Keep it with its photographs."""
        read_evidence(
            self,
            self.sheet.files(),
            lambda files: self.do(commands.complete, replace(command, photographs=files)),
        )


class RechargeController(QObject):
    """The recharge to the tenant is begun on Adjustments, filled in; once it is raised the works know it."""

    def __init__(self, office: Office, page: PurchaseOrdersPage, ids: Sequence[int]) -> None:
        super().__init__(page)
        self._office = office
        self._order_id = ids[0]
        office.do(self, commands.recharge, ids[0], then=self._begin)

    def _begin(self, found: ToRecharge) -> None:
        new = found.new
        known: dict[str, Any] = {
            "key": new.entry_key,
            "item": new.item,
            "evidence": new.evidence,
            "done_on": new.done_on,
            "net": new.net,
            "description": new.description,
            "job": new.job,
            "note": new.note,
            "raised": self._raised,
        }
        self._office.show_only("adjustments", BeginWork(found.account_id, "recharging", known))

    def _raised(self, recharge_id: int) -> None:
        self._office.do(self, commands.recharged, self._order_id, recharge_id, then=self._shown)

    def _shown(self, saved: Saved) -> None:
        self._office.messages.good(saved.told)
        self._office.open_record(Subject.PURCHASE_ORDER, saved.order_id)
