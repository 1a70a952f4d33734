"""The other ways in which the gate stops a refund of the home's £220.00: each figure worked by hand, today is 21 Nov 2026."""

from datetime import date

import pytest

from app.models.people import Tenant
from app.models.values import BenefitKind, ClaimState, DebitCaseKind, GateState, Money, NameCheck, Payee, RefundMethod
from app.services.adjustments.refunds import commands
from app.services.adjustments.refunds.dto import NewBank, Waiver
from app.services.adjustments.refunds.previewing import preview
from app.services.benefits import commands as benefits
from app.services.benefits.dto import KeepClaim, SetAward
from app.services.core.errors import UserError
from app.services.direct_debits.cases.commands import open_case
from app.services.direct_debits.cases.dto import NewCase
from tests.factories import debits, lettings
from tests.services.adjustments.conftest import paid
from tests.services.adjustments.refunds.conftest import asked, check, new, stops
from tests.services.adjustments.refunds.test_bank import details

FROM = date(2026, 10, 26)


def claims(desk, home, kind=BenefitKind.HOUSING_BENEFIT, state=ClaimState.LIVE, **rest):
    desk.do(benefits.keep_claim, KeepClaim(home.account.id, home.person.id, kind, state, FROM, **rest))


def test_housing_benefit_in_transit_stops_it_until_it_has_come(desk, credited, home):
    """£60.00 a week from 26 October: of the three weeks that are over £60.00 came, so £120.00 is still to come."""
    claims(desk, home, award=SetAward(FROM, Money(60_00), to_landlord=True))
    paid(desk, credited, "RHB", -60_00, FROM, FROM)
    refund_id = asked(desk, credited, "40.00")
    assert stops(desk, refund_id) == ["hb_overpayment", "benefit_transit", "benefit_cause"]
    found = check(desk, refund_id, "benefit_transit")
    assert found.words == "Housing Benefit of the last weeks came to £120.00 less than was awarded."
    assert "claimed on 26 Oct 2026 and goes on" in check(desk, refund_id, "hb_overpayment").words
    desk.do(commands.waive, Waiver(refund_id, "benefit_transit", "The benefit office says it comes on Monday"))
    assert "benefit_transit" not in stops(desk, refund_id)
    paid(desk, credited, "RHB", -55_00, date(2026, 11, 2), date(2026, 11, 2))
    assert check(desk, refund_id, "benefit_transit").words.endswith("came to £65.00 less than was awarded.")
    assert "benefit_transit" in stops(desk, refund_id)
    paid(desk, credited, "RHB", -65_00, date(2026, 11, 9), date(2026, 11, 9))
    assert check(desk, refund_id, "benefit_transit").state is GateState.CLEAR


def test_the_sheet_says_that_whoever_pays_benefit_is_told(desk, credited, home):
    claims(desk, home, BenefitKind.UNIVERSAL_CREDIT)
    said = [effect.text for effect in desk.ask(preview, new(credited)) if effect.group == "When it is paid"]
    assert said == ["Universal Credit is claimed: a task asks to tell whoever pays it."]


@pytest.mark.parametrize("state", [ClaimState.APPLIED, ClaimState.SUSPENDED])
def test_a_claim_to_universal_credit_that_waits_for_a_decision_stops_it(desk, credited, home, state):
    claims(desk, home, BenefitKind.UNIVERSAL_CREDIT, state)
    refund_id = asked(desk, credited, "40.00")
    assert stops(desk, refund_id) == ["benefit_transit"]
    assert (
        f"Universal Credit claimed on 26 Oct 2026 is {state.value}" in check(desk, refund_id, "benefit_transit").words
    )


@pytest.mark.parametrize(("ended", "stopped"), [(date(2025, 11, 20), False), (date(2025, 11, 21), True)])
def test_a_claim_that_ended_in_the_last_365_days_asks_for_an_overpayment(desk, credited, home, ended, stopped):
    kept = KeepClaim(
        home.account.id,
        home.person.id,
        BenefitKind.HOUSING_BENEFIT,
        ClaimState.ENDED,
        date(2025, 4, 7),
        ended_on=ended,
    )
    desk.do(benefits.keep_claim, kept)
    assert ("hb_overpayment" in stops(desk, asked(desk, credited, "40.00"))) is stopped


def test_one_of_joint_tenants_is_paid_only_with_the_others_leave(desk, credited, home):
    def join(ctx):
        other = lettings.person(ctx, "Jo", "Sample")
        ctx.session.add(Tenant(tenancy_id=home.tenancy.id, person_id=other.id, position=2))

    desk.do(join)
    refund_id = asked(desk, credited, payee=Payee.JOINT_TENANT)
    found = check(desk, refund_id, "payee")
    assert (found.words, found.may_waive) == ("2 people hold the tenancy, and one is paid.", True)
    desk.do(commands.waive, Waiver(refund_id, "payee", "Both signed the letter"))
    assert stops(desk, refund_id) == []


def test_somebody_who_does_not_hold_the_tenancy_is_not_paid_as_its_tenant(desk, credited, other):
    refund_id = asked(desk, credited, person_id=other.person.id)
    found = check(desk, refund_id, "payee")
    assert (found.words, found.may_waive) == ("The person chosen doesn't hold this tenancy.", False)
    with pytest.raises(UserError, match="can't be waived"):
        desk.do(commands.waive, Waiver(refund_id, "payee", "They live there"))


