from datetime import date, timedelta

from sqlalchemy import func, select

from app.models.charges import Charge, ChargeRun
from app.models.values import Money
from app.services.charges import commands, queries
from tests.factories import lettings

NEXT_WEEK = date(2026, 11, 23)


def test_the_rehearsal_is_what_is_then_posted(desk, estate):
    rehearsal = desk.ask(queries.rehearse, NEXT_WEEK)
    assert rehearsal.journal is None
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(ChargeRun))) == 0
    result = desk.do(commands.charge_week, NEXT_WEEK)
    assert (rehearsal.lines, rehearsal.total.pence) == (result.lines, result.total_pence)
    assert rehearsal.exceptions == result.exceptions
    assert desk.ask(queries.rehearse, NEXT_WEEK).journal == result.journal


def test_the_rehearsal_totals_by_code_and_by_rent_group(desk, estate):
    rehearsal = desk.ask(queries.rehearse, NEXT_WEEK)
    assert (rehearsal.week, rehearsal.week_number, rehearsal.rent_year) == (NEXT_WEEK, 34, "2026-27")
    assert [(total.code, total.lines, total.amount.pence) for total in rehearsal.by_code] == [
        ("DBR", 3, 24_000),
        ("DGA", 2, 3_655),
        ("DSC", 1, 450),
        ("DVA", 1, 375),
    ]
    assert [(total.code, total.accounts, total.lines, total.amount.pence) for total in rehearsal.by_group] == [
        ("GAR", 2, 3, 4_030),
        ("GEN", 2, 3, 15_450),
    ]
    assert rehearsal.void == Money(9_000)
    assert rehearsal.total.pence == 4_030 + 15_450 + 9_000


def test_the_rehearsal_tells_what_differs_from_the_week_before(desk):
    def build(ctx):
        same = lettings.letting(ctx)
        raised = lettings.letting(ctx)
        ctx.session.get_one(Charge, raised.charges[0].id).to_on = NEXT_WEEK - timedelta(days=1)
        lettings.charge(ctx, raised.account, "DBR", "104.80", NEXT_WEEK)
        started = lettings.letting(ctx, "70.00", start_on=NEXT_WEEK)
        ended = lettings.letting(ctx, "60.00", end_on=NEXT_WEEK - timedelta(days=1))
        ending = lettings.letting(ctx, "77.00", end_on=NEXT_WEEK + timedelta(days=4))
        lettings.rent_group(ctx, "FREE", free=[NEXT_WEEK])
        free = lettings.letting(ctx, "50.00", group="FREE")
        return same, raised, started, ended, ending, free

    _same, raised, started, ended, ending, free = desk.do(build)
    rehearsal = desk.ask(queries.rehearse, NEXT_WEEK)
    found = {each.account_id: (each.before.pence, each.now.pence, each.change.value) for each in rehearsal.differences}
    assert found == {
        raised.account.id: (10_000, 10_480, "amount"),
        started.account.id: (0, 7_000, "started"),
        ended.account.id: (6_000, 0, "ended"),
        ending.account.id: (7_700, 5_500, "part_week"),
        free.account.id: (5_000, 0, "free_week"),
    }
    totals = {each.change.value: (each.accounts, each.amount.pence) for each in rehearsal.difference_totals}
    assert totals == {
        "started": (1, 7_000),
        "ended": (1, -6_000),
        "part_week": (1, -2_200),
        "amount": (1, 480),
        "free_week": (1, -5_000),
    }
    largest = desk.ask(queries.rehearse, NEXT_WEEK, 1)
    assert [each.account_id for each in largest.differences] == [started.account.id]
    assert len(largest.difference_totals) == 5
    assert [group.free for group in rehearsal.by_group] == [True, False]
