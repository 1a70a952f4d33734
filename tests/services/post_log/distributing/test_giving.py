"""Who gets what: by hand, by rule, by workload; the chain that is kept; cover for whoever is away."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.access import DeclaredAccount
from app.models.diary import Absence
from app.models.officers import Officer, Team
from app.models.post_log import PostItem, PostRule
from app.models.values import PostChannel, PostState, PostStep, Relation, RuleField
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.post_log import keeping
from app.services.post_log.distributing import commands, queries
from app.services.post_log.distributing.rules import follow_cover, share_out
from app.services.post_log.dto import Holder, NewItem
from app.services.post_log.register.queries import detail
from tests.factories import lettings
from tests.prepared import prepared

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@prepared
def team(desk):
    """A team of three, of whom the first sits at `desk`; the ids of the officers."""

    def make(ctx):
        ctx.session.add(Team(id=7, name="Rents"))
        ctx.session.flush()
        for number, name in ((61, "Ben Example"), (62, "Cat Example")):
            ctx.session.add(Officer(id=number, username=name.split()[0].lower(), name=name, team_id=7))
        ctx.session.get_one(Officer, ctx.officer.id).team_id = 7
        ctx.session.flush()
        return [ctx.officer.id, 61, 62]

    return desk.do(make)


def items(desk, count=1, **fields):
    def log(ctx):
        category = keeping.category(ctx, "general").id
        values = {"category_id": category, "holder": Holder(), "received_at": NOON} | fields
        news = [NewItem(PostChannel.LETTER, f"Question {at}", **values) for at in range(count)]
        return keeping.log_many(ctx, news)

    return desk.do(log)


def away(desk, officer_id, cover=None, until=TODAY):
    def note(ctx):
        ctx.session.add(Absence(officer_id=officer_id, from_on=TODAY, to_on=until, cover_id=cover))

    desk.do(note)


def held(desk, item_ids):
    def read(ctx):
        rows = [ctx.session.get_one(PostItem, each) for each in item_ids]
        return [(row.officer_id, row.team_id) for row in rows]

    return desk.ask(read)


def test_one_or_many_are_given_and_the_chain_is_kept(desk, team):
    both = items(desk, 2)
    desk.do(commands.give, both, Holder(61), "you know them")
    desk.do(commands.give, both[:1], Holder(team_id=7))
    found = desk.do(commands.take, both[:1])

    assert found.told == "2026/0001 now with you."
    assert held(desk, both) == [(team[0], None), (61, None)]
    chain = [(step.to, step.words) for step in desk.ask(detail, both[0]).history if step.step is PostStep.ALLOCATED]
    assert chain == [("Ben Example", "you know them"), ("Rents", ""), ("Test Officer", "taken")]


def test_giving_it_to_whoever_has_it_is_no_step(desk, team):
    one = items(desk)
    desk.do(commands.give, one, Holder(61))
    assert desk.do(commands.give, one, Holder(61)).told == "Nothing changed hands."
    assert len(desk.ask(detail, one[0]).history) == 2


def test_whoever_gives_it_has_checked_who_gets_it(desk, team):
    one = items(desk, guessed=frozenset({"holder", "category_id"}))
    desk.do(commands.give, one, Holder(61))
    assert desk.ask(detail, one[0]).row.guessed == ("category_id",)


def test_by_workload_the_least_busy_get_it_first(desk, team):
    """Ben has three open and Cat one: of four more, the officer at the desk gets two, Cat two."""
    items(desk, 3, holder=Holder(61))
    items(desk, 1, holder=Holder(62))
    more = items(desk, 4)

    found = desk.do(commands.share_out, more, 7)

    assert found.told == "4 items shared out among 2."
    assert sorted(each for each, _ in held(desk, more)) == [team[0], team[0], 62, 62]
    assert [(tray.name, tray.open) for tray in desk.ask(queries.trays)] == [
        ("Ben Example", 3),
        ("Cat Example", 3),
        ("Test Officer", 2),
        ("Rents", 0),
    ]


def test_whoever_is_away_or_declared_the_account_gets_none(desk, team):
    account = desk.do(lettings.letting).account.id

    def declare(ctx):
        ctx.session.add(
            DeclaredAccount(
                officer_id=61,
                account_id=account,
                relation=Relation.RELATIVE,
                from_on=TODAY,
                declared_by=61,
            )
        )

    desk.do(declare)
    away(desk, team[0])
    one = items(desk, account_id=account)

    desk.do(commands.share_out, one, 7)
    assert held(desk, one) == [(62, None)]
    with pytest.raises(UserError, match="Ben Example may not work on the account of 2026/0001"):
        desk.do(commands.give, one, Holder(61))


@pytest.mark.parametrize(
    ("covers", "expected", "said"),
    [
        ({61: 62}, (62, None), "Ben Example is away until 21 Nov 2026; Cat Example covers"),
        ({61: 62, 62: None}, (None, 7), "Ben Example is away until 21 Nov 2026; nobody covers, so the team has it"),
        ({61: 62, 62: 61}, (None, 7), "Ben Example is away until 21 Nov 2026; nobody covers, so the team has it"),
    ],
)
def test_cover(desk, team, covers, expected, said):
    for officer, cover in covers.items():
        away(desk, officer, cover)
    one = items(desk)
    found = desk.do(commands.give, one, Holder(61))

    assert held(desk, one) == [expected]
    assert said in found.told
    assert desk.ask(detail, one[0]).history[-1].words == said


def test_what_is_logged_for_somebody_who_is_away_goes_to_their_cover(desk, team):
    away(desk, 61, 62)
    one = items(desk, holder=Holder(61), because="by the rule 'rent'")

    assert held(desk, one) == [(62, None)]
    words = "by the rule 'rent'; Ben Example is away until 21 Nov 2026; Cat Example covers"
    assert desk.ask(detail, one[0]).history[-1].words == words


def test_by_the_rules_of_the_office(desk, team):
    def rule(ctx):
        ctx.session.add(PostRule(position=1, field=RuleField.SUBJECT, words="question 1", officer_id=62))
        keeping.category(ctx, "general").team_id = 7

    desk.do(rule)
    both = items(desk, 2)
    desk.do(commands.follow_rules, both)

    assert held(desk, both) == [(None, 7), (62, None)]
    words = [desk.ask(detail, each).history[-1].words for each in both]
    assert words == ["by its category", "by the rule 'question 1'"]


def test_what_a_colleague_has_is_given_by_whoever_may_share_post_out(desk, team):
    one = items(desk, holder=Holder(61))
    desk.do(add, NewOfficer("junior", "Junior Example", frozenset({Role.RENTS_OFFICER})))
    junior = Desk.sit_down(desk.database, "junior", desk.clock)

    with pytest.raises(UserError, match="2026/0001 is with a colleague"):
        junior.do(commands.take, one)
    away(desk, 61, junior.officer.id)
    junior.do(commands.take, one)
    assert held(desk, one) == [(junior.officer.id, None)]


def test_what_is_closed_is_given_to_nobody(desk, team):
    one = items(desk)

    def close(ctx):
        ctx.session.get_one(PostItem, one[0]).state = PostState.CLOSED

    desk.do(close)
    with pytest.raises(UserError, match="2026/0001 is not open any more"):
        desk.do(commands.take, one)


@given(
    st.dictionaries(st.integers(1, 9), st.integers(0, 20), min_size=1),
    st.lists(st.integers(100, 200), unique=True, max_size=40),
)
def test_sharing_out_evens_the_loads(loads, work):
    """Everything is given, and nobody gets an item while somebody else has fewer."""
    given_to = share_out(loads, work, {})
    assert list(given_to) == work
    after = {each: loads[each] + list(given_to.values()).count(each) for each in loads}
    got = [after[each] for each in set(given_to.values())]
    assert not got or max(got) <= min(after.values()) + 1


@given(st.dictionaries(st.integers(1, 6), st.one_of(st.none(), st.integers(1, 8)), max_size=6), st.integers(1, 8))
def test_whoever_covers_is_there(covers, officer):
    found = follow_cover(officer, covers)
    assert found is None or found not in covers
