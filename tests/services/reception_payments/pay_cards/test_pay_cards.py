"""Pay point cards: references by policy, one card on order an account, once in a file, answered once."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.diary import Task
from app.models.letters import Outgoing
from app.models.reception_payments.pay_cards import PayCard
from app.models.values import PayCardReason, PayCardState, PaymentMethod
from app.services.core.cards import luhn
from app.services.core.errors import UserError
from app.services.reception_payments.callers import queries as callers
from app.services.reception_payments.pay_cards import answers, commands, daily, queries, references, rules
from tests.factories import lettings, purchasing
from tests.prepared import prepared

FIRST = "9826000000000000017"
"""By Luhn: doubled 8, 6 and 1 give 7, 3 and 2, with 9 and 2 that is 23, so the last digit is 7."""
SECOND = "9826000000000000025"


@prepared
def two(desk):
    """Two accounts, and a supplier's prefix."""

    def make(ctx):
        purchasing.policy(ctx, "pay_cards.prefix", "9826")
        return [lettings.letting(ctx, reference=f"8000000{at}").account.id for at in (1, 2)]

    return desk.do(make)


def states(desk):
    rows = select(PayCard.reference, PayCard.state).order_by(PayCard.id)
    return dict(desk.ask(lambda ctx: ctx.session.execute(rows).all()))


def answer(folder, *rows, name="answer.csv"):
    path = folder / name
    path.write_text("\n".join(["Card reference,Status,Message", *rows]), encoding="utf-8")
    return answers.read(path)


def test_a_reference_is_the_prefix_a_number_and_the_check_digit():
    """6,300,000,007 leaves 66 by 97, a hundred times that 4, and 98 less 4 is 94."""
    assert rules.reference("9826", 19, "mod10", 1) == FIRST
    assert rules.reference("9826", 12, "none", 42) == "982600000042"
    assert rules.reference("63", 12, "mod97", 7) == "630000000794"
    with pytest.raises(ValueError, match="no room"):
        rules.reference("9826", 12, "none", 123_456_789)


@given(st.integers(1, 10**13), st.sampled_from(["9826", "63", "7"]))
def test_a_luhn_reference_has_its_length_and_passes(number, prefix):
    made = rules.reference(prefix, 19, "mod10", number)
    assert len(made) == 19
    assert luhn(made)


@pytest.mark.parametrize(
    ("prefix", "length", "scheme", "said"),
    [
        ("not set", 19, "mod10", "isn't set"),
        ("98a6", 19, "mod10", "isn't digits"),
        ("98260000", 12, "mod10", "no room"),
        ("9826", 19, "mod9", "no way to make"),
    ],
)
def test_a_scheme_that_can_not_work_is_said(prefix, length, scheme, said):
    assert said in rules.fault_in_scheme(prefix, length, scheme)


def test_nothing_is_ordered_before_the_prefix_is_known(desk):
    account_id = desk.do(lambda ctx: lettings.letting(ctx).account.id)
    with pytest.raises(UserError, match="prefix isn't set"):
        desk.do(commands.order, [account_id])
    assert states(desk) == {}


def test_cards_are_ordered_once_an_account(desk, two):
    done = desk.do(commands.order, two)
    assert states(desk) == {FIRST: PayCardState.ORDERED, SECOND: PayCardState.ORDERED}
    assert done.told == "2 cards ordered."
    with pytest.raises(UserError, match="is on order already"):
        desk.do(commands.order, two[:1])
    assert "80000002 is on order already" in desk.do(commands.order, two).told
    assert len(states(desk)) == 2


def test_a_file_has_each_card_once_with_where_it_goes(desk, two):
    desk.do(commands.order, two)
    made = desk.do(commands.make_file, "click 1")
    assert (made.number, made.count) == (1, 2)
    assert desk.do(commands.make_file, "click 1").file_id == made.file_id
    with pytest.raises(UserError, match="No card is on order"):
        desk.do(commands.make_file, "click 2")
    content, name = desk.do(commands.hand_out, made.file_id)
    lines = content.decode("utf-8-sig").splitlines()
    assert name == "Pay point cards 1.csv"
    assert lines[1].startswith(f"{FIRST},80000001,Mx Alex Sample,1 Sample Close,")
    assert lines[1].endswith("First card")
    assert len(lines) == 3


