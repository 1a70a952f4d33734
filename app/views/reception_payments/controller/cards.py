"""Card payments: listed, gone on with, asked about, given back to the card; and how the office takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.models.values import CardState, Subject
from app.services.core.permissions import Permission
from app.services.reception_payments.cards import commands, jobs, queries
from app.services.reception_payments.cards.dto.asked import CardFilter, CardRow, CardSettings, PollResult
from app.services.reception_payments.cards.dto.refunds import RefundForm
from app.services.reception_payments.cards.refunds import commands as refunding
from app.services.reception_payments.cards.refunds import queries as refunds
from app.services.reception_payments.cards.rules import OPEN
from app.views.common.office import Office, is_running
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import open_sheet
from app.views.common.tasks import Task
from app.views.reception_payments.card_guard import CardGuard
from app.views.reception_payments.card_sheets import CardRefundSheet, CardSettingsSheet
from app.views.reception_payments.card_tables import PAYMENTS
from app.views.reception_payments.controller.card_waiting import CardWaiting

_FAILED = frozenset({CardState.FAILED, CardState.CANCELLED, CardState.ERROR, CardState.TIMED_OUT, CardState.LOST})
_CHOICES = (
    ("Open", CardFilter(OPEN)),
    ("Today", CardFilter(days=1)),
    ("Came to nothing", CardFilter(_FAILED)),
    ("All", CardFilter()),
)


class CardsController(RegisterDesk[CardRow]):
    """Joins the section Card payments to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[CardRow] = RegisterPage(
            "Card payments",
            PAYMENTS,
            stretch="words",
            choices=_CHOICES,
            placeholder="An account, a payer, a receipt or an officer",
            noun=("card payment", "card payments"),
            empty="No card payment is here. One by telephone is begun where a payment is taken, and listed here until it is over.",
            key=lambda row: row.payment_id,
            areas=frozenset({"reception_payments"}),
            help_topic="reception_payments",
        )
        listing = Listing(queries.listed, lambda choice, _words: choice)
        super().__init__(office, page, listing)
        self._found: Sequence[CardRow] = ()
        self._polling: Task | None = None
        held = office.desk.officer.permissions
        if Permission.KEEP_RECEPTION in held:
            page.offer("Ctrl+Shift+Y", "Settings", "cog-outline", self._settings)
        if Permission.TAKE_PAYMENTS in held:
            page.offer("Ctrl+U", "Ask the provider", "cloud-refresh-outline", self._ask_all)
            page.action("Ctrl+B", "Back to the card", "credit-card-refund-outline", self._back, fits=_refundable)
        self.offer_account(primary=False)
        if Permission.TAKE_PAYMENTS in held:
            page.action(
                "Ctrl+Return", "Go on", "credit-card-outline", self.open, fits=lambda row: not row.shut, primary=True
            )
        self._guard = CardGuard(page, office.messages.warn)
        page.refresh_wanted.connect(lambda _changes: self._guard.look())

    def find(self) -> None:
        """Another choice is asked for anew; words are found among what is there."""
        self.refresh()

    def show(self, found: Sequence[CardRow]) -> None:
        """Show those in which every word that is typed stands."""
        self._found = found
        self.page.show_rows(self.page.found_among(found, _text), self.said(found))

    def open(self, row: CardRow) -> None:
        """Enter: the sheet that waits for it, with its page for the card."""
        if not row.shut and Permission.TAKE_PAYMENTS in self.office.desk.officer.permissions:
            CardWaiting(self.office, self.page).begin(row.payment_id)

    def open_record(self, subject: Subject, record_id: int) -> None:
        """Show a card payment that another page names."""
        if subject is Subject.CARD_PAYMENT:
            CardWaiting(self.office, self.page).begin(record_id)

    def _ask_all(self) -> None:
        if not is_running(self._polling):
            self._polling = self.office.job(
                self, jobs.poll, then=self._asked_all, label="Card payments", everything=True
            )

    def _asked_all(self, found: PollResult) -> None:
        if found.stopped:
            self.office.messages.warn(f"{found.stopped} The others are asked about later.")
        elif not found.looked:
            self.office.messages.info("Nothing is open at the provider.")
        else:
            came = found.ended + found.failed
            told = f"{found.paid:,} paid, {came:,} came to nothing, {found.left:,} open still."
            self.office.messages.good(f"{told} {found.sent:,} refunds sent." if found.sent else told)

    def _back(self, row: CardRow) -> None:
        if row.receipt_id is not None:
            self.office.ask(self, refunds.form, row.receipt_id, then=self._open_back)

    def _open_back(self, found: RefundForm) -> None:
        if found.stops:
            self.office.messages.info(found.stops)
            return
        sheet = CardRefundSheet(self.page, found)
        open_sheet(self.office, sheet, refunding.ask, sheet.command, "")

    def _settings(self) -> None:
        self.office.ask(self, queries.settings, then=self._open_settings)

    def _open_settings(self, found: CardSettings) -> None:
        sheet = CardSettingsSheet(self.page, found)
        open_sheet(self.office, sheet, _save, sheet.command, "How cards by telephone are taken is saved.")


def _save(ctx: Any, entered: tuple[CardSettings, str | None]) -> Any:
    return commands.set_settings(ctx, *entered)


def _refundable(row: CardRow) -> bool:
    return row.receipt_id is not None and not row.shut and row.refunded.pence < row.amount.pence


def _text(row: CardRow) -> str:
    return f"{row.accounts} {row.payer} {row.receipt} {row.officer} {row.reference} {row.amount} {row.desk}"
