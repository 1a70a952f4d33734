"""The log of the post: numbers without a gap, the same entry once, and what can't be logged."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from app.models.post_log import PostCategory, PostEvent, PostItem
from app.models.values import PostChannel, PostStep, Subject
from app.services.core.clock import FixedClock
from app.services.core.errors import UserError
from app.services.core.finding import matching_ids
from app.services.core.session import Desk
from app.services.post_log import keeping
from app.services.post_log.dto import Holder, NewItem, Priority, item_number
from tests.conftest import OFFICER, TODAY

LETTER = NewItem(PostChannel.LETTER, "Rent increase query", "Mrs Made Up")


def numbers(desk):
    return desk.ask(lambda ctx: list(ctx.session.scalars(select(PostItem.number).order_by(PostItem.id))))


def row(desk, item_id):
    return desk.ask(lambda ctx: ctx.session.get_one(PostItem, item_id))


def test_numbers_run_without_a_gap_and_begin_again_each_year(desk):
    desk.do(keeping.log, LETTER)
    with pytest.raises(UserError, match="card number"):
        desk.do(keeping.log, NewItem(PostChannel.LETTER, "Card", text="It is 4111 1111 1111 1111"))
    desk.do(keeping.log_many, (LETTER, LETTER))
    january = Desk(desk.database, desk.officer, FixedClock(TODAY.replace(year=2027, month=1)))
    item_id = january.do(keeping.log, LETTER)
    assert numbers(desk) == [1, 2, 3, 1]
    assert item_number(2027, row(desk, item_id).number) == "2027/0001"


def test_two_desks_that_log_at_once_leave_no_gap(database, clock):
    desks = [Desk.sit_down(database, OFFICER, clock) for _ in range(2)]
    threads = [
        Thread(target=lambda one=each: [one.do(keeping.log, LETTER) for _ in range(5)], daemon=True) for each in desks
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(numbers(desks[0])) == list(range(1, 11))


def test_the_same_entry_is_logged_once(desk):
    keyed = NewItem(PostChannel.EMAIL, "Once", entry_key="message 1")
    first = desk.do(keeping.log, keyed)
    again = desk.do(keeping.log_many, (keyed, LETTER, keyed))
    assert again[0] == again[2] == first
    assert numbers(desk) == [1, 2]
    events = desk.ask(lambda ctx: list(ctx.session.scalars(select(PostEvent.step).where(PostEvent.item_id == first))))
    assert events == [PostStep.LOGGED]


def test_nothing_is_received_in_the_future(desk):
    tomorrow = datetime(2026, 11, 22, 9, tzinfo=UTC)
    for new in (
        NewItem(PostChannel.LETTER, "Early", received_at=tomorrow),
        NewItem(PostChannel.LETTER, "Early", received_on=TODAY + timedelta(days=1)),
    ):
        with pytest.raises(UserError, match="in the future") as refused:
            desk.do(keeping.log, new)
        assert refused.value.field == "received_on"
    assert numbers(desk) == []


def test_what_has_no_subject_is_listed_by_its_first_line(desk):
    by_text = desk.do(keeping.log, NewItem(PostChannel.EMAIL, " ", text="\nMy boiler\nis cold"))
    bare = desk.do(keeping.log, NewItem(PostChannel.EMAIL))
    assert (row(desk, by_text).subject_line, row(desk, bare).subject_line) == ("My boiler", "(no subject)")


def test_what_is_left_out_comes_from_the_category_and_stays_marked(desk):
    def give(ctx):
        death = ctx.session.scalars(select(PostCategory).where(PostCategory.key == "death")).one()
        death.officer_id = ctx.officer.id
        return death.id

    category_id = desk.do(give)
    item = row(desk, desk.do(keeping.log, NewItem(PostChannel.LETTER, "Sad news", category_id=category_id)))
    assert (item.priority, item.officer_id, item.guessed) == (Priority.HIGH, desk.officer.id, "")
    returned = row(desk, desk.do(keeping.log, NewItem(PostChannel.RETURNED, "Gone away", holder=Holder())))
    assert returned.guessed == "category_id"
    steps = desk.ask(lambda ctx: list(ctx.session.scalars(select(PostEvent.step).where(PostEvent.item_id == item.id))))
    assert steps == [PostStep.LOGGED, PostStep.ALLOCATED]


def test_an_item_is_found_by_its_number_and_its_sender(desk):
    item_id = desk.do(keeping.log, LETTER)
    for text in ("2026/0001", "made", "increase"):
        assert desk.ask(matching_ids, Subject.POST_ITEM, text, 5) == [item_id]
