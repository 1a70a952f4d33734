"""A till from its float to the bank: counted blind, signed by two, every difference posted, nothing taken without one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.reception_payments.tills import Banking, Till, TillSession
from app.models.values import BankingState, Money, MoneyReceiptState, TakenBy, TillState
from app.services.core.errors import UserError, UserErrors
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.home import reception as home
from app.services.ledger.checks import check
from app.services.reception_payments.figures import queries as figures
from app.services.reception_payments.receipts import queries as receipts
from app.services.reception_payments.receipts import undoing
from app.services.reception_payments.receipts.dto.new import NewCheque
from app.services.reception_payments.receipts.dto.shown import ReceiptFilter
from app.services.reception_payments.tills import banked, banking, commands, queries, rules
from app.services.reception_payments.tills.acts import TillAct
from app.services.reception_payments.tills.dto import Count, NewBanking
from tests.factories import approving
from tests.services.reception_payments.conftest import TODAY, control
from tests.services.reception_payments.tills.conftest import FLOAT, at, cash_up, opened, take


def row(desk, session_id):
    return desk.ask(lambda ctx: ctx.session.get_one(TillSession, session_id))


def test_a_day_from_float_to_the_bank(desk, colleague, reception, till):
    """Float 50.00, cash of 100.00 and 20.00, a cheque of 80.00: 170.00 in the till, of which 120.00 and the cheque go."""
    session_id = opened(desk, till)
    take(desk, reception, 100_00, "a", tendered_pence=120_00)
    take(desk, reception, 20_00, "b")
    take(desk, reception, 80_00, "c", by=TakenBy.CHEQUE, cheque=NewCheque("A Sample", "Anybank", "000123"))

    counted = cash_up(desk, session_id, {2000: 8, 1000: 1}, cheques=(1, 80_00))
    assert (counted.counted.pence, counted.over.pence) == (170_00, 0)
    colleague.do(commands.sign, session_id)

    bag = NewBanking("click", reception.counter, (session_id,), " BAG 77 ")
    made = desk.do(banking.make, bag)
    assert desk.do(banking.make, bag) == made
    with pytest.raises(UserError, match="second officer"):
        desk.do(banking.seal, made)
    colleague.do(banking.seal, made)
    (deposit,) = desk.ask(banked.awaiting)
    assert (deposit.bag, deposit.cash.pence, deposit.cheques.pence) == ("BAG 77", 120_00, 80_00)
    assert deposit.total.pence == 200_00

    desk.do(banked.mark, made, 7, date(2026, 11, 23), 199_00)
    assert desk.ask(banked.awaiting) == ()
    desk.do(banked.unmark, 7)
    assert len(desk.ask(banked.awaiting)) == 1
    assert control(desk, "cash:counter") == 120_00
    assert not desk.ask(check)


def test_cash_and_cheques_need_a_till_that_the_officer_holds(desk, colleague, reception, till):
    with pytest.raises(UserError, match="No till is open at Campus West"):
        take(desk, reception, 10_00, "a")
    opened(desk, till)
    with pytest.raises(UserError, match="You hold no till at Campus West: Test Officer does"):
        take(colleague, reception, 10_00, "b")
    take(colleague, reception, 10_00, "c", by=TakenBy.TERMINAL, slip="S1")
    with pytest.raises(UserErrors, match="Hatfield takes no cash"):
        take(desk, reception, 10_00, "d", desk_id=reception.hatfield)


def test_a_till_is_opened_once_and_an_officer_holds_one(desk, colleague, till, reception):
    opened(desk, till)
    with pytest.raises(UserError, match="Test Officer holds it"):
        colleague.do(commands.open_till, till.id, FLOAT)
    other = desk.do(lambda ctx: _add(ctx, Till(desk_id=reception.counter, name="Till 2", float_pence=0)))
    with pytest.raises(UserError, match="You hold another till"):
        desk.do(commands.open_till, other, Count({}))


def _add(ctx, made):
    ctx.session.add(made)
    ctx.session.flush()
    return made.id


def test_another_float_than_usual_is_explained(desk, till):
    with pytest.raises(UserError, match=r"The float is £45\.00; it is usually £50\.00"):
        desk.do(commands.open_till, till.id, Count({500: 9}))
    assert desk.do(commands.open_till, till.id, Count({500: 9}, "Note of 5 pounds is torn")).over.pence == -5_00


@pytest.mark.parametrize(
    ("quantities", "over", "kept"),
    [({2000: 7, 500: 1, 100: 4}, -1_00, 99_00), ({2000: 7, 1000: 1, 50: 4}, 2_00, 102_00)],
)
def test_what_is_over_or_under_is_explained_and_posted(desk, colleague, reception, till, quantities, over, kept):
    """150.00 should be there: 149.00 or 152.00 is, so that the counter's cash is 99.00 or 102.00."""
    session_id = opened(desk, till)
    take(desk, reception, 100_00, "a")
    counted = cash_up(desk, session_id, quantities)
    assert counted.over.pence == over
    assert f"£{abs(over) // 100}.00 {'over' if over > 0 else 'under'}" in counted.told
    with pytest.raises(UserError, match="Say how the difference came about"):
        colleague.do(commands.sign, session_id)
    colleague.do(commands.sign, session_id, "Nobody knows")
    assert control(desk, "cash:counter") == kept
    assert control(desk, "unders_overs") == -over
    assert row(desk, session_id).why == "Nobody knows"
    assert not desk.ask(check)


