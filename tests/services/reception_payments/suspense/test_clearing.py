"""Money out of suspense: ranked with reasons, confirmed by one and approved by another, on its day, once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.access import DeclaredAccount, RestrictedRecord
from app.models.ledger import Entry
from app.models.reception_payments.suspense import KnownPayer
from app.models.values import Fund, Money, Relation, Subject, SuspenseState
from app.services.approvals import commands as approvals
from app.services.approvals import queries as approval_queries
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.documents.dto import NewFile
from app.services.ledger import queries as ledger
from app.services.ledger.checks import check
from app.services.reception_payments.suspense import commands, queries, rules
from app.services.reception_payments.suspense.dto import NewPart
from app.services.reception_payments.suspense.rules import Weight
from app.services.rent.search import refresh_search
from tests.factories import lettings, purchasing
from tests.services.reception_payments.conftest import control, may_refund
from tests.services.reception_payments.suspense.held import DAY, alone, clear, hold


def balance(desk, account_id):
    return desk.ask(ledger.balance, account_id).pence


def reasons(desk, item):
    return [(each.account.account_id, each.score, each.reasons) for each in desk.ask(queries.candidates, item.id)]


def test_a_swapped_digit_is_found_with_its_reason(desk, reception):
    """70 0001 is given as 70 0010."""
    item = hold(desk, reference_given="700010")
    assert reasons(desk, item) == [
        (reception.rent, Weight.SWAPPED, ("Two digits are swapped: 700010 was given for 700001",))
    ]


def test_reasons_add_up_and_the_likeliest_comes_first(desk, reception):
    """One digit wrong and the payer's name together are 100; the name alone is 40."""
    desk.do(refresh_search)
    item = hold(desk, narrative="RENT 700003", payer_name="MR ALEX SAMPLE")
    found = {account: (score, why) for account, score, why in reasons(desk, item)}
    assert found[reception.rent] == (
        Weight.DIGIT + Weight.NAME,
        ("One digit is another: 700003 was given for 700001", "The payer's name: Mx Alex Sample"),
    )
    assert found[reception.other][0] == Weight.DIGIT
    assert next(iter(found)) == reception.rent


def test_an_amount_that_is_usually_paid_is_a_reason(desk, reception):
    alone(desk)
    for line in (1, 2):
        item = hold(desk, pence=87_65, line=line, on=date(2026, 10, line))
        clear(desk, item, NewPart(87_65, reception.other))
    found = reasons(desk, hold(desk, pence=87_65, line=3))
    assert found == [(reception.other, Weight.USUAL, ("£87.65 was paid 2 times lately",))]


def test_the_day_on_which_it_usually_comes_is_a_reason(desk, reception):
    """87.65 on 13 September, 14 October and now on 13 November: 25 for the amount and 15 for the day."""
    alone(desk)
    for line, on in ((1, date(2026, 9, 13)), (2, date(2026, 10, 14))):
        clear(desk, hold(desk, pence=87_65, line=line, on=on), NewPart(87_65, reception.other))
    item = hold(desk, pence=87_65, line=3)
    words = ("£87.65 was paid 2 times lately", "It came usually about the 13th")
    assert reasons(desk, item) == [(reception.other, Weight.USUAL + Weight.DAY, words)]
    (found,) = desk.ask(queries.candidates, item.id)
    assert found.paid == ((date(2026, 10, 14), Money(87_65)), (date(2026, 9, 13), Money(87_65)))


@pytest.mark.parametrize(
    ("paid", "on", "words"),
    [
        (((10, 30), (11, 6)), (11, 13), "usually on a Friday"),
        (((9, 30), (10, 31)), (11, 30), "usually about the 30th"),
        (((9, 30), (10, 31)), (12, 1), "usually about the 1st"),
        (((10, 30), (11, 6)), (11, 14), ""),
        (((10, 13),), (11, 13), ""),
        (((9, 3), (10, 13)), (11, 13), ""),
    ],
)
def test_a_usual_day_is_of_the_week_or_of_the_month(paid, on, words):
    assert rules.usual_day([date(2026, *each) for each in paid], date(2026, *on)) == words


def test_nothing_that_speaks_for_anybody_finds_nobody(desk, reception):
    assert reasons(desk, hold(desk, narrative="A B")) == []


def test_an_item_goes_to_its_account_on_the_day_it_was_paid(desk, reception):
    alone(desk)
    item = hold(desk)
    assert clear(desk, item, NewPart(50_00, reception.rent, why="Asked the payer")).request_id is None
    rows = select(Entry.code, Entry.pence, Entry.effective_on).where(Entry.account_id == reception.rent)
    assert [tuple(row) for row in desk.ask(lambda ctx: ctx.session.execute(rows).all())] == [("RBP", -50_00, DAY)]
    assert (control(desk, "suspense"), control(desk, "cash:bank")) == (0, 50_00)
    assert desk.ask(queries.item, item.id).state is SuspenseState.CLEARED
    assert not desk.ask(check)


