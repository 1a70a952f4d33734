"""Valuables: entered for an item, and their register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.models.values import Subject
from app.services.core.permissions import Permission
from app.services.post_log.valuables import commands, queries
from app.services.post_log.valuables.dto import (
    Receipted,
    ValuableFilter,
    ValuableForm,
    ValuableRow,
    Valuables,
    ValuablesShown,
)
from app.views.common.begin_work import BeginWork
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import open_sheet
from app.views.post_log.controller.item_work import ItemWork
from app.views.post_log.valuables import (
    VALUABLES,
    EnterSheet,
    GiveBackSheet,
    HandSheet,
    PayInSheet,
    is_open,
    may_pay_in,
    reconciled,
)

_CHOICES = (
    ("To be dealt with", ValuablesShown.OPEN),
    ("Paid in, differs", ValuablesShown.DIFFERS),
    ("Done", ValuablesShown.DONE),
    ("All", ValuablesShown.ALL),
)
_APRIL = 4


class EnterController(ItemWork):
    """Enters what of value came with an item, one after the other."""

    asks = staticmethod(queries.form)
    saves = staticmethod(commands.enter)

    def make(self, form: ValuableForm) -> EnterSheet | str:
        """The sheet, where there is a colleague to witness it."""
        if not form.officers:
            return "Two officers open what is of value: add a colleague first (Admin, Officers)."
        sheet = EnterSheet(self.page, form)
        sheet.about = (Subject.POST_ITEM, form.item_id)
        return sheet

    def done(self, found: Receipted) -> None:
        """It is entered; the sheet stays for the next."""
        self.office.messages.good(f"Entered: receipt {found.receipt}.")
        self.office.ask(self, queries.form, self.items[0], then=self._next)

    def _next(self, form: ValuableForm) -> None:
        if self.sheet.isVisible():
            self.sheet.begin_next(form.standing)


class ValuablesController(RegisterDesk[ValuableRow]):
    """Joins the register of valuables to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[ValuableRow] = RegisterPage(
            "Valuables",
            VALUABLES,
            stretch="details",
            choices=_CHOICES,
            placeholder="A receipt, an item, a name or words of the details",
            noun=("amount", "amounts"),
            empty="Nothing here. Open an item of post and press Ctrl+Shift+V to enter what of value came with it.",
            key=lambda row: row.valuable_id,
            areas=frozenset({"post_log"}),
            help_topic="post_log",
        )
        since = self._since = _financial_year(office.desk.clock.today())
        wanted = Listing(
            queries.register, lambda shown, text: ValuableFilter(shown, since, text=text), most=queries.MOST
        )
        super().__init__(office, page, wanted)
        if Permission.LOG_POST in office.desk.officer.permissions:
            page.action("Ctrl+Shift+H", "Hand on", "hand-extended-outline", self._hand, fits=is_open)
            page.action("Ctrl+Shift+B", "Give back", "keyboard-return", self._give_back, fits=is_open)
            page.action("Ctrl+Shift+P", "Pay in", "bank-transfer-in", self._pay_in, fits=may_pay_in, primary=True)
        if Permission.TAKE_PAYMENTS in office.desk.officer.permissions:
            page.action("Ctrl+Shift+T", "Take as a payment", "cash-register", self._take, fits=may_pay_in)

    def show(self, found: Valuables) -> None:
        """Show the register, with its money against what was paid in."""
        told = reconciled(found.reconciled, self._since)
        self.page.show_rows(found.rows, f"{told} {self.said(found.rows)}".strip())

    def open(self, row: ValuableRow) -> None:
        """Enter: the item that it came with."""
        self.office.open_record(Subject.POST_ITEM, row.item_id)

    def chosen(self, fits: Callable[[ValuableRow], bool]) -> list[ValuableRow]:
        """The chosen rows that something can be done with."""
        return [row for row in self.page.model.in_memory(self.page.table.places()) if fits(row)]

    def _hand(self, _row: ValuableRow) -> None:
        sheet = HandSheet(self.page, self.chosen(is_open))
        self._open(sheet, commands.hand_on, "It is noted to whom they were handed.")

    def _give_back(self, _row: ValuableRow) -> None:
        sheet = GiveBackSheet(self.page, self.chosen(is_open), self.office.desk.clock.today)
        self._open(sheet, commands.give_back, "It is noted that they were given back.")

    def _take(self, row: ValuableRow) -> None:
        """It is put on its account at once; the receipt pays it in."""
        known = {"valuable_id": row.valuable_id}
        self.office.show_only("reception_payments", BeginWork(row.account_id or 0, "taking", known))

    def _pay_in(self, _row: ValuableRow) -> None:
        sheet = PayInSheet(self.page, self.chosen(may_pay_in), self.office.desk.clock.today)
        self._open(sheet, commands.pay_in, "It is noted that they were paid in.")

    def _open(self, sheet: HandSheet | GiveBackSheet | PayInSheet, saves: Callable[..., Any], told: str) -> None:
        self.sheet = sheet
        open_sheet(self.office, sheet, saves, sheet.command, told)


def _financial_year(today: date) -> date:
    """The 1 April on or before a day."""
    return date(today.year if today.month >= _APRIL else today.year - 1, _APRIL, 1)
