"""What a match can't be: money that no bank has, money that lies in a till, benefit on a garage."""

from dataclasses import replace

import pytest

from app.models.values import BankPart
from app.services.approvals import commands as approvals
from app.services.core.errors import UserError
from app.services.ledger import queries as ledger
from app.services.ledger.checks import check
from app.services.reception_payments.bank import commands, screen
from app.services.reception_payments.bank.kept import NewMatch, OtherPart, Straight
from app.services.reception_payments.tills import banking
from app.services.reception_payments.tills import commands as tills
from app.services.reception_payments.tills.dto import NewBanking
from tests.services.reception_payments.bank.conftest import load, statement
from tests.services.reception_payments.bank.test_matching import card, keys, line_ids, match
from tests.services.reception_payments.conftest import control
from tests.services.reception_payments.tills.conftest import cash_up, opened, take, till

__all__ = ["till"]


@pytest.mark.parametrize("part", [BankPart.ELSEWHERE, BankPart.DIFFERENCE, BankPart.FEE])
def test_a_payment_is_never_more_than_the_bank_has(desk, bank, reception, tmp_path, part):
    """1.00 at the bank isn't 500.00 on an account with 499.00 that is said to be something else."""
    load(desk, statement(tmp_path, (20, 1_00, "70 0001")))
    with pytest.raises(UserError, match=r"come to more than the £1\.00 of the bank"):
        match(
            desk,
            bank,
            line_ids(desk),
            straight=(Straight(reception.rent, 500_00),),
            parts=(OtherPart(part, -499_00, "It is"),),
        )
    assert desk.ask(ledger.balance, reception.rent).pence == 0


def test_a_payment_is_not_taken_from_suspense_or_another_account(desk, bank, reception, tmp_path):
    load(desk, statement(tmp_path, (20, 1_00, "70 0001")))
    much, less = Straight(reception.rent, 500_00), Straight(reception.other, -499_00)
    with pytest.raises(UserError, match="or go the other way"):
        match(desk, bank, line_ids(desk), straight=(much,), to_suspense=-499_00)
    with pytest.raises(UserError, match="or go the other way"):
        match(desk, bank, line_ids(desk), straight=(much, less))
    assert control(desk, "suspense") == 0


@pytest.mark.parametrize(("part", "said"), [(BankPart.DIFFERENCE, "counted nothing"), (BankPart.FEE, "A fee is kept")])
def test_a_fee_and_a_difference_are_of_what_was_receipted(desk, bank, reception, tmp_path, part, said):
    """10.00 that went out isn't 4.00 of an account and 6.00 kept back: nothing was receipted that it could be kept of."""
    load(desk, statement(tmp_path, (20, -10_00, "70 0001")))
    straight = (Straight(reception.rent, -4_00),)
    with pytest.raises(UserError, match=said):
        match(desk, bank, line_ids(desk), straight=straight, parts=(OtherPart(part, -6_00, "Because"),))


def test_a_charge_of_the_bank_by_itself_is_a_fee(desk, bank, reception, tmp_path):
    load(desk, statement(tmp_path, (20, -5_00, "CHARGES")))
    match(desk, bank, line_ids(desk), parts=(OtherPart(BankPart.FEE, -5_00, "The bank's own for October"),))
    assert control(desk, "settlement_fees") == 5_00


