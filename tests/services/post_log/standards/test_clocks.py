"""The clock of an item: set when it is logged, stopped, going on, made longer; and what is late told to the team leader."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.diary import Task
from app.models.officers import Officer, Team
from app.models.post_log import PostEvent, PostItem
from app.models.values import Pausing, PostChannel, PostStep, Subject
from app.services.admin.policy.commands import ask_change
from app.services.admin.policy.dto import Action, NewValue
from app.services.approvals.commands import approve
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from app.services.post_log import keeping as log
from app.services.post_log.dto import Holder, NewItem
from app.services.post_log.standards import commands, keeping, previewing, queries
from app.services.post_log.standards.dto import ExtendClock, Light, PauseClock, ResumeClock

MONDAY = date(2026, 11, 9)


def logged(desk, category="general", received_on=MONDAY, holder=None):
    def work(ctx):
        new = NewItem(
            PostChannel.LETTER,
            "Plainly made up",
            received_on=received_on,
            category_id=log.category(ctx, category).id,
            holder=holder,
        )
        item_id = log.log(ctx, new)
        keeping.set_due(ctx, ctx.session.get_one(PostItem, item_id))
        return item_id

    return desk.do(work)


def days(desk, item_id):
    row = desk.ask(lambda ctx: ctx.session.get_one(PostItem, item_id))
    return row.acknowledge_by, row.reply_by


def on(desk, day):
    return Desk(desk.database, desk.officer, FixedClock(day))


def test_the_clock_is_set_with_its_working_and_many_need_no_more_queries_than_one(desk, query_log):
    ids = [logged(desk, category) for category in ("general", "foi", "court")]
    assert days(desk, ids[0]) == (date(2026, 11, 12), date(2026, 11, 23))
    assert days(desk, ids[2]) == (None, MONDAY)

    def again(ctx, wanted):
        rows = [ctx.session.get_one(PostItem, each) for each in wanted]
        query_log.clear()
        keeping.due_many(ctx, rows)
        return len(query_log)

    assert desk.ask(again, ids) == desk.ask(again, ids[:1])


def test_a_clarification_stops_the_clock_until_it_comes(desk):
    item_id = logged(desk, "foi")
    desk.do(commands.pause, PauseClock(item_id, Pausing.CLARIFICATION, "Which years they mean", date(2026, 11, 10)))
    still = desk.ask(queries.clock, item_id)
    assert (still.due.reply_by, still.light) == (None, Light.RED)
    assert still.light_words == "Late: acknowledge by Thu 12 Nov 2026, 6 working days ago"
    assert still.waiting.reason == "Which years they mean"
    with pytest.raises(UserError, match="stands still already"):
        desk.do(commands.pause, PauseClock(item_id, Pausing.CLARIFICATION, "Again"))
    desk.do(commands.resume, ResumeClock(item_id, date(2026, 11, 16)))
    assert days(desk, item_id)[1] == date(2026, 12, 15)
    clock = desk.ask(queries.clock, item_id)
    assert (clock.waiting, len(clock.pauses)) == (None, 1)
    steps = desk.ask(lambda ctx: list(ctx.session.scalars(select(PostEvent.step).order_by(PostEvent.id))))
    assert steps[-2:] == [PostStep.PAUSED, PostStep.RESUMED]


@pytest.mark.parametrize(
    ("category", "new", "said"),
    [
        ("complaint_1", PauseClock(1, Pausing.CLARIFICATION, "Why"), "never stands still"),
        ("foi", PauseClock(1, Pausing.IDENTITY, "Who"), "not who they are"),
        ("general", PauseClock(1, Pausing.CLARIFICATION, "  "), "reason is missing"),
        ("general", PauseClock(1, Pausing.CLARIFICATION, "Why", date(2026, 11, 8)), "can't be before Mon 9 Nov 2026"),
        ("general", PauseClock(1, Pausing.CLARIFICATION, "Why", date(2026, 11, 23)), "still to come"),
        ("general", PauseClock(1, Pausing.CLARIFICATION, "Card 4111 1111 1111 1111"), "card number"),
    ],
)
def test_what_no_pause_may_be(desk, category, new, said):
    assert logged(desk, category) == new.item_id
    with pytest.raises(UserError, match=said):
        desk.do(commands.pause, new)


def test_a_complaint_is_made_longer_by_ten_days_at_most(desk):
    # to acknowledge by Mon 16 Nov; ten more to 30 Nov; with four more to 4 Dec
    item_id = logged(desk, "complaint_1")
    desk.do(commands.extend, ExtendClock(item_id, 4, "The surveyor comes on 2 December"))
    assert days(desk, item_id) == (date(2026, 11, 16), date(2026, 12, 4))
    assert desk.ask(queries.clock, item_id).extend_left == 6
    with pytest.raises(UserError, match="by 1 to 6 working days"):
        desk.do(commands.extend, ExtendClock(item_id, 7, "More"))
    desk.do(commands.extend, ExtendClock(item_id, 6, "The report is awaited"))
    with pytest.raises(UserError, match="all 10 working days already"):
        desk.do(commands.extend, ExtendClock(item_id, 1, "More"))


def test_what_has_passed_is_not_made_longer(desk):
    item_id = logged(desk, received_on=date(2026, 10, 1))
    with pytest.raises(UserError, match="The time passed on Thu 15 Oct 2026"):
        desk.do(commands.extend, ExtendClock(item_id, 5, "Too late"))


def test_a_colleagues_clock_is_theirs(desk, colleague):
    item_id = logged(desk, holder=Holder(officer_id=colleague.officer.id))
    Desk.sit_down(desk.database, "manager", desk.clock).do(
        add, NewOfficer("new", "Test Newcomer", frozenset({Role.RENTS_OFFICER}))
    )
    newcomer = Desk.sit_down(desk.database, "new", desk.clock)
    with pytest.raises(UserError, match="Test Colleague has this item"):
        newcomer.do(commands.pause, PauseClock(item_id, Pausing.CLARIFICATION, "Which weeks"))
    own = logged(desk, holder=Holder(officer_id=desk.officer.id))
    colleague.do(commands.pause, PauseClock(own, Pausing.CLARIFICATION, "Which weeks"))
    assert days(desk, own)[1] is None


def test_what_is_late_is_told_to_the_team_leader_once(desk, colleague):
    def lead(ctx):
        team = Team(name="Rents", leader_id=colleague.officer.id)
        ctx.session.add(team)
        ctx.session.flush()
        ctx.session.get_one(Officer, desk.officer.id).team_id = team.id
        return team.id

    team_id = desk.do(lead)
    mine = logged(desk, received_on=date(2026, 11, 2), holder=Holder(officer_id=desk.officer.id))
    ours = logged(desk, received_on=date(2026, 11, 3), holder=Holder(team_id=team_id))
    logged(desk, received_on=date(2026, 11, 20))
    done = desk.do(commands.escalate)
    assert (done.items, done.tasks) == (2, 1)
    assert desk.do(commands.escalate).items == 0
    (task,) = desk.ask(lambda ctx: list(ctx.session.scalars(select(Task))))
    assert (task.title, task.officer_id, task.due_on) == (
        "2 items of post are late",
        colleague.officer.id,
        date(2026, 11, 23),
    )
    assert task.details.splitlines()[0] == "2026/0001, General enquiry: was due Thu 5 Nov 2026, with Test Officer"
    late = desk.ask(queries.late)
    assert [(each.item_id, each.what, each.working_days, each.escalated) for each in late] == [
        (mine, "reply", 4, True),
        (ours, "reply", 3, True),
    ]


def test_what_is_told_may_be_told_again_once_it_was_in_time(desk):
    item_id = logged(desk, received_on=date(2026, 11, 11))
    assert desk.do(commands.escalate).items == 1
    (task,) = desk.ask(lambda ctx: list(ctx.session.scalars(select(Task))))
    assert (task.subject, task.subject_id, task.officer_id) == (Subject.POST_ITEM, item_id, None)

    def acknowledge(ctx):
        item = ctx.session.get_one(PostItem, item_id)
        item.acknowledged_on = ctx.clock.today()
        keeping.set_due(ctx, item)

    desk.do(acknowledge)
    assert desk.do(commands.escalate).items == 0
    assert on(desk, date(2026, 11, 26)).do(commands.escalate).items == 1


def test_an_item_turns_amber_two_working_days_before(desk):
    item_id = logged(desk, received_on=date(2026, 11, 19))
    clock = desk.ask(queries.clock, item_id)
    assert (clock.light, clock.light_words) == (Light.AMBER, "Acknowledge in 2 working days")
    assert desk.ask(queries.amber_until) == date(2026, 11, 24)
    friday = on(desk, date(2026, 11, 19)).ask(queries.clock, item_id)
    assert (friday.light, friday.light_words) == (Light.GREEN, "Acknowledge in 3 working days")


def test_what_a_change_does_is_told_before_it_is_done(desk):
    item_id = logged(desk, "complaint_1")
    longer = desk.ask(previewing.preview_extend, ExtendClock(item_id, 10, ""))
    assert (longer[0].before, longer[0].after) == ("Mon 30 Nov 2026", "Mon 14 Dec 2026")
    assert [each.text for each in longer if each.warns] == [
        "It should have been acknowledged by Mon 16 Nov 2026",
        "Give them the Ombudsman's contact details with it",
    ]
    question = logged(desk, "foi", date(2026, 11, 16))
    still = desk.ask(previewing.preview_pause, PauseClock(question, Pausing.CLARIFICATION, ""))
    # 17-20 are 4, 23-27 are 9, 1-4 Dec are 13 (30 Nov is St Andrew's Day), 7-11 are 18, 14 and 15
    assert (still[0].before, still[0].after) == ("Tue 15 Dec 2026", "none, until they say")
    desk.do(commands.pause, PauseClock(question, Pausing.CLARIFICATION, "Which estate", date(2026, 11, 17)))
    on_again = desk.ask(previewing.preview_resume, ResumeClock(question, date(2026, 11, 20)))
    # from 20 Nov: 23-27 are 5, 1-4 Dec are 9, 7-11 are 14, 14-18 are 19, 21
    assert on_again[0].after == "Mon 21 Dec 2026"


def test_a_standard_changed_by_two_officers_counts_for_what_is_received_from_its_day_on(desk, colleague):
    manager = Desk.sit_down(desk.database, "manager", desk.clock)
    asked = NewValue(
        Action.ADD,
        "post_log.reply_time",
        "category:refund",
        "5",
        date(2026, 12, 1),
        "Cabinet, 3 Nov 2026",
        "New standard",
    )
    request = manager.do(ask_change, asked).request_id
    colleague.do(approve, [request])
    before = desk.ask(queries.category_due, "refund", date(2026, 11, 30)).due
    after = desk.ask(queries.category_due, "refund", date(2026, 12, 1)).due
    # 1-4 Dec are 4, 7-11 are 9, 14; and 2-4 Dec are 3, 7, 8
    assert (before.reply_by, after.reply_by) == (date(2026, 12, 14), date(2026, 12, 8))
    with pytest.raises(UserError, match="can't be limited"):
        manager.do(ask_change, replace(asked, scope="category:nonsense"))
