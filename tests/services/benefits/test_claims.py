"""Claims as they are kept, what is expected against what came, and who is told of a change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.benefits import BenefitAward, BenefitClaim
from app.models.diary import Task
from app.models.tenancies import Tenancy
from app.models.values import BenefitKind, ClaimState, Money
from app.services.benefits import keeping, queries, telling
from app.services.benefits.dto import BenefitFilter, BenefitShown, SetAward
from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.rent import header as headers
from tests.conftest import TODAY
from tests.factories import lettings
from tests.services.benefits.conftest import START, WEEKS, claim, credit, kept

MONDAY = date(2026, 11, 23)
UC = BenefitKind.UNIVERSAL_CREDIT


def awards(desk):
    statement = select(BenefitAward).order_by(BenefitAward.from_on)
    found = desk.ask(lambda ctx: ctx.session.scalars(statement).all())
    return [(row.from_on, row.to_on, row.amount_pence) for row in found]


def tasks(desk, kind):
    statement = select(Task).where(Task.kind == kind).order_by(Task.id)
    return desk.ask(lambda ctx: ctx.session.scalars(statement).all())


def test_a_new_amount_closes_the_award_before_it_the_day_before(desk, home):
    saved = kept(desk, home)
    assert saved.told == f"Housing Benefit of {home.account.payment_reference}: £60.00 a week from 26 Oct 2026, to us."
    changed = SetAward(MONDAY, Money(64_20), to_landlord=True)
    kept(desk, home, claim_id=saved.claim_id, version=1, award=changed)
    assert awards(desk) == [(START, date(2026, 11, 22), 60_00), (MONDAY, None, 64_20)]
    middle = SetAward(WEEKS[2], Money(50_00), to_landlord=True)
    version = desk.ask(queries.claim_form, home.account.id).claims[0].version
    kept(desk, home, claim_id=saved.claim_id, version=version, award=middle)
    assert [row[:2] for row in awards(desk)] == [
        (START, WEEKS[2] - timedelta(days=1)),
        (WEEKS[2], date(2026, 11, 22)),
        (MONDAY, None),
    ]


def test_an_award_of_the_same_day_is_corrected(desk, home):
    saved = kept(desk, home)
    kept(desk, home, claim_id=saved.claim_id, version=1, award=SetAward(START, Money(61_00)))
    assert awards(desk) == [(START, None, 61_00)]


def test_a_claim_that_ends_ends_its_award(desk, home):
    saved = kept(desk, home)
    ended = {"state": ClaimState.ENDED, "ended_on": date(2026, 11, 15), "award": None}
    kept(desk, home, claim_id=saved.claim_id, version=1, **ended)
    assert awards(desk) == [(START, date(2026, 11, 15), 60_00)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"person_id": 999}, "doesn't hold the tenancy"),
        ({"claimed_on": date(1966, 1, 1)}, "forty years ago"),
        ({"claimed_on": date(2036, 1, 1)}, "a year ahead"),
        ({"state": ClaimState.ENDED}, "has a last day"),
        ({"ended_on": date(2026, 10, 1)}, "before the claim"),
        ({"award": SetAward(date(2026, 10, 1), Money(1))}, "begins before the claim"),
        ({"award": SetAward(START, Money(-1))}, "less than nothing"),
        ({"award": SetAward(START, Money(1), to_on=date(2026, 10, 1))}, "before its first"),
        ({"note": "4111 1111 1111 1111"}, "card"),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_is_kept(desk, home, changed, said):
    with pytest.raises(UserError, match=said):
        kept(desk, home, **changed)
    assert desk.ask(lambda ctx: ctx.session.scalars(select(BenefitClaim)).all()) == []


def test_one_live_claim_to_a_benefit_and_no_two_officers_at_once(desk, home):
    saved = kept(desk, home)
    with pytest.raises(UserError, match="live claim to Housing Benefit already"):
        kept(desk, home)
    kept(desk, home, claim_id=saved.claim_id, version=1, note="Rang")
    with pytest.raises(ChangedMeanwhile):
        kept(desk, home, claim_id=saved.claim_id, version=1, note="Rang too")


def test_universal_credit_wants_the_rent_confirmed_on_the_portal_once(desk, home):
    saved = kept(desk, home, kind=UC, award=None)
    kept(desk, home, kind=UC, award=None, claim_id=saved.claim_id, version=1, note="Again")
    assert [task.state for task in tasks(desk, keeping.PORTAL_TASK)] == ["open"]
    version = desk.ask(queries.claim_form, home.account.id).claims[0].version
    kept(desk, home, kind=UC, award=None, claim_id=saved.claim_id, version=version, portal_on=TODAY)
    assert [task.state for task in tasks(desk, keeping.PORTAL_TASK)] == ["done"]


def test_before_it_is_saved_it_says_what_is_left_to_pay(desk, home):
    """110.50 charged, 104.50 of it eligible; 14% less for a spare room is 89.87; 20.63 is left of an award of 89.87."""
    form = desk.ask(queries.claim_form, home.account.id)
    assert (form.weekly, form.eligible, form.monthly) == (Money(110_50), Money(104_50), Money(452_83))
    wanted = claim(home, award=SetAward(START, Money(89_87), spare_bedrooms=1, to_landlord=True))
    told = {(each.group, each.text): each.after for each in telling.effects(form, wanted)}
    assert told["To pay", "Left for the tenant"] == "£20.63 a week"
    assert told["To check it by", "1 spare bedroom: 14 % less"] == "£89.87"
    managed = telling.effects(form, replace(wanted, kind=UC))
    assert ("Confirm the rent on the landlord portal", "") in {(each.text, each.after) for each in managed}


def test_expected_against_received_by_week(desk, home):
    kept(desk, home)
    credit(desk, home.account, ("RHB", 60_00, WEEKS[0], WEEKS[0]), ("RHB", 45_00, WEEKS[1], WEEKS[1]))
    found = desk.ask(queries.account_benefits, home.account.id)
    assert [(row.from_on, row.expected.pence, row.received.pence) for row in found.periods] == [
        (WEEKS[2], 60_00, 0),
        (WEEKS[1], 60_00, 45_00),
        (WEEKS[0], 60_00, 60_00),
    ]
    found = desk.ask(queries.register, BenefitFilter())
    row = found.rows[0]
    assert (row.expected, row.received, row.difference) == (Money(180_00), Money(105_00), Money(75_00))
    assert found.counts[BenefitShown.DIFFERENT] == 1


def test_nothing_is_expected_after_the_tenancy_has_ended(desk, home):
    """It ended on Wednesday 4 November: three days of the second week, 60.00 x 3/7."""
    kept(desk, home)

    def end(ctx):
        ctx.session.get_one(Tenancy, home.tenancy.id).end_on = date(2026, 11, 4)

    desk.do(end)
    found = desk.ask(queries.account_benefits, home.account.id).periods
    assert [row.expected for row in found] == [Money(25_71), Money(60_00)]


def test_what_is_paid_to_the_tenant_is_not_expected_here(desk, home):
    kept(desk, home, award=SetAward(START, Money(60_00)))
    assert desk.ask(queries.account_benefits, home.account.id).periods == ()
    assert desk.ask(queries.register, BenefitFilter()).rows == ()
    assert desk.ask(queries.weekly_to_us, home.account.id) == Money(0)


def test_a_managed_payment_with_a_deduction_is_one_expected_sum(desk, home):
    award = SetAward(START, Money(433_33), to_landlord=True, arrears=Money(20_57))
    kept(desk, home, kind=UC, claimed_on=date(2026, 10, 7), award=replace(award, from_on=date(2026, 10, 7)))
    credit(desk, home.account, ("RUC", 433_33, date(2026, 11, 13)), ("RDP", 20_57, date(2026, 11, 13)))
    found = desk.ask(queries.account_benefits, home.account.id).periods
    assert [(row.from_on, row.expected, row.received) for row in found] == [
        (date(2026, 11, 13), Money(453_90), Money(453_90))
    ]


def test_the_header_says_what_benefit_pays(desk, home):
    kept(desk, home)
    marks = desk.ask(headers.account_header, home.account.id).marks
    assert [(mark.text, mark.in_line) for mark in marks] == [("Housing Benefit £60.00 a week to us", True)]
    assert desk.ask(queries.weekly_to_us, home.account.id) == Money(60_00)


def test_a_change_of_rent_is_told_once(desk, home):
    kept(desk, home)
    ids = [home.account.id]
    assert desk.do(keeping.rent_changed, ids, MONDAY) == 1
    assert desk.do(keeping.rent_changed, ids, MONDAY) == 0
    assert desk.do(keeping.tenancy_changed, home.tenancy.id, "Joint tenancy to sole.", MONDAY) == 1
    task = tasks(desk, keeping.RENT_TASK)[0]
    assert task.title == f"Tell the benefit office of the new rent of {home.account.payment_reference}"
    assert task.details.startswith("The rent changes on 23 Nov 2026. Send the notice")
    told = tasks(desk, keeping.TENANCY_TASK)[0]
    assert told.details.startswith("Joint tenancy to sole, from 23 Nov 2026.")


def test_nobody_is_told_where_nobody_claims(desk, home):
    assert desk.do(keeping.rent_changed, [home.account.id], MONDAY) == 0


def test_a_rent_increase_is_told_in_one_list_for_each_benefit(desk, home, query_log):
    def many(ctx):
        made = [lettings.letting(ctx, "90.00", start_on=START) for _ in range(25)]
        for place, each in enumerate(made):
            ctx.session.add(
                BenefitClaim(
                    tenancy_id=each.tenancy.id,
                    person_id=each.person.id,
                    kind=UC if place < 10 else BenefitKind.HOUSING_BENEFIT,
                    state=ClaimState.LIVE,
                    claimed_on=START,
                )
            )
        return [each.account.id for each in made]

    ids = desk.do(many)
    query_log.clear()
    assert desk.do(keeping.rent_changed, ids, date(2027, 4, 5)) == 2
    assert len(query_log) < 40
    titles = [task.title for task in tasks(desk, keeping.RENT_TASK)]
    assert titles == ["Tell DWP of changes for 10 accounts", "Tell the benefit office of changes for 15 accounts"]
    query_log.clear()
    assert len(desk.ask(queries.register, BenefitFilter(BenefitShown.ALL)).rows) == 25
    assert len(query_log) < 16
