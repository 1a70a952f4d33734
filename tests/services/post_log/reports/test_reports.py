"""The figures of the post, worked by hand. Today is Saturday 21 November 2026."""

from datetime import UTC, date, datetime

import pytest

from app.models.officers import Officer
from app.models.post_log import PostItem
from app.models.values import PostChannel, PostState
from app.services.core.errors import UserError
from app.services.post_log import keeping
from app.services.post_log.dto import Holder, NewItem
from app.services.post_log.reports import queries
from app.services.post_log.reports.dto import percent
from tests.prepared import prepared

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


def day(number):
    return number and date(2026, 11, number)


def item(ctx, received, acknowledge=None, reply=None, acknowledged=None, replied=None, **more):
    """Days of November; the item is closed if it was answered."""
    new = NewItem(
        more.pop("channel", PostChannel.LETTER),
        "A question",
        received_at=datetime(2026, more.pop("month", 11), received, 9, tzinfo=UTC),
        category_id=keeping.category(ctx, more.pop("category", "general")).id,
        holder=Holder(more.pop("officer", None)),
    )
    row = ctx.session.get_one(PostItem, keeping.log(ctx, new))
    row.acknowledge_by, row.reply_by = day(acknowledge), day(reply)
    row.acknowledged_on, row.replied_on = day(acknowledged), day(replied)
    row.state = more.pop("state", PostState.CLOSED if replied else PostState.OPEN)
    ctx.session.flush()
    return row.id


@prepared
def november(desk):
    """Nine items of November, and one of October that is open."""

    def make(ctx):
        ctx.session.add(Officer(id=80, username="ben", name="Ben Example"))
        ctx.session.flush()
        item(ctx, 2, 5, 16, acknowledged=5, replied=16, officer=80)  # both on the last day
        item(ctx, 2, 5, 16, acknowledged=6, replied=17, officer=80)  # both a day late
        item(ctx, 3, 6, 17, replied=5)  # answered at once: acknowledged by it
        item(ctx, 4, 9, 18, category="foi", channel=PostChannel.EMAIL)  # open and late, both ways
        item(ctx, 19, 24, category="foi", channel=PostChannel.EMAIL)  # open, not due yet
        item(ctx, 10, None, 20, state=PostState.CLOSED)  # closed without an answer
        item(ctx, 10, 13, 24, state=PostState.JUNK)
        item(ctx, 10, 13, 24, state=PostState.DUPLICATE)
        item(ctx, 10, 13, 24, state=PostState.FORWARDED)
        return item(ctx, 1, month=10)

    return desk.do(make)


def test_what_was_in_time(desk, november):
    found = desk.ask(queries.report, *NOVEMBER)

    every = found.every
    assert (every.came, every.answered, every.answered_late, every.waiting, every.unanswered) == (6, 2, 2, 1, 1)
    assert (every.acknowledged, every.acknowledged_late) == (2, 2)
    assert (every.on_time, every.acknowledged_on_time) == (50, 50)


def test_by_category_officer_and_channel(desk, november):
    found = desk.ask(queries.report, *NOVEMBER)

    assert [(each.name, each.came, each.on_time) for each in found.categories] == [
        ("General enquiry", 4, 66),
        ("Freedom of information request", 2, 0),
    ]
    assert [(each.name, each.came, each.on_time) for each in found.officers] == [
        ("Nobody yet", 4, 50),
        ("Ben Example", 2, 50),
    ]
    assert [(each.name, each.came) for each in found.channels] == [("Letter", 4), ("E-mail", 2)]


def test_the_oldest_open_items_whenever_they_came(desk, november):
    assert desk.ask(queries.report, *NOVEMBER).oldest[0].row_id == november
    assert len(desk.ask(queries.oldest)) == 3


def test_all_that_came_is_in_time_late_waiting_or_needed_none(desk):
    def make(ctx):
        item(ctx, 12, 17, 26)  # late to be acknowledged, not to be answered
        item(ctx, 12, 17, 26, replied=13, state=PostState.OPEN)  # answered, kept open
        item(ctx, 2, 5, 16, acknowledged=5, replied=17, state=PostState.OPEN)  # answered late, kept open

    desk.do(make)
    every = desk.ask(queries.report, *NOVEMBER).every
    assert (every.came, every.answered, every.answered_late, every.waiting, every.unanswered) == (3, 1, 1, 1, 0)
    assert (every.acknowledged, every.acknowledged_late) == (2, 1)
    assert desk.ask(queries.report, *NOVEMBER).late == 1


def test_a_span_without_post_has_no_percentages(desk):
    every = desk.ask(queries.report, date(2026, 1, 1), date(2026, 1, 31)).every
    assert (every.came, every.on_time) == (0, None)
    with pytest.raises(UserError, match="last day is before the first"):
        desk.ask(queries.report, date(2026, 1, 31), date(2026, 1, 1))


def test_all_is_all():
    assert (percent(199, 1), percent(200, 0), percent(0, 0)) == (99, 100, None)