def test_a_cash_up_is_signed_by_somebody_else_once(desk, colleague, till):
    session_id = opened(desk, till)
    with pytest.raises(UserError, match="isn't cashed up"):
        colleague.do(commands.sign, session_id)
    cash_up(desk, session_id, FLOAT.quantities)
    with pytest.raises(UserError, match="You held or counted this till"):
        desk.do(commands.sign, session_id)
    colleague.do(commands.sign, session_id)
    with pytest.raises(UserError, match="signed already"):
        colleague.do(commands.sign, session_id)
    with pytest.raises(UserError, match="is closed"):
        cash_up(desk, session_id, FLOAT.quantities)


def test_a_till_may_be_counted_again_before_it_is_signed_and_each_count_is_kept(desk, till):
    session_id = opened(desk, till)
    assert cash_up(desk, session_id, {1000: 4}).over.pence == -10_00
    assert cash_up(desk, session_id, FLOAT.quantities).over.pence == 0
    found = desk.ask(queries.counts, session_id)
    assert [(count.kind.value, count.pence) for count, _ in found] == [
        ("float", 50_00),
        ("cash_up", 40_00),
        ("cash_up", 50_00),
    ]
    assert found[1][1] == {1000: 4}


def test_a_missing_cheque_stops_the_cash_up(desk, colleague, reception, till):
    session_id = opened(desk, till)
    take(desk, reception, 80_00, "c", by=TakenBy.CHEQUE, cheque=NewCheque("A Sample", "Anybank", "000123"))
    cash_up(desk, session_id, FLOAT.quantities)
    with pytest.raises(UserError, match=r"0 cheques and postal orders of £0\.00 are in hand, and 1 of £80\.00"):
        colleague.do(commands.sign, session_id)


def test_nobody_knows_what_should_be_in_the_till_that_they_hold(desk, colleague, reception, till):
    session_id = opened(desk, till)
    take(desk, reception, 100_00, "a")
    take(desk, reception, 80_00, "c", by=TakenBy.CHEQUE, cheque=NewCheque("A Sample", "Anybank", "000123"))
    take(desk, reception, 30_00, "t", by=TakenBy.TERMINAL, slip="S1")
    shown = desk.ask(queries.session, session_id)
    assert (shown.cash, [each.value for each in shown.others]) == (None, ["terminal"])
    assert colleague.ask(queries.session, session_id).others[TakenBy.CHEQUE].pence == 80_00
    assert colleague.ask(queries.session, session_id).cash.pence == 100_00
    cash_up(desk, session_id, {2000: 7, 1000: 1})
    assert desk.ask(queries.session, session_id).cash.pence == 100_00


