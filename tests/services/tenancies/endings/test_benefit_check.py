"""What the check of benefit finds, by hand: 60.00 of Housing Benefit in each of the weeks from 26 October to 16 November."""

from datetime import date

import pytest

from app.models.benefits import BenefitAward, BenefitClaim
from app.models.values import BenefitKind, ClaimState, Frequency, Money
from app.services.benefits.checking import check_last_weeks
from tests.services.tenancies.endings.conftest import post


def found(desk, home, entitled_to):
    return desk.ask(check_last_weeks, home[0].tenancy.id, entitled_to)


def claim(desk, home, kind=BenefitKind.HOUSING_BENEFIT, pence=60_00, frequency=Frequency.WEEKLY):
    def make(ctx):
        row = BenefitClaim(
            tenancy_id=home[0].tenancy.id,
            person_id=home[0].person.id,
            kind=kind,
            state=ClaimState.LIVE,
            claimed_on=date(2026, 8, 3),
        )
        ctx.session.add(row)
        ctx.session.flush()
        award = {"from_on": date(2026, 10, 26), "amount_pence": pence, "frequency": frequency, "to_landlord": True}
        ctx.session.add(BenefitAward(claim_id=row.id, **award))

    desk.do(make)


@pytest.mark.parametrize(
    ("entitled_to", "overpaid"),
    [
        (date(2026, 11, 22), 0),
        (date(2026, 11, 15), 60_00),
        (date(2026, 11, 8), 120_00),
        (date(2026, 11, 11), 60_00 + 34_29),  # four sevenths of the week of 9 November: 34.2857
    ],
)
def test_what_was_credited_after_entitlement_is_overpaid(desk, home, entitled_to, overpaid):
    finding = found(desk, home, entitled_to)
    assert finding.overpaid == Money(overpaid)
    assert finding.tells_office == bool(overpaid)


def test_what_was_taken_back_is_no_longer_overpaid(desk, home):
    post(desk, home[0].account, ("RHB", 60_00, date(2026, 11, 16), date(2026, 11, 16)))
    assert found(desk, home, date(2026, 11, 15)).overpaid == Money(0)


def test_a_week_that_the_award_should_have_brought_is_missed(desk, home):
    claim(desk, home, pence=75_00)
    # 15.00 in each of the two weeks up to 8 November
    finding = found(desk, home, date(2026, 11, 8))
    assert finding.missing == Money(30_00)
    assert "£30.00 of Housing Benefit has not come" in finding.words
    assert "claim to Housing Benefit is still live" in finding.words


def test_universal_credit_comes_after_its_month(desk, home):
    claim(desk, home, BenefitKind.UNIVERSAL_CREDIT, 400_00, Frequency.MONTHLY)
    post(desk, home[1].account, ("RUC", -400_00, date(2026, 11, 12)))
    finding = found(desk, home, date(2026, 11, 8))
    assert finding.overpaid == Money(120_00)
    assert "Universal Credit of £400.00 came after 8 Nov 2026" not in finding.words  # it is the garage's
    post(desk, home[0].account, ("RUC", -400_00, date(2026, 11, 12)))
    assert (
        "Universal Credit of £400.00 came after 8 Nov 2026: see which month"
        in found(desk, home, date(2026, 11, 8)).words
    )
    late = found(desk, home, date(2026, 10, 1))
    assert late.overpaid == Money(4 * 60_00 + 400_00)


def test_nothing_is_said_as_a_sentence_too(desk, home):
    finding = desk.ask(lambda ctx: check_last_weeks(ctx, home[1].tenancy.id, date(2026, 11, 8)))
    assert finding.words.startswith("No Housing Benefit or Universal Credit came from 14 Sep 2026 on")
    assert not finding.tells_office