def test_the_answer_issues_cards_with_a_letter_and_tells_of_those_refused(desk, two, tmp_path):
    desk.do(commands.order, two)
    desk.do(commands.make_file, "click")
    done = desk.do(commands.take_answer, answer(tmp_path, f"{FIRST},Issued,", f"{SECOND},Rejected,No postcode"))
    assert (done.issued, done.refused, done.letters) == (1, 1, 1)
    assert states(desk) == {FIRST: PayCardState.ISSUED, SECOND: PayCardState.REFUSED}
    assert desk.ask(queries.of_account, two[1])[0].words == "No postcode"
    assert desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing.title)).all()) == ["Pay point card"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([f"{FIRST},Issued,", "9826000000000000033,Issued,"], "Row 3: No card of ours"),
        ([f"{FIRST},Issued,", f"{FIRST},Issued,"], "Row 3: This card is in the file twice"),
        ([f"{FIRST},Perhaps,"], "'Perhaps' is not known here"),
    ],
)
def test_an_answer_with_a_fault_is_not_taken_at_all(desk, two, tmp_path, rows, said):
    desk.do(commands.order, two)
    desk.do(commands.make_file, "click")
    with pytest.raises(UserError) as refused:
        desk.do(commands.take_answer, answer(tmp_path, *rows))
    assert said in str(refused.value)
    assert set(states(desk).values()) == {PayCardState.IN_FILE}


def test_an_answer_is_taken_once(desk, two, tmp_path):
    desk.do(commands.order, two)
    desk.do(commands.make_file, "click")
    file = answer(tmp_path, f"{FIRST},Issued,")
    desk.do(commands.take_answer, file)
    with pytest.raises(UserError, match="was read before"):
        desk.do(commands.take_answer, replace(file, path=tmp_path / "again.csv"))


def issued(desk, two, folder):
    desk.do(commands.order, two[:1])
    desk.do(commands.make_file, "first")
    desk.do(commands.take_answer, answer(folder, f"{FIRST},Issued,"))


def test_a_lost_card_ends_at_once_and_still_finds_its_account(desk, two, tmp_path):
    issued(desk, two, tmp_path)
    with pytest.raises(UserError, match="say why it is replaced"):
        desk.do(commands.order, two[:1])
    desk.do(commands.order, two[:1], PayCardReason.LOST)
    assert states(desk) == {FIRST: PayCardState.ENDED, SECOND: PayCardState.ORDERED}
    assert desk.ask(references.accounts_of, [FIRST, SECOND, "1"]) == {FIRST: two[0], SECOND: two[0]}


def test_a_damaged_card_goes_on_until_the_new_one_is_there(desk, two, tmp_path):
    issued(desk, two, tmp_path)
    desk.do(commands.order, two[:1], PayCardReason.DAMAGED)
    assert states(desk)[FIRST] is PayCardState.ISSUED
    desk.do(commands.make_file, "second")
    desk.do(commands.take_answer, answer(tmp_path, f"{SECOND},Issued,", name="second.csv"))
    assert states(desk) == {FIRST: PayCardState.ENDED, SECOND: PayCardState.ISSUED}


def test_a_card_is_cancelled_with_a_reason_unless_the_supplier_has_it(desk, two):
    card = desk.do(commands.order, two[:1]).card_ids[0]
    with pytest.raises(UserError, match="Say why"):
        desk.do(commands.cancel, card, " ")
    desk.do(commands.cancel, card, "Pays by Direct Debit now")
    assert states(desk) == {FIRST: PayCardState.ENDED}
    card = desk.do(commands.order, two[:1]).card_ids[0]
    desk.do(commands.make_file, "click")
    with pytest.raises(UserError, match="with the supplier"):
        desk.do(commands.cancel, card, "Moved")


def test_new_accounts_that_pay_by_card_get_one_each_morning_once(desk, two):
    """Of three accounts one pays by card and was opened this week."""
    today = date(2026, 11, 16)

    def make(ctx):
        let = lettings.letting(ctx, start_on=today)
        let.tenancy.payment_method = PaymentMethod.PAYMENT_CARD
        let.account.opened_on = today
        return let.account.id

    account_id = desk.do(make)
    desk.do(daily.run)
    desk.do(daily.run)
    assert [row.account_id for row in desk.ask(queries.listed)] == [account_id]
    desk.do(lambda ctx: purchasing.policy(ctx, "pay_cards.automatic", "no"))
    assert desk.ask(lambda ctx: ctx.session.scalars(select(Task.id)).all()) == []


def test_whoever_hands_over_a_card_is_found_by_it_also_by_one_that_ended(desk, two):
    made = desk.do(commands.order, [two[0]])
    desk.do(commands.cancel, made.card_ids[0], "Lost")
    assert [row.account_id for row in desk.ask(callers.find, FIRST)] == [two[0]]


def test_the_file_has_the_columns_that_the_supplier_asks_for(desk, two):
    desk.do(lambda ctx: purchasing.policy(ctx, "pay_cards.columns", "name=Cardholder, reference=PRN, postcode"))
    desk.do(commands.order, [two[0]])
    made = desk.do(commands.make_file, "one")
    content, _ = desk.do(commands.hand_out, made.file_id)
    head, line = content.decode("utf-8-sig").splitlines()
    assert head == "Cardholder,PRN,Postcode"
    assert line.split(",")[1] == FIRST


@pytest.mark.parametrize(
    ("text", "why"), [("reference, colour", "no column"), ("name", "needs the card"), ("reference, reference", "twice")]
)
def test_columns_that_there_are_not_are_said(text, why):
    with pytest.raises(ValueError, match=why):
        rules.columns(text)
