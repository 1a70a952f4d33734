"""Takings by day, way, desk, officer, hour and account, what was taken back, and how long people waited."""

from datetime import date

import pytest

from app.models.values import Money, MoneyReceiptState, TakenBy
from app.services.core.errors import UserError
from app.services.reception_payments.figures import queries
from app.services.reception_payments.figures.dto import Taken
from app.services.reception_payments.receipts import recording, undoing
from app.services.reception_payments.receipts.dto.new import NewShare
from tests.factories import approving
from tests.services.reception_payments.conftest import TODAY, payment


def take(desk, reception, pence, key, account=None, **rest):
    new = payment(reception, NewShare(pence, account or reception.rent), key=key, **rest)
    return desk.do(recording.record, new)


@pytest.fixture
def taken(desk, colleague, reception):
    """Cash of 100.00 and 20.00, a card at the terminal of 30.00 for somebody else, a card by telephone of 50.00, and 9.00 voided."""
    take(desk, reception, 100_00, "a")
    take(desk, reception, 20_00, "b")
    take(colleague, reception, 30_00, "c", reception.other, by=TakenBy.TERMINAL, slip="S1")
    take(desk, reception, 50_00, "d", by=TakenBy.CARD, slip="pay1")
    void = take(desk, reception, 9_00, "e")
    desk.do(
        lambda ctx: undoing.undo(
            approving.void(ctx, void.id), ctx.session.merge(void), TODAY, MoneyReceiptState.VOID, "Wrong amount"
        )
    )


def test_what_was_taken_is_summed_each_way_and_a_void_is_not(desk, reception, taken):
    found = desk.ask(queries.report, TODAY, TODAY)
    assert (found.count, found.total, found.taken_back) == (4, Money(200_00), Money(9_00))
    assert found.ways == (
        Taken("Cash", 2, Money(120_00)),
        Taken("Card by telephone", 1, Money(50_00)),
        Taken("Card at the terminal", 1, Money(30_00)),
    )
    assert found.desks == (Taken("Campus West", 4, Money(200_00)),)
    assert [(each.name, each.total.pence) for each in found.officers] == [
        ("Test Officer", 170_00),
        ("Test Colleague", 30_00),
    ]
    (hour,) = found.hours
    assert (hour.name, hour.count) == ("12:00 to 12:59", 4)
    (day,) = found.days
    assert (day.on, day.count, day.desks.pence, day.telephone.pence) == (TODAY, 4, 150_00, 50_00)
    assert [(each.account_id, each.count, each.total.pence) for each in found.accounts] == [
        (reception.rent, 3, 170_00),
        (reception.other, 1, 30_00),
    ]
    assert [(each.code, each.count, each.total.pence) for each in found.channels] == [
        ("RCO", 4, 120_00),
        ("RCP", 2, 80_00),
    ]


def test_what_was_taken_back_is_told_with_the_reason(desk, taken):
    (back,) = desk.ask(queries.report, TODAY, TODAY).undone
    assert (back.number, back.amount, back.state, back.why) == (
        "WGC000005",
        Money(9_00),
        MoneyReceiptState.VOID,
        "Wrong amount",
    )


def test_other_days_and_no_days_have_nothing(desk, taken):
    found = desk.ask(queries.report, date(2026, 11, 1), date(2026, 11, 20))
    assert (found.count, found.days, found.average_wait) == (0, (), None)
    with pytest.raises(UserError, match="before the first"):
        desk.ask(queries.report, TODAY, date(2026, 11, 20))
    with pytest.raises(UserError, match="At most 400 days"):
        desk.ask(queries.report, date(2025, 1, 1), TODAY)


def test_the_figures_take_as_few_statements_for_many_receipts(desk, reception, query_log):
    take(desk, reception, 1_00, "first")
    query_log.clear()
    desk.ask(queries.report, TODAY, TODAY)
    few = len(query_log)
    for at in range(8):
        take(desk, reception, 1_00, f"{at}")
    query_log.clear()
    desk.ask(queries.report, TODAY, TODAY)
    assert len(query_log) == few