def test_a_voided_payment_is_out_of_the_till_until_it_is_counted(desk, till, reception):
    session_id = opened(desk, till)
    first, second = (take(desk, reception, pence, f"{pence}") for pence in (100_00, 20_00))

    said = (TODAY, MoneyReceiptState.VOID, "Wrong account")
    desk.do(lambda ctx: undoing.undo(approving.void(ctx, first.id), ctx.session.merge(first), *said))
    assert cash_up(desk, session_id, {2000: 3, 1000: 1}).over.pence == 0
    with pytest.raises(UserError, match="is cashed up, so it can't be void"):
        desk.do(lambda ctx: undoing.undo(ctx, ctx.session.merge(second), TODAY, MoneyReceiptState.VOID, "Late"))


def test_a_till_changes_hands_once_the_other_agrees_to_the_count(desk, colleague, reception, till):
    session_id = opened(desk, till)
    with pytest.raises(UserError, match="wasn't counted for you"):
        colleague.do(commands.take_over, session_id)
    desk.do(commands.hand_over, session_id, colleague.officer.id, FLOAT)
    take(desk, reception, 10_00, "a")
    assert TillAct.HAND_OVER in desk.ask(queries.session, session_id).acts
    with pytest.raises(UserError, match="Cash was taken since"):
        colleague.do(commands.take_over, session_id)
    short = desk.do(commands.hand_over, session_id, colleague.officer.id, Count({1000: 5}))
    assert (short.agrees, short.expected, short.over) == (False, None, None)
    assert short.told == "£50.00 counted, which isn't what should be there."
    assert [each.over for each in desk.ask(queries.session_card, session_id).counts] == [Money(0), None, None]
    right = desk.do(commands.hand_over, session_id, colleague.officer.id, Count({1000: 6}))
    assert (right.agrees, right.told) == (True, "£60.00 counted, as it should be.")
    colleague.do(commands.take_over, session_id)
    assert row(desk, session_id).holder_id == colleague.officer.id
    with pytest.raises(UserError, match="You hold no till"):
        take(desk, reception, 10_00, "b")
    take(colleague, reception, 10_00, "c")


def test_nobody_who_held_a_till_signs_its_session(desk, colleague, reception, till):
    """The clerk opened it and took 10.00, the colleague took it over and counts: a third officer signs."""
    session_id = opened(desk, till)
    take(desk, reception, 10_00, "a")
    desk.do(commands.hand_over, session_id, colleague.officer.id, Count({1000: 6}))
    colleague.do(commands.take_over, session_id)
    cash_up(colleague, session_id, {1000: 6})
    with pytest.raises(UserError, match="You held or counted this till"):
        desk.do(commands.sign, session_id)
    assert TillAct.SIGN not in desk.ask(queries.session, session_id).acts
    desk.do(add, NewOfficer("third", "Third Officer", frozenset({Role.FINANCE})))
    third = Desk.sit_down(desk.database, "third", desk.clock)
    assert TillAct.SIGN in third.ask(queries.session, session_id).acts
    third.do(commands.sign, session_id)
    assert row(desk, session_id).state is TillState.CLOSED


def test_what_lies_in_ones_own_open_till_is_in_no_sum(desk, colleague, reception, till):
    """100.00 in cash and 30.00 by card: whoever holds the till is told 30.00, a colleague and they after the count 130.00."""
    session_id = opened(desk, till)
    take(desk, reception, 100_00, "a")
    take(desk, reception, 30_00, "t", by=TakenBy.TERMINAL, slip="S1")
    told = desk.ask(receipts.totals, ReceiptFilter())
    assert (told.count, told.amount.pence, told.in_till) == (2, 30_00, 1)
    report = desk.ask(figures.report, TODAY, TODAY)
    sums = [[each.total.pence for each in rows] for rows in (report.channels, report.accounts, report.ways)]
    assert (report.total.pence, sums) == (30_00, [[30_00]] * 3)
    (line,) = [each for each in desk.ask(home.lines) if each.title == "I took today"]
    assert line.words == "2 payments"
    assert colleague.ask(receipts.totals, ReceiptFilter()).amount.pence == 130_00
    cash_up(desk, session_id, {1000: 15})
    assert desk.ask(receipts.totals, ReceiptFilter()).amount.pence == 130_00
    assert [each.total.pence for each in desk.ask(figures.report, TODAY, TODAY).channels] == [100_00, 30_00]


