"""Which days a life event may have, and what is proposed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import LifeEvent
from app.services.core.errors import UserError
from app.services.tenancies.life_events import rules
from app.services.tenancies.life_events.dto import Choice

TODAY = date(2026, 11, 21)
FORESEEN = {LifeEvent.MOVE, LifeEvent.EVICTION, LifeEvent.RIGHT_TO_BUY}


@pytest.mark.parametrize(
    ("happened_on", "told_on", "born_on", "field"),
    [
        (date(2026, 11, 22), TODAY, None, "happened_on"),
        (date(2016, 11, 20), TODAY, None, "happened_on"),
        (date(2026, 11, 10), date(2026, 11, 22), None, "told_on"),
        (date(2026, 11, 10), date(2026, 11, 9), None, "told_on"),
        (date(2020, 5, 1), TODAY, date(2020, 5, 2), "happened_on"),
    ],
)
def test_days_that_can_t_be_are_refused(happened_on, told_on, born_on, field):
    with pytest.raises(UserError) as refused:
        rules.check_days(LifeEvent.DEATH, happened_on, told_on, TODAY, born_on)
    assert refused.value.field == field


def test_a_sale_may_be_noted_up_to_a_year_ahead():
    rules.check_days(LifeEvent.RIGHT_TO_BUY, TODAY + timedelta(days=366), TODAY, TODAY)
    with pytest.raises(UserError, match="more than a year ahead"):
        rules.check_days(LifeEvent.RIGHT_TO_BUY, TODAY + timedelta(days=367), TODAY, TODAY)


def test_ten_years_back_from_the_29th_of_february():
    rules.check_days(LifeEvent.DEATH, date(2018, 2, 28), date(2028, 2, 29), date(2028, 2, 29))


@given(
    kind=st.sampled_from(LifeEvent),
    happened=st.integers(-5_000, 800),
    told=st.integers(-5_000, 10),
)
def test_what_is_taken_is_within_ten_years_and_known(kind, happened, told):
    happened_on, told_on = TODAY + timedelta(days=happened), TODAY + timedelta(days=told)
    try:
        rules.check_days(kind, happened_on, told_on, TODAY)
    except UserError:
        return
    assert told_on <= TODAY
    assert date(2016, 11, 21) <= happened_on <= TODAY + timedelta(days=366)
    if kind not in FORESEEN:
        assert happened_on <= told_on


@given(kind=st.sampled_from(LifeEvent), joint=st.booleans())
def test_every_proposal_can_be_put_off_and_is_named_once(kind, joint):
    for propose in (rules.dwelling, rules.garage):
        choices = propose(kind, joint=joint)
        assert Choice.LATER in choices
        assert len(set(choices)) == len(choices)
        assert Choice.MOVE not in choices or (joint and kind is LifeEvent.DEATH)


def test_a_death_passes_a_joint_tenancy_on_and_leaves_a_sole_one_to_be_looked_into():
    """Housing Act 1985 s.88(1)(b): survivorship; a sole tenant's tenancy goes on until it is ended (rules.md 2.6)."""
    assert rules.dwelling(LifeEvent.DEATH, joint=True)[0] is Choice.MOVE
    assert rules.dwelling(LifeEvent.DEATH, joint=False)[0] is Choice.LATER


def test_a_joint_debt_is_owed_by_those_who_are_left():
    """Liability is joint and several (rules.md 2.6): their arrangement goes on."""
    assert rules.arrangement(LifeEvent.DEATH, joint=True)[0] is Choice.KEEP
    assert rules.arrangement(LifeEvent.DEATH, joint=False)[0] is Choice.STOP
