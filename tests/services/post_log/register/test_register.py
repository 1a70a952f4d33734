"""What came in and what went out in one list: sorted and filtered, its views, an item with its history."""

from datetime import UTC, date, datetime

import pytest

from app.models.access import RestrictedRecord
from app.models.letters import Outgoing
from app.models.officers import Officer, Team
from app.models.post_log import PostItem
from app.models.values import PostChannel, PostState, PostStep, Subject
from app.services.core import finding
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.home import cards
from app.services.letters.dto import OutgoingState
from app.services.post_log import keeping
from app.services.post_log.dto import Holder, NewItem
from app.services.post_log.register import queries
from app.services.post_log.register.dto import EVERYTHING, RegisterFilter, RegisterSort, View, Way
from tests.factories import lettings

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def item(ctx, subject="A question", days=(), **fields):
    """An item received on Friday; `days`: (acknowledge_by, reply_by) of November."""
    new = NewItem(
        fields.pop("channel", PostChannel.LETTER),
        subject,
        fields.pop("sender", "Mx A Writer"),
        received_at=fields.pop("at", NOON),
        category_id=fields.pop("category", keeping.category(ctx, "general").id),
        account_id=fields.pop("account", None),
        guessed=frozenset(fields.pop("guessed", ())),
        holder=fields.pop("holder", None) or Holder(),
    )
    item_id = keeping.log(ctx, new)
    row = ctx.session.get_one(PostItem, item_id)
    acknowledge, reply = days or (None, None)
    row.acknowledge_by = date(2026, 11, acknowledge) if acknowledge else None
    row.reply_by = date(2026, 11, reply) if reply else None
    for name, value in fields.items():
        setattr(row, name, value)
    ctx.session.flush()
    return item_id


def letter(ctx, account=None, at=NOON, **fields):
    """A letter that went out."""
    row = Outgoing(
        title="Your rent account",
        subject=Subject.ACCOUNT.value,
        subject_id=account or 0,
        account_id=account,
        channel="letter",
        format="standard",
        addressee="Mx B Reader",
        letter_date=at.date(),
        subject_line="Your rent account",
        body="",
        state=OutgoingState.PRINTED.value,
        asked_by=ctx.officer.id,
        asked_at=at,
        **fields,
    )
    ctx.session.add(row)
    ctx.session.flush()
    return -row.id


def listed(desk, wanted=EVERYTHING, sort=RegisterSort.AT, *, descending=False):
    return desk.ask(queries.ids, wanted, sort, descending=descending).tolist()


def test_both_ways_stand_in_one_list_by_when_they_came_or_went(desk):
    second = desk.do(item, "Second")
    first = desk.do(item, "First", at=datetime(2026, 11, 20, 9, tzinfo=UTC))
    third = desk.do(letter, at=datetime(2026, 11, 20, 13, tzinfo=UTC))

    assert listed(desk) == [first, second, third]
    assert listed(desk, descending=True) == [third, second, first]
    assert listed(desk, RegisterFilter(ways=frozenset({Way.OUT}))) == [third]
    assert desk.ask(queries.totals, EVERYTHING).count == 3
    rows = desk.ask(queries.rows, [third, first])
    assert {row.row_id: (row.way, row.who) for row in rows} == {
        first: (Way.IN, "Mx A Writer"),
        third: (Way.OUT, "Mx B Reader"),
    }


@pytest.mark.parametrize("sort", list(RegisterSort))
def test_every_column_that_sorts_sorts_both_ways(desk, sort):
    found = {desk.do(item, "A", days=(24, 30)), desk.do(item, "B"), desk.do(letter)}

    assert set(listed(desk, sort=sort)) == found
    assert listed(desk, sort=sort, descending=True) == listed(desk, sort=sort)[::-1]


def test_what_is_due_first_stands_first(desk):
    """Of an item that is not acknowledged the earlier of its two days counts; what is answered is due no more."""
    later = desk.do(item, days=(None, 27))
    sooner = desk.do(item, days=(25, 30))
    answered = desk.do(item, days=(22, 23), replied_on=date(2026, 11, 20))
    none = desk.do(item)

    assert listed(desk, sort=RegisterSort.DUE) == [sooner, later, answered, none]
    rows = {row.row_id: row for row in desk.ask(queries.rows, [later, sooner, answered, none])}
    assert [rows[each].due_on for each in (sooner, later, answered, none)] == [
        date(2026, 11, 25),
        date(2026, 11, 27),
        None,
        None,
    ]
    assert (rows[sooner].acknowledge, rows[later].acknowledge) == (True, False)


