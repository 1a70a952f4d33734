"""Suspense joined to the services: listed, confirmed, split, sent back, noted and given on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.reception_payments.suspense import commands, listing, queries, repairs, shown
from app.services.reception_payments.suspense.dto import (
    Cleared,
    ClearItem,
    ItemCard,
    Listed,
    NewPart,
    PayerRow,
    SuspenseRow,
    Triggered,
    View,
)
from app.services.rent import queries as rent
from app.services.rent.listed_dto import AccountRow
from app.views.common import formats
from app.views.common.fields_pickers import Picked
from app.views.common.letter_sheet import write_letter
from app.views.common.office import Office, is_running
from app.views.common.sheet_work import open_sheet
from app.views.common.tasks import Task, drop
from app.views.reception_payments.controller.suspense_works import BackWork, SplitWork
from app.views.reception_payments.suspense import SuspensePage
from app.views.reception_payments.suspense_sheets import GiveSheet, NoteSheet, PayersSheet

_LEVEL = UserError(
    "Two accounts are as likely as each other.", "Look at both, choose one with Ctrl+Down, and confirm it then."
)


class SuspenseController(QObject):
    """Joins the section Suspense to the services."""

    def __init__(self, office: Office) -> None:
        self.page = page = SuspensePage(may_clear=Permission.CLEAR_SUSPENSE in office.desk.officer.permissions)
        super().__init__(page)
        self.office = office
        self._listed: Task | None = None
        self._card: Task | None = None
        self._clearing: Task | None = None
        self._wanted: int | None = None
        self._keepers: tuple[tuple[int, str], ...] = ()
        page.refresh_wanted.connect(lambda _changes: self.refresh())
        page.asked.connect(self._list)
        page.item_chosen.connect(self._choose)
        page.confirm_wanted.connect(self._confirm)
        page.split_wanted.connect(lambda row: self._with_card(row, self._split))
        page.back_wanted.connect(lambda row: self._with_card(row, lambda found: BackWork(self.office, page, found)))
        page.note_wanted.connect(self._note)
        page.give_wanted.connect(self._give)
        page.payers_wanted.connect(self._ask_payers)
        page.sorry_wanted.connect(self._say_sorry)
        page.account_wanted.connect(self._open_account)
        page.card.account_opened.connect(lambda account_id: office.open_record(Subject.ACCOUNT, account_id))
        page.card.opened.connect(lambda done: office.open_record(done.subject, done.record_id))

    def refresh(self) -> None:
        """List the items again, with how many each choice has."""
        self._list()
        self.office.ask(self, _standing, then=self._show_standing)

    def open_record(self, _subject: Subject, record_id: int) -> None:
        """Show an item, whatever is looked for."""

        def show(row: SuspenseRow | None) -> None:
            if row is not None:
                self._wanted = record_id
                self.page.look_for_all()
                self.page.text.setText(str(row.number))
                self.page.press(View.ALL)
                self._list()

        self.office.ask(self, queries.item, record_id, then=show)

    def _list(self) -> None:
        self._listed = self.office.ask(self, listing.found, self.page.wanted, then=self._show, instead_of=self._listed)

    def _show_standing(self, found: tuple[dict[View, int], tuple[tuple[int, str], ...]]) -> None:
        counts, self._keepers = found
        for view, number in counts.items():
            self.page.count(view, number)
        self.page.show_keepers(self._keepers)

    def _show(self, found: Listed) -> None:
        self.page.show_found(found)
        if self._wanted is not None:
            places = [at for at, row in enumerate(found.rows) if row.item_id == self._wanted]
            self._wanted = None
            if places:
                self.page.table.go_to(places[0])
        self._choose(self.page.table.row() if found.rows else None)

    def _choose(self, row: SuspenseRow | None) -> None:
        if row is None:
            drop(self._card)
            self.page.card.clear()
            return
        self._card = self.office.ask(self, shown.card, row.item_id, then=self._show_card, instead_of=self._card)

    def _show_card(self, found: ItemCard) -> None:
        self.page.card.show_item(found)
        self.page.allow()

    def _with_card(self, row: SuspenseRow, then: Callable[[ItemCard], object]) -> None:
        """What is done with an item is done with what its card shows: nothing while another one's is there still."""
        found = self.page.card.found
        if found is not None and found.row.item_id == row.item_id:
            then(found)

    def _confirm(self, row: SuspenseRow) -> None:
        """Ctrl+Enter: it goes whole to the account that is chosen, for its reasons."""
        self._with_card(row, self._confirm_chosen)

    def _confirm_chosen(self, found: ItemCard) -> None:
        card = self.page.card
        one = card.candidate
        if is_running(self._clearing) or one is None or not one.open:
            return
        if found.level and not card.by_hand:
            self.office.messages.bad(_LEVEL)
            return
        part = NewPart(found.row.left.pence, account_id=one.account.account_id, why="; ".join(one.reasons)[:200])
        asked = ClearItem(found.row.item_id, found.row.version, (part,), learn=bool(found.row.payer_name))
        self._clearing = self.office.do(self, commands.clear, asked, then=self._cleared)

    def _cleared(self, done: Cleared) -> None:
        self.office.messages.good(done.told)

    def _split(self, found: ItemCard) -> None:
        SplitWork(self.office, self.page, found, self.page.card.candidate)

    def _note(self, row: SuspenseRow) -> None:
        def open_note(found: ItemCard) -> None:
            sheet = NoteSheet(self.page, found.row)
            open_sheet(self.office, sheet, _note(found.row), sheet.command, "")

        self._with_card(row, open_note)

    def _give(self, row: SuspenseRow) -> None:
        sheet = GiveSheet(self.page, row, self._keepers)
        open_sheet(self.office, sheet, _give(row), sheet.command, "")

    def _open_account(self) -> None:
        if (account_id := self.page.card.account_id) is not None:
            self.office.open_record(Subject.ACCOUNT, account_id)

    def _ask_payers(self) -> None:
        account_id = self.page.card.account_id
        if account_id is not None:
            self.office.ask(self, _payers, account_id, then=self._show_payers)

    def _show_payers(self, found: tuple[str, Sequence[PayerRow]]) -> None:
        sheet = PayersSheet(self.page, *found)
        open_sheet(self.office, sheet, commands.forget_payer, sheet.command, "")

    def _say_sorry(self) -> None:
        """The letter, with what is known of the payment filled in."""
        found, done = self.page.card.found, self.page.card.done.row()
        if found is None or not isinstance(done, Triggered):
            return

        def write(rows: Sequence[AccountRow]) -> None:
            account = Picked(done.account_id, rows[0].name, f"Account {rows[0].reference}")
            sheet = write_letter(self.office, self.page, account)
            if sheet is not None:
                answers = {"amount": str(found.row.amount), "paid_on": formats.day(found.row.received_on)}
                written = {"template": repairs.APOLOGY, "account": [str(account.id), account.words, account.detail]}
                sheet.retype({**written, "variant": sheet.variant.typed(), "answers": answers})

        self.office.ask(self, rent.account_rows, [done.account_id], then=write)


def _standing(ctx: Context) -> tuple[Any, tuple[tuple[int, str], ...]]:
    return listing.counts(ctx), listing.keepers(ctx)


def _payers(ctx: Context, account_id: int) -> tuple[str, Sequence[PayerRow]]:
    (account,) = rent.account_rows(ctx, [account_id])
    return account.reference, queries.payers(ctx, account_id)


def _note(row: SuspenseRow) -> Callable[[Context, str], Any]:
    def save(ctx: Context, words: str) -> Any:
        return commands.note(ctx, row.item_id, row.version, words)

    return save


def _give(row: SuspenseRow) -> Callable[[Context, tuple[int | None]], Any]:
    def save(ctx: Context, chosen: tuple[int | None]) -> Any:
        return commands.give(ctx, [row.item_id], chosen[0])

    return save