@pytest.mark.parametrize(
    ("result", "note", "said", "may_waive"),
    [
        (
            NameCheck.CLOSE_MATCH,
            "A Sample",
            "The bank has another name than Mx Alex Sample: A Sample.",
            True,
        ),
        (NameCheck.NO_MATCH, "", "The bank doesn't know the name Mx Alex Sample on that account.", False),
    ],
)
def test_a_name_that_the_bank_has_otherwise_stops_it(desk, credited, result, note, said, may_waive):
    refund_id = asked(desk, credited, method=RefundMethod.FINANCE)
    desk.do(commands.give_bank, NewBank(refund_id, details(name_check=result, check_note=note)))
    found = check(desk, refund_id, "name")
    assert (found.state, found.words, found.may_waive) == (GateState.STOP, said, may_waive)


def test_what_may_still_come_back_has_to_stay_on_the_account(desk, credited):
    """A cheque of the last 7 days and a Direct Debit of the last 10, £120.00 each on the first of them: £460.00 of credit."""
    paid(desk, credited, "RQP", -120_00, date(2026, 11, 15))
    paid(desk, credited, "RDD", -120_00, date(2026, 11, 12))
    both = ("cheque", "direct_debit")
    most = asked(desk, credited, "340.00")
    assert [check(desk, most, key).state for key in both] == [GateState.CLEAR, GateState.CLEAR]
    above = asked(desk, credited, "0.01", "two")
    found = [check(desk, above, key) for key in both]
    assert [(each.state, each.may_waive) for each in found] == [(GateState.STOP, True), (GateState.STOP, True)]
    assert [each.words.partition(", the last on ")[0] for each in found] == [
        "£120.00 came by cheque",
        "£120.00 came by Direct Debit",
    ]
    paid(desk, credited, "RRC", 120_00, date(2026, 11, 20))
    paid(desk, credited, "RDN", 120_00, date(2026, 11, 20))
    assert [check(desk, above, key).state for key in both] == [GateState.CLEAR, GateState.CLEAR]


def test_what_came_longer_ago_stops_nothing(desk, credited):
    """A cheque of 7 days ago, a Direct Debit of 10, a card payment of 180."""
    for code, day in (("RQP", date(2026, 11, 14)), ("RDD", date(2026, 11, 11)), ("RCP", date(2026, 5, 25))):
        paid(desk, credited, code, -120_00, day)
    refund_id = asked(desk, credited, "480.00")
    assert not {"cheque", "direct_debit", "card"} & set(stops(desk, refund_id))
    assert check(desk, refund_id, "cheque").words == "Nothing came by cheque that may still come back."


def test_no_more_goes_back_to_a_card_than_came_from_it(desk, credited):
    paid(desk, credited, "RCP", -60_00, date(2026, 5, 26))
    refund_id = asked(desk, credited, "60.01", method=RefundMethod.CARD)
    found = check(desk, refund_id, "card")
    assert found.words == "£60.00 came by card lately, and no more than that goes back to a card."
    assert not found.may_waive
    other = asked(desk, credited, "60.00", "two", method=RefundMethod.CARD)
    assert check(desk, other, "card").state is GateState.CLEAR


def test_the_same_payee_or_amount_in_twelve_months_stops_it(desk, credited, other):
    """An earlier refund of £31.00 to A Sample on the other account: by its name, by its amount, by neither, and too long ago."""
    paid(desk, other.account, "RBP", -400_00)
    earlier = {"person_id": other.person.id, "payee_name": "A Sample"}
    first = asked(desk, other.account, "31.00", "first", **earlier, asked_on=date(2025, 11, 21))
    by_name = asked(desk, credited, "32.00", "name", payee_name="A SAMPLE")
    assert check(desk, by_name, "same").words == "Refund 1 of £31.00, asked for on 21 Nov 2025: in the gate."
    desk.do(commands.withdraw, by_name, "Asked twice")
    by_amount = asked(desk, credited, "31.00", "amount")
    assert "Refund 1 of £31.00" in check(desk, by_amount, "same").words
    desk.do(commands.withdraw, by_amount, "Asked twice")
    neither = asked(desk, credited, "33.00", "neither")
    assert check(desk, neither, "same").state is GateState.CLEAR
    desk.do(commands.withdraw, first, "Asked twice")
    asked(desk, other.account, "33.00", "long ago", **earlier, asked_on=date(2025, 11, 20))
    assert check(desk, neither, "same").state is GateState.CLEAR


def test_a_direct_debit_that_the_payers_bank_claims_back_stops_it_for_everybody(desk, credited, home):
    """The bank pays the payer: a refund beside it would pay them twice (bacs.md 4)."""
    mandate_id = desk.do(lambda ctx: debits.mandate(ctx, home).id)
    claim = NewCase("case", DebitCaseKind.INDEMNITY, mandate_id, "No notice came", FROM, amount=Money(65_00))
    desk.do(open_case, claim)

    refund_id = asked(desk, credited, "40.00")

    assert "direct_debit_claim" in stops(desk, refund_id)
    with pytest.raises(UserError):
        desk.do(commands.waive, Waiver(refund_id, "direct_debit_claim", "We know"))