def test_an_item_is_split_and_what_is_not_said_stays(desk, reception):
    """50.00: 30.00 to the rent, 12.50 to parking, which is of the General Fund and is owed them by the HRA; 7.50 stays."""
    alone(desk)
    item = hold(desk)
    clear(desk, item, NewPart(30_00, reception.rent), NewPart(12_50, stream_id=reception.income))
    left = desk.ask(queries.item, item.id)
    assert (left.left, left.state) == (Money(7_50), SuspenseState.OPEN)
    assert (balance(desk, reception.rent), control(desk, "suspense")) == (-30_00, -7_50)
    between = control(desk, "between_funds"), control(desk, "between_funds", Fund.GENERAL)
    assert between == (-12_50, 12_50)
    assert not desk.ask(check)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((), "Say where it goes"),
        ((NewPart(60_00, 1),), r"come to £60\.00, and the item holds £50\.00"),
        ((NewPart(-5_00, 1),), "more than nothing"),
        ((NewPart(5_00, 1, 1),), "not to both"),
        ((NewPart(5_00),), "Say why it goes back"),
        ((NewPart(5_00, 1),), "no such account"),
    ],
)
def test_what_can_not_be_is_said_and_nothing_moves(desk, reception, parts, said):
    item = hold(desk)
    with pytest.raises(UserError, match=said):
        clear(desk, item, *parts)
    assert (control(desk, "suspense"), desk.ask(queries.item, item.id).left) == (-50_00, Money(50_00))


def test_a_second_officer_approves_what_is_above_the_limit(desk, colleague, reception):
    item = hold(desk)
    asked = clear(desk, item, NewPart(50_00, reception.rent, why="Swapped digit"), learn=True)
    assert desk.ask(queries.item, item.id).state is SuspenseState.PROPOSED
    assert balance(desk, reception.rent) == 0
    with pytest.raises(UserError):
        desk.do(approvals.approve, [asked.request_id])
    colleague.do(approvals.approve, [asked.request_id])
    assert balance(desk, reception.rent) == -50_00
    (move,) = desk.ask(queries.moves, item.id)
    assert (move.confirmed_by, move.approved_by, move.why) == ("Test Officer", "Test Colleague", "Swapped digit")
    assert not desk.ask(check)


def test_small_parts_of_a_large_item_are_no_way_round_a_second_officer(desk, colleague, reception):
    """100.00 is one officer's; a tenth of 1,000.00 isn't."""
    alone(desk)
    item = hold(desk, 1_000_00)
    assert clear(desk, item, NewPart(100_00, reception.rent, why="The name")).request_id is not None
    assert balance(desk, reception.rent) == 0


def test_benefit_goes_to_rent_only(desk, reception):
    item = hold(desk, 80_00, code="RUC")
    for part in (NewPart(80_00, reception.garage, why="x"), NewPart(80_00, stream_id=reception.income, why="x")):
        with pytest.raises(UserError, match="Benefit goes to rent only"):
            clear(desk, item, part)


def test_what_is_refused_stays_in_suspense(desk, colleague, reception):
    item = hold(desk)
    asked = clear(desk, item, NewPart(50_00, reception.rent, why="The name"))
    colleague.do(approvals.refuse, [asked.request_id], "Somebody else's")
    row = desk.ask(queries.item, item.id)
    assert (row.state, row.left, balance(desk, reception.rent)) == (SuspenseState.OPEN, Money(50_00), 0)


def test_money_is_sent_back_by_two_and_is_in_refunds(desk, colleague, reception):
    may_refund(desk, colleague)
    alone(desk)
    item = hold(desk)
    asked = clear(desk, item, NewPart(50_00, why="Meant for another landlord, back to the bank it came from"))
    assert desk.ask(queries.item, item.id).state is SuspenseState.REFUND_ASKED
    colleague.do(approvals.approve, [asked.request_id])
    assert (control(desk, "suspense"), control(desk, "refunds")) == (0, -50_00)
    assert desk.ask(queries.item, item.id).state is SuspenseState.REFUNDED
    assert not desk.ask(check)


def test_a_payer_is_remembered_and_proposed_the_next_time(desk, reception):
    alone(desk)
    clear(desk, hold(desk, payer_name="Sample & Sons"), NewPart(50_00, reception.other), learn=True)
    found = reasons(desk, hold(desk, line=2, payer_name="SAMPLE AND SONS"))
    assert found == []
    found = reasons(desk, hold(desk, line=3, payer_name="SAMPLE & SONS"))
    assert found[0][:2] == (reception.other, Weight.PAYER)
    assert "last on 13 Nov 2026" in found[0][2][0]
    (payer,) = desk.ask(queries.payers, reception.other)
    desk.do(commands.forget_payer, payer.payer_id)
    assert reasons(desk, hold(desk, line=4, payer_name="SAMPLE & SONS")) == []


