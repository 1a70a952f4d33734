"""Who else has a record open, by the database's own clock."""

from datetime import timedelta

from sqlalchemy import func, select, update

from app.models.drafts import Presence
from app.models.values import Subject
from app.services.core.moments import database_moment
from app.services.workbench.presence import EXPIRES, Record, beat

HOME, GARAGE = Record(Subject.ACCOUNT, 1), Record(Subject.ACCOUNT, 2)


def age(desk, by):
    """As if so long had gone by since everybody's last beat."""

    def shift(ctx):
        for row in ctx.session.scalars(select(Presence)).all():
            values = {"seen_at": row.seen_at - by, "since": row.since - by}
            ctx.session.execute(update(Presence).where(Presence.id == row.id).values(values))

    desk.do(shift)


def names(found, record=HOME):
    return [other.name for other in found[record]]


def test_each_sees_the_other_and_not_themselves(desk, colleague):
    assert names(desk.do(beat, "w1", [HOME])) == []
    assert names(colleague.do(beat, "w2", [HOME])) == ["Test Officer"]
    assert names(desk.do(beat, "w1", [HOME])) == ["Test Colleague"]


def test_another_record_is_another_matter(desk, colleague):
    desk.do(beat, "w1", [HOME])
    assert names(colleague.do(beat, "w2", [GARAGE]), GARAGE) == []


def test_who_leaves_the_record_or_closes_the_window_is_gone(desk, colleague):
    desk.do(beat, "w1", [HOME, GARAGE])
    desk.do(beat, "w1", [GARAGE])
    assert colleague.do(beat, "w2", [HOME, GARAGE])[HOME] == ()
    desk.do(beat, "w1", [])
    assert names(colleague.do(beat, "w2", [GARAGE]), GARAGE) == []


def test_since_stays_while_the_beats_go_on(desk, colleague):
    desk.do(beat, "w1", [HOME])
    age(desk, timedelta(minutes=1))
    desk.do(beat, "w1", [HOME])
    age(desk, timedelta(seconds=90))
    (other,) = colleague.do(beat, "w2", [HOME])[HOME]
    now = desk.ask(lambda ctx: database_moment(ctx.session))
    assert timedelta(seconds=150) <= now - other.since < timedelta(seconds=160)


def test_after_a_power_cut_it_expires(desk, colleague):
    desk.do(beat, "w1", [HOME])
    age(desk, EXPIRES - timedelta(seconds=20))
    assert names(colleague.do(beat, "w2", [HOME])) == ["Test Officer"]
    age(desk, timedelta(seconds=30))
    assert names(colleague.do(beat, "w2", [HOME])) == []
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Presence))) == 1


def test_the_same_officer_in_another_window_is_told_apart(desk):
    desk.do(beat, "w1", [HOME])
    (other,) = desk.do(beat, "w2", [HOME])[HOME]
    assert other.self_elsewhere


def test_two_windows_of_one_officer_are_one_name(desk, colleague):
    desk.do(beat, "w1", [HOME])
    desk.do(beat, "w2", [HOME])
    assert names(colleague.do(beat, "w3", [HOME])) == ["Test Officer"]


def test_a_beat_asks_as_little_for_twelve_records_as_for_one(desk, query_log):
    def asked(records):
        open_ = [Record(Subject.ACCOUNT, number) for number in range(records)]
        desk.do(beat, "w1", open_)
        query_log.clear()
        desk.do(beat, "w1", open_)
        return len(query_log)

    assert asked(1) == asked(12)
