"""Whatever approvals an officer holds, their own or delegated, some requests are never theirs to decide."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.models.values import ApprovalState, LimitKind, Money
from app.services.approvals.dto import Detail
from app.services.approvals.rules import Asked, Authority, Limit, authority_for, overtaken, refuser_for
from app.services.core.permissions import Permission

TODAY = date(2026, 11, 21)
PEOPLE = st.integers(1, 4)
NEEDED = Permission.AUTHORISE_PERIOD_CHANGE


@st.composite
def authorities(draw):
    """An officer's own approvals, then some that others delegated; every permission and most limits."""
    me = draw(PEOPLE)
    limits = st.dictionaries(st.just(LimitKind.REFUND), st.builds(Limit, st.integers(0, 500), st.integers(0, 2_000)))
    permissions = st.sampled_from([frozenset(), frozenset({NEEDED})])
    own = Authority(me, f"Officer {me}", draw(permissions), draw(limits))
    givers = draw(st.lists(PEOPLE.filter(lambda each: each != me), max_size=3, unique=True))
    lent = [Authority(each, f"Officer {each}", draw(permissions), draw(limits), date(2026, 11, 30)) for each in givers]
    return (own, *lent)


ASKED = st.builds(
    Asked,
    kind=st.just("refund"),
    state=st.just(ApprovalState.WAITING),
    asked_by=PEOPLE,
    expires_on=st.sampled_from([date(2026, 11, 20), date(2026, 11, 21), date(2026, 12, 21)]),
    permission=st.just(NEEDED),
    limit=st.sampled_from([None, LimitKind.REFUND]),
    total=st.integers(-2_500, 2_500).map(Money),
    largest=st.integers(-600, 600).map(Money),
    about=st.none() | PEOPLE,
    steps=st.frozensets(PEOPLE, max_size=2),
)


@given(ASKED, authorities())
def test_nobody_decides_on_what_they_asked_for_is_about_them_or_follows_their_step(asked, held):
    under, why_not = authority_for(asked, TODAY, held)
    barred = {asked.asked_by, asked.about} | asked.steps
    if under is None:
        assert why_not
        return
    assert held[0].officer_id not in barred
    assert under.officer_id not in barred
    assert NEEDED in under.permissions
    assert asked.expires_on >= TODAY


@given(ASKED, authorities())
def test_no_amount_above_a_limit_is_approved(asked, held):
    under, _ = authority_for(asked, TODAY, held)
    if under is not None and asked.limit is not None:
        limit = under.limits[asked.limit]
        assert abs(asked.largest.pence) <= limit.line
        assert abs(asked.total.pence) <= limit.batch


@given(ASKED, authorities())
def test_whoever_may_approve_may_refuse(asked, held):
    if authority_for(asked, TODAY, held)[0] is not None:
        assert refuser_for(asked, held)[0] is not None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=3)), unique_by=lambda each: each[0]))
def test_what_has_not_changed_is_not_overtaken(lines):
    details = [Detail(label, before, "after") for label, before in lines]
    assert overtaken(details, details) == ()
    changed = [Detail(each.label, each.before + "!", each.after) for each in details]
    assert len(overtaken(details, changed)) == len(details)
