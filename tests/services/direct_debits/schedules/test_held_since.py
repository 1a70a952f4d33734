"""A hold on arrears that begins or ends asks for the schedule to be worked out again: a task, once, until it is."""

from datetime import date

from sqlalchemy import select

from app.models.diary import Task
from app.models.holds import Hold
from app.models.values import Subject
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.direct_debits.schedules import commands, daily, keeping
from tests.services.direct_debits.schedules.conftest import MONTHLY, home, mandate
from tests.services.direct_debits.schedules.test_arrears import hold


def tasks(desk):
    """The open tasks about schedules: of which mandate, and what they say."""
    rows = select(Task.subject_id, Task.details).where(
        Task.subject == Subject.MANDATE, Task.kind == "schedule_held", Task.state == "open"
    )
    return desk.ask(lambda ctx: [tuple(row) for row in ctx.session.execute(rows)])


def scheduled(desk, made):
    """A mandate of a home with its schedule."""

    def make(ctx):
        payer = mandate(ctx, made.account)
        keeping.make(ctx, payer, MONTHLY, "Set up")
        return payer.id

    return desk.do(make)


def test_a_hold_that_begins_or_ends_is_a_task_until_it_is_recalculated(charged):
    """400.00 of arrears in four instalments: 1,900.00 + 400.00 over four are 575.00; held they are 475.00."""
    made = charged.do(home, balance=400_00)
    mandate_id = scheduled(charged, made)
    scheduled(charged, charged.do(home, balance=100_00))  # nothing is held here
    charged.do(daily.each_day)
    assert tasks(charged) == []

    charged.do(hold, made.account, to_on=date(2026, 11, 21))
    for _ in range(2):
        charged.do(daily.each_day)
    assert tasks(charged) == [
        (mandate_id, "£400.00 owed isn't collected: breathing space, until 21 Nov 2026."),
    ]
    charged.do(commands.recalculate_all, (mandate_id,))
    assert tasks(charged) == []
    charged.do(daily.each_day)
    assert tasks(charged) == []

    after = Desk(charged.database, charged.officer, FixedClock(date(2026, 11, 22)))
    after.do(daily.each_day)
    assert tasks(after) == [(mandate_id, "Arrears are collected again: £400.00 owed on 22 Nov 2026.")]


def test_a_hold_that_is_taken_off_before_anybody_looked_asks_for_nothing(charged):
    made = charged.do(home, balance=400_00)
    scheduled(charged, made)
    charged.do(hold, made.account)
    charged.do(daily.each_day)
    assert len(tasks(charged)) == 1
    charged.do(lambda ctx: setattr(ctx.session.scalars(select(Hold)).one(), "to_on", date(2026, 11, 20)))
    charged.do(daily.each_day)
    assert tasks(charged) == []