def test_what_lies_in_a_till_or_an_unsealed_bag_is_not_at_the_bank(desk, colleague, bank, till, reception, tmp_path):
    """100.00 in cash: neither of the open till, nor of its bag before a second officer sealed it, nor by hand afterwards."""
    session_id = opened(desk, till)
    take(desk, reception, 100_00, "a")
    load(desk, statement(tmp_path, (21, 100_00, "FASTER PAYMENT")))
    assert desk.ask(screen.in_transit) == ()
    with pytest.raises(UserError, match="lies in a till"):
        match(desk, bank, line_ids(desk), entries=keys(desk))
    cash_up(desk, session_id, {2000: 7, 1000: 1})
    colleague.do(tills.sign, session_id)
    made = desk.do(banking.make, NewBanking("bag", reception.counter, (session_id,), "BAG 1"))
    with pytest.raises(UserError, match="in a bag that isn't sealed"):
        match(desk, bank, line_ids(desk), entries=keys(desk))
    assert desk.ask(screen.in_transit) == ()
    colleague.do(banking.seal, made)
    assert [each.banking_id for each in desk.ask(screen.in_transit)] == [made]
    match(desk, bank, line_ids(desk), banking_ids=(made,))
    assert control(desk, "cash:counter") == 0


def test_benefit_goes_to_rent_only(desk, bank, reception, tmp_path):
    load(desk, statement(tmp_path, (20, 80_00, "DWP")))
    with pytest.raises(UserError, match="Benefit goes to rent only"):
        match(desk, bank, line_ids(desk), straight=(Straight(reception.garage, 80_00, "universal_credit"),))
    match(desk, bank, line_ids(desk), straight=(Straight(reception.rent, 80_00, "universal_credit"),))
    assert desk.ask(ledger.balance, reception.rent).pence == -80_00


def test_a_difference_above_what_one_officer_accepts_is_matched_by_a_second(desk, colleague, bank, reception, tmp_path):
    """200.00 by card; the bank has 150.00: 50.00 less is more than the 10.00 of one officer."""
    card(desk, reception, 200_00, "S1")
    load(desk, statement(tmp_path, (20, 150_00, "CARDS")))
    less = (OtherPart(BankPart.DIFFERENCE, -50_00, "Nobody knows"),)
    new = NewMatch("one", bank.id, tuple(line_ids(desk)), entries=keys(desk), parts=less)
    done = desk.do(commands.match, new)
    assert (done.match_ids, done.told) == (
        (),
        "The difference is more than one officer may accept: the match waits for a second one.",
    )
    assert control(desk, "cash:card") == 200_00
    assert desk.ask(screen.standing, bank.id, None).waiting == {line_ids(desk)[0]: done.request_id}
    assert not desk.ask(screen.standing, bank.id, None).proposals
    with pytest.raises(UserError, match=f"waits for a second officer already: request {done.request_id}"):
        desk.do(commands.match, replace(new, entry_key="two", words="Asked for twice"))
    with pytest.raises(UserError):
        desk.do(approvals.approve, [done.request_id])
    colleague.do(approvals.approve, [done.request_id])
    assert (control(desk, "cash:card"), control(desk, "unders_overs")) == (0, 50_00)
    assert not desk.ask(screen.standing, bank.id, None).waiting
    assert not desk.ask(check)


def test_one_officer_accepts_a_small_difference(desk, bank, reception, tmp_path):
    card(desk, reception, 200_00, "S1")
    load(desk, statement(tmp_path, (20, 190_00, "CARDS")))
    match(desk, bank, line_ids(desk), entries=keys(desk), parts=(OtherPart(BankPart.DIFFERENCE, -10_00, "Short"),))
    assert control(desk, "unders_overs") == 10_00


def test_one_line_goes_to_several_accounts_and_adds_up(desk, bank, reception, tmp_path):
    """100.00 of one payer: 60.00 for the rent, 30.00 for the garage, 10.00 that nobody knows."""
    load(desk, statement(tmp_path, (20, 100_00, "A SAMPLE")))
    both = (Straight(reception.rent, 60_00), Straight(reception.garage, 30_00))
    with pytest.raises(UserError, match=r"£10\.00 is not explained"):
        match(desk, bank, line_ids(desk), straight=both)
    match(desk, bank, line_ids(desk), straight=both, to_suspense=10_00)
    owed = [desk.ask(ledger.balance, each).pence for each in (reception.rent, reception.garage)]
    assert (owed, control(desk, "suspense")) == ([-60_00, -30_00], -10_00)
    assert not desk.ask(check)