def test_a_spot_check_is_somebody_elses(desk, colleague, reception, till):
    session_id = opened(desk, till)
    take(desk, reception, 10_00, "a")
    with pytest.raises(UserError, match="You hold this till"):
        desk.do(commands.spot_check, session_id, FLOAT)
    assert colleague.do(commands.spot_check, session_id, FLOAT).told == "£50.00 counted: £10.00 under."
    assert row(desk, session_id).state is TillState.OPEN


def test_a_till_goes_on_past_midnight_but_not_for_another_day(desk, reception, till):
    """Opened on Saturday the 21st, it takes payments until three in the night."""
    session_id = opened(desk, till)
    night = at(desk, 2026, 11, 22, 0, 10)
    take(night, reception, 10_00, "a", taken_on=date(2026, 11, 22))
    morning = at(desk, 2026, 11, 22, 9)
    with pytest.raises(UserError, match="open since Sat 21 Nov"):
        take(morning, reception, 10_00, "b", taken_on=date(2026, 11, 22))
    assert morning.ask(queries.session, session_id).may_take is False
    assert morning.ask(queries.session, session_id).receipts == 1


def closed(desk, colleague, till, quantities=None):
    session_id = opened(desk, till)
    cash_up(desk, session_id, quantities or FLOAT.quantities)
    colleague.do(commands.sign, session_id, "Test")
    return session_id


def test_what_can_not_be_banked_is_said(desk, colleague, reception, till):
    session_id = closed(desk, colleague, till)

    def refused(match, *ids, bag="B1", desk_id=reception.counter, key="k"):
        with pytest.raises(UserError, match=match):
            desk.do(banking.make, NewBanking(key, desk_id, ids, bag))

    refused("nothing to bank", session_id)
    refused("Choose closed sessions", session_id, desk_id=reception.hatfield)
    refused("Choose closed sessions")
    refused("number printed on the bag", session_id, bag=" ")
    refused("less cash than their floats", closed(desk, colleague, till, {2000: 1}))
    refused("isn't signed yet", opened(desk, till))


def test_a_cancelled_banking_frees_its_sessions_and_its_bag(desk, colleague, reception, till):
    session_id = closed(desk, colleague, till, {2000: 3})
    made = desk.do(banking.make, NewBanking("one", reception.counter, (session_id,), "B1"))
    with pytest.raises(UserError, match="in a bag already"):
        desk.do(banking.make, NewBanking("two", reception.counter, (session_id,), "B2"))
    with pytest.raises(UserError, match="Say why"):
        desk.do(banking.cancel, made, "")
    desk.do(banking.cancel, made, "Bag torn")
    again = desk.do(banking.make, NewBanking("two", reception.counter, (session_id,), "B1"))
    states = desk.ask(lambda ctx: ctx.session.execute(select(Banking.number, Banking.state).order_by(Banking.id)).all())
    assert [tuple(each) for each in states] == [(1, BankingState.CANCELLED), (2, BankingState.MADE)]
    colleague.do(banking.seal, again)
    with pytest.raises(UserError, match="sealed or cancelled already"):
        desk.do(banking.cancel, again, "Late")


@given(st.dictionaries(st.sampled_from(rules.DENOMINATIONS), st.integers(0, 500)))
def test_a_count_is_the_sum_of_its_notes_and_coins(quantities):
    assert rules.fault_in_count(quantities) == ""
    assert rules.total(quantities) == sum(worth * number for worth, number in quantities.items())


def test_what_is_no_count_is_said():
    assert rules.fault_in_count({300: 1}) == "There is no note or coin of 300 pence."
    assert rules.fault_in_count({2000: -1}) == "-1 of £20 can't be right."
    assert [rules.named(each) for each in (2000, 50)] == ["£20", "50p"]