def test_the_views(desk):
    """Saturday 21 November: two working days on is Tuesday the 24th."""
    me = desk.officer.id

    def team(ctx):
        ctx.session.add(Team(id=1, name="Rents"))
        ctx.session.flush()
        ctx.session.add(Officer(id=50, username="other", name="Other Officer", team_id=1))
        ctx.session.flush()
        ctx.session.get_one(Officer, me).team_id = 1

    desk.do(team)
    mine = desk.do(item, holder=Holder(me), days=(20, 30))
    soon = desk.do(item, holder=Holder(team_id=1), days=(None, 24))
    theirs = desk.do(item, holder=Holder(50), days=(None, 25), acknowledged_on=date(2026, 11, 20))
    nobody = desk.do(item, guessed=("account_id",), at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    desk.do(item, holder=Holder(me), days=(19, 20), state=PostState.CLOSED, guessed=("sender",))

    expected = {
        View.MINE: {mine},
        View.TEAM: {mine, soon, theirs},
        View.TODAY: {nobody},
        View.OVERDUE: {mine},
        View.SOON: {soon},
        View.UNALLOCATED: {nobody},
        View.UNCHECKED: {nobody},
    }
    assert {view: set(listed(desk, RegisterFilter(view=view))) for view in View} == expected
    above = desk.ask(queries.register)
    assert dict(above.counts) == {view: len(found) for view, found in expected.items()}
    assert [(tray.name, tray.open, tray.late) for tray in above.trays] == [
        ("Other Officer", 1, 0),
        ("Test Officer", 1, 1),
        ("Rents", 1, 0),
    ]


def test_filters(desk):
    let = desk.do(lettings.letting)
    account = let.account.id
    benefit = desk.do(item, "About benefit", category=desk.ask(keeping.category, "benefit").id, account=account)
    call = desk.do(item, "Rang about rent", channel=PostChannel.TELEPHONE, sender="Council Tax team")
    sent = desk.do(letter, account, reference=let.account.payment_reference)

    def found(**wanted):
        return set(listed(desk, RegisterFilter(**wanted)))

    assert found(account_id=account) == {benefit, sent}
    assert found(categories=frozenset({"benefit"})) == {benefit}
    assert found(channels=frozenset({"telephone"})) == {call}
    assert found(channels=frozenset({"letter"})) == {benefit, sent}
    assert found(channels=frozenset({"text"})) == set()
    assert found(text="tax council") == {call}
    assert found(text=let.account.payment_reference) == {benefit, sent}
    assert found(text="2026/0002") == {call}
    assert found(states=frozenset({PostState.JUNK})) == set()
    assert found(days=1) == set()
    assert found(officer_id=desk.officer.id) == {sent}
    assert {row.row_id for row in desk.ask(queries.of_account, account)} == {benefit, sent}


def test_an_item_whole_with_its_history(desk):
    account = desk.do(lettings.letting).account.id
    item_id = desk.do(item, "A question", account=account, text="Why is it so?")
    desk.do(keeping.record, item_id, PostStep.ACKNOWLEDGED, "by e-mail")

    found = desk.ask(queries.detail, item_id)
    assert (found.row.number, found.row.category, found.text) == ("2026/0001", "General enquiry", "Why is it so?")
    assert [(step.step, step.who, step.words) for step in found.history] == [
        (PostStep.LOGGED, "Test Officer", ""),
        (PostStep.ACKNOWLEDGED, "Test Officer", "by e-mail"),
    ]


def test_a_restricted_record_says_nothing_of_its_post(desk):
    """Its line stands in the list without a name; it is neither found by its words nor opened."""
    account = desk.do(lettings.letting).account.id
    item_id = desk.do(item, "A private matter", account=account)
    desk.do(letter, account)

    def restrict(ctx):
        ctx.session.add(
            RestrictedRecord(
                subject=Subject.ACCOUNT,
                subject_id=account,
                reason="Made up",
                restricted_by=ctx.officer.id,
                restricted_at=NOON,
            )
        )

    desk.do(restrict)
    desk.do(add, NewOfficer("outsider", "Test Outsider", frozenset({Role.RENTS_OFFICER})))
    outsider = Desk.sit_down(desk.database, "outsider", desk.clock)
    rows = outsider.ask(queries.rows, listed(outsider))
    assert [(row.who, row.subject, row.shut) for row in rows] == [("Restricted", "", True)] * 2
    assert listed(outsider, RegisterFilter(text="private")) == []
    assert outsider.ask(finding.find, "private matter") == ()
    for query in (lambda ctx: queries.detail(ctx, item_id), lambda ctx: queries.of_account(ctx, account)):
        with pytest.raises(UserError, match="restricted"):
            outsider.ask(query)


def test_it_is_found_by_number_sender_and_subject(desk):
    item_id = desk.do(item, "Damp in the bedroom", sender="Mx C Tenant")

    for text in ("damp bed", "2026/0001", "tenant damp"):
        groups = desk.ask(finding.find, text)
        found = [each for group in groups for each in group.found if each.subject is Subject.POST_ITEM]
        assert [(each.subject_id, each.title) for each in found] == [(item_id, "Damp in the bedroom")], text


def test_the_home_page_has_a_card_for_it(desk):
    desk.do(item, holder=Holder(desk.officer.id), days=(20, None))
    desk.do(item)
    card = next(each for each in cards.cards() if each.key == "post")

    assert [(line.title, line.words) for line in desk.ask(card.lines)] == [
        ("With you", "1"),
        ("Overdue", "1"),
        ("With nobody yet", "1"),
    ]


def test_rows_take_as_many_queries_for_many_as_for_one(desk, query_log):
    found = [desk.do(item, f"Number {at}") for at in range(6)]
    query_log.clear()
    desk.ask(queries.rows, found[:1])
    one = len(query_log)
    query_log.clear()
    desk.ask(queries.rows, found)
    assert len(query_log) == one
