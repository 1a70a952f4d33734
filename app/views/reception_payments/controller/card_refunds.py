"""Refunds to cards: listed, their approval opened, and the slip of one at the terminal typed."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.values import CardRefundState, Subject
from app.services.core.context import Context
from app.services.core.permissions import Permission
from app.services.reception_payments.cards.dto.refunds import CardRefundRow, RefundMoved
from app.services.reception_payments.cards.refunds import commands, queries
from app.services.reception_payments.cards.rules import REFUND_STATES
from app.views.common.office import Office
from app.views.common.register_desk import Listing, RegisterDesk
from app.views.common.register_page import RegisterPage
from app.views.common.sheet_work import open_sheet
from app.views.reception_payments.card_sheets import SlipSheet
from app.views.reception_payments.card_tables import REFUNDS

_OPEN = frozenset(
    {CardRefundState.WAITING, CardRefundState.APPROVED, CardRefundState.SENDING, CardRefundState.SUBMITTED}
)
_CHOICES = (
    ("Open", _OPEN),
    ("Failed", frozenset({CardRefundState.FAILED})),
    ("All", frozenset(CardRefundState)),
)


class CardRefundsController(RegisterDesk[CardRefundRow]):
    """Joins the section Card refunds to the services."""

    def __init__(self, office: Office) -> None:
        page: RegisterPage[CardRefundRow] = RegisterPage(
            "Card refunds",
            REFUNDS,
            stretch="words",
            choices=_CHOICES,
            placeholder="A receipt, a reason or an officer",
            noun=("refund", "refunds"),
            empty="No refund to a card is here. Ctrl+B in Card payments asks for one.",
            key=lambda row: row.refund_id,
            areas=frozenset({"reception_payments", "approvals"}),
            help_topic="reception_payments",
        )
        super().__init__(office, page, Listing(_listed, lambda choice, _words: choice))
        page.action("Ctrl+Shift+A", "Open its approval", "account-check-outline", self._approval, fits=_waits)
        self.offer_account(primary=False)
        if Permission.TAKE_PAYMENTS in office.desk.officer.permissions:
            page.action(
                "Ctrl+Return",
                "Given back at the terminal",
                "receipt-text-outline",
                self._slip,
                fits=_wants_slip,
                primary=True,
            )

    def show(self, found: Sequence[CardRefundRow]) -> None:
        """Show those in which every word that is typed stands."""
        self.page.show_rows(self.page.found_among(found, _text), self.said(found))

    def _approval(self, row: CardRefundRow) -> None:
        if row.request_id is not None:
            self.office.open_record(Subject.APPROVAL, row.request_id)

    def _slip(self, row: CardRefundRow) -> None:
        sheet = SlipSheet(self.page, row)

        def note(ctx: Context, slip: str) -> RefundMoved:
            return commands.note_slip(ctx, row.refund_id, slip)

        open_sheet(self.office, sheet, note, sheet.command, "")


def _listed(ctx: Context, states: frozenset[CardRefundState]) -> tuple[CardRefundRow, ...]:
    return tuple(row for row in queries.listed(ctx) if row.state in states)


def _waits(row: CardRefundRow) -> bool:
    return row.state is CardRefundState.WAITING and row.request_id is not None


def _wants_slip(row: CardRefundRow) -> bool:
    return row.state is CardRefundState.APPROVED and row.at_terminal


def _text(row: CardRefundRow) -> str:
    return f"{row.receipt} {row.why} {row.asked_by} {row.approved_by} {row.amount} {REFUND_STATES[row.state]}"