def test_a_payer_of_many_accounts_speaks_for_none(desk, reception):
    """A benefit office that paid for six accounts says nothing of the seventh."""

    def know(ctx):
        for at in range(6):
            account = reception.other if not at else lettings.letting(ctx, reference=f"80 000{at}").account.id
            ctx.session.add(
                KnownPayer(payer="benefit office", account_id=account, learnt_from=first.id, last_on=DAY, times=1)
            )

    first = hold(desk, payer_name="Benefit Office")
    desk.do(know)
    assert [each for each in reasons(desk, first) if each[1] >= Weight.PAYER] == []


def test_of_a_restricted_account_the_reference_alone_is_told(desk, clerk, reception):
    item = hold(desk, reference_given="700001")

    def restrict(ctx):
        row = {
            "subject": Subject.ACCOUNT,
            "subject_id": reception.rent,
            "reason": "Safety",
            "restricted_at": ctx.clock.now(),
        }
        ctx.session.add(RestrictedRecord(**row, restricted_by=ctx.officer.id))

    desk.do(restrict)
    found = clerk.ask(queries.candidates, item.id)[0]
    assert (found.open, found.reasons, found.paid, found.account.name) == (False, (), (), "Restricted")


def test_money_that_went_out_is_taken_from_its_account(desk, reception):
    """A chargeback of 20.00 that nobody's account was known for: the account owes it."""
    alone(desk)
    item = hold(desk, pence=-20_00)
    clear(desk, item, NewPart(-20_00, reception.rent))
    assert (balance(desk, reception.rent), control(desk, "suspense")) == (20_00, 0)


def test_an_item_that_a_colleague_changed_is_not_cleared_twice(desk, colleague, reception):
    alone(desk)
    item = hold(desk)
    clear(desk, item, NewPart(50_00, reception.rent))
    with pytest.raises(ChangedMeanwhile):
        clear(colleague, item, NewPart(50_00, reception.other))


def test_nobody_approves_money_to_an_account_of_their_own(desk, colleague, reception):
    item = hold(desk)
    asked = clear(desk, item, NewPart(50_00, reception.rent, why="The name"))
    declared = {"account_id": reception.rent, "relation": Relation.RELATIVE, "from_on": DAY}
    who = colleague.officer.id
    desk.do(lambda ctx: ctx.session.add(DeclaredAccount(officer_id=who, declared_by=who, **declared)))
    with pytest.raises(UserError, match="a relative's account"):
        colleague.do(approvals.approve, [asked.request_id])
    assert balance(desk, reception.rent) == 0


def test_what_shows_it_stands_beside_the_request(desk, colleague, reception):
    item = hold(desk)
    letter = NewFile("letter.txt", b"I paid 50.00 on 13 November.")
    asked = clear(desk, item, NewPart(50_00, reception.rent, why="Their letter"), files=(letter,))
    found = colleague.ask(approval_queries.request, asked.request_id)
    assert [each.file_name for each in found.evidence] == ["letter.txt"]


def test_nobody_clears_to_an_account_of_their_own(desk, reception):
    alone(desk)
    item = hold(desk)
    declared = {"account_id": reception.rent, "relation": Relation.OWN, "from_on": DAY}
    own = desk.officer.id
    desk.do(lambda ctx: ctx.session.add(DeclaredAccount(officer_id=own, declared_by=own, **declared)))
    with pytest.raises(UserError):
        clear(desk, item, NewPart(50_00, reception.rent))


@given(st.text(alphabet="0123456789", min_size=6, max_size=12), st.data())
def test_a_swap_and_a_wrong_digit_are_told_apart(reference, data):
    place = data.draw(st.integers(0, len(reference) - 2))
    swapped = reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]
    if swapped != reference:
        assert rules.near([swapped])[reference][1] is Weight.SWAPPED


def test_a_payers_name_is_found_without_titles_and_initials():
    assert rules.name_words("MR A J SAMPLE RENT 7000") == "sample"
    assert rules.name_words("FPI 12345") == ""


def test_an_account_that_has_such_a_payment_already_is_said_so(desk, colleague, reception):
    """50.00 of the 12th stands on it; the item is 50.00 of the 13th."""
    alone(desk)
    clear(desk, hold(desk, on=date(2026, 11, 12)), NewPart(50_00, reception.rent))
    item = hold(desk, line=2, reference_given="700001")
    found = next(each for each in reasons(desk, item) if each[0] == reception.rent)
    assert found[2][-1].startswith("It has £50.00 of 12 Nov 2026 already, by journal ")
    desk.do(lambda ctx: purchasing.policy(ctx, "bank.twin_days", "0"))
    assert all("already" not in why for _, _, whys in reasons(desk, item) for why in whys)
