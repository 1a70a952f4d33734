"""What the made-up landlord takes at its desks and from outside, and who comes: something in every state, and sound."""

from collections import Counter
from datetime import date

from sqlalchemy import func, select

from app.models.reception_payments.bank import BankLine, BoardDay
from app.models.reception_payments.cards import CardPayment
from app.models.reception_payments.files import ReceiptFile
from app.models.reception_payments.pay_cards import PayCard
from app.models.reception_payments.receipts import Receipt
from app.models.reception_payments.suspense import SuspenseItem
from app.models.reception_payments.tills import Banking, TillSession
from app.models.reception_payments.visits import Appointment, Visit
from app.models.values import (
    BankingState,
    BankLineState,
    BoardState,
    CardState,
    MoneyReceiptState,
    SuspenseState,
    TillState,
)
from app.services.ledger.checks import check
from app.services.reception_payments.board import figures
from app.services.reception_payments.suspense import queries as suspense
from tests.services.demonstration.conftest import TODAY

BEFORE = date(2025, 6, 6), date(2025, 6, 9)
"""The two working days before Tuesday 10 June 2025."""


def test_tills_were_banked_one_waits_to_be_signed_and_todays_is_open(begun):
    def look(ctx):
        rows = ctx.session.execute(select(TillSession.state, TillSession.counted_pence, TillSession.expected_pence))
        return (
            [(row.state, (row.counted_pence or 0) - (row.expected_pence or 0)) for row in rows],
            list(ctx.session.scalars(select(Banking.state))),
            Counter(ctx.session.scalars(select(Receipt.taken_by).where(Receipt.taken_on == TODAY))),
            ctx.session.scalar(select(func.count()).where(Receipt.state == MoneyReceiptState.VOID_ASKED)),
            Counter(ctx.session.scalars(select(CardPayment.state))),
        )

    sessions, bags, today, voids, cards = begun.ask(look)
    closed = TillState.CLOSED
    assert sessions == [(closed, 0), (closed, 0), (TillState.COUNTED, -2_00), (TillState.OPEN, 0)]
    assert bags == [BankingState.BANKED]
    assert today == {"cash": 3, "terminal": 1}
    assert voids == 1
    assert cards == {CardState.SUCCESS: 3, CardState.CANCELLED: 1, CardState.ASKED: 1}


def test_the_bank_agrees_but_for_one_line_that_nobody_knows(begun):
    def look(ctx):
        return (
            [figures.board(ctx, on) for on in BEFORE],
            list(ctx.session.scalars(select(BankLine.pence).where(BankLine.state == BankLineState.OPEN))),
            list(ctx.session.scalars(select(BoardDay.state).order_by(BoardDay.on))),
        )

    (before, yesterday), open_, boards = begun.ask(look)
    assert before.green
    assert not yesterday.green
    assert not any(channel.unexplained.pence for channel in yesterday.channels)
    assert open_ == [55_00]
    assert boards == [BoardState.SIGNED, BoardState.PREPARED]


def test_suspense_holds_an_old_stray_one_that_waits_and_one_with_swapped_digits(begun):
    items = begun.ask(suspense.listed)
    assert [each.state for each in items].count(SuspenseState.PROPOSED) == 1
    assert (TODAY - min(each.received_on for each in items)).days > 14
    stray = next(each for each in items if each.left.pence == 87_35)
    (first, *_) = begun.ask(suspense.candidates, stray.item_id)
    assert "Two digits are swapped" in first.reasons[0]
    assert begun.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(SuspenseItem))) == 5


def test_files_cards_visits_and_appointments_are_there_and_the_ledger_is_whole(begun):
    def look(ctx):
        counts = [ctx.session.scalar(select(func.count()).select_from(each)) for each in (ReceiptFile, Appointment)]
        return (
            counts,
            set(ctx.session.scalars(select(PayCard.state))),
            set(ctx.session.scalars(select(Visit.state))),
            check(ctx),
        )

    counts, cards, visits, faults = begun.ask(look)
    assert counts == [2, 2]
    assert cards == {"ended", "issued", "refused", "in_file", "ordered"}
    assert visits == {"waiting", "done"}
    assert not faults
