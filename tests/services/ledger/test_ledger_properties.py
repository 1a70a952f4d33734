"""Whatever is posted in whatever order, the balances are the sums of the lines and the checks find nothing."""

import shutil
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.properties import RentYear
from app.models.values import Basis, JournalKind, Money
from app.services.core import database as databases
from app.services.core.clock import FixedClock
from app.services.core.session import Database, Desk
from app.services.ledger import checks, commands, explaining, queries
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.services.ledger.conftest import without_limits

FIRST = date(2026, 4, 6)
TODAY = date(2026, 11, 21)
days = st.integers(0, (TODAY - FIRST).days).map(lambda n: FIRST + timedelta(days=n))
postings = st.lists(
    st.tuples(
        days,
        st.lists(st.tuples(st.integers(0, 2), days, st.integers(-50000, 50000).filter(bool)), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(postings=postings, as_at=days)
def test_balances_are_the_sums_in_both_meanings(template, tmp_path_factory, postings, as_at):
    path = shutil.copy(template, tmp_path_factory.mktemp("ledger") / "rentbook.db")
    database = Database(databases.database_url(path))
    desk = Desk.sit_down(database, "officer", FixedClock(TODAY))
    without_limits(desk)
    ids = desk.do(lambda ctx: [lettings.letting(ctx).account.id for _ in range(3)])
    known = dict.fromkeys(ids, 0)
    reported = dict.fromkeys(ids, 0)
    for number, (accounting_on, lines) in enumerate(postings):
        header = JournalHeader(JournalKind.ADJUSTMENT, accounting_on, "test", f"test:{number}")
        desk.do(commands.post, header, [Line(ids[who], "ADJ", pence, on) for who, on, pence in lines])
        for who, on, pence in lines:
            known[ids[who]] += pence if on <= as_at else 0
            reported[ids[who]] += pence if accounting_on <= as_at else 0
    for basis, expected in ((Basis.KNOWN, known), (Basis.REPORTED, reported)):
        found = desk.ask(
            lambda ctx, b=basis: dict(map(tuple, ctx.session.execute(queries.balances_select(ctx, as_at, b))))
        )
        assert {account: found.get(account, 0) for account in ids} == expected
        assert desk.ask(queries.balances, ids, as_at, basis) == {a: Money(p) for a, p in expected.items()}
        for account in ids:
            why = desk.ask(explaining.explain, account, as_at, basis)
            assert why.balance == Money(expected[account])
            assert why.brought_forward.pence + sum(part.amount.pence for part in why.parts) == expected[account]
            assert why.weeks[-1].balance == why.balance
    assert desk.ask(checks.check) == ()
    database.close()


def test_an_explanation_begins_at_the_rent_year_that_the_landlord_states(desk):
    account = desk.do(lambda ctx: lettings.letting(ctx).account.id)
    header = JournalHeader(JournalKind.ADJUSTMENT, date(2026, 11, 16), "test", "test:1")
    desk.do(
        commands.post,
        header,
        [Line(account, "DBR", 500, date(2026, 3, 30)), Line(account, "DBR", 700, date(2026, 4, 6))],
    )
    assert desk.ask(explaining.explain, account, TODAY).brought_forward == Money(500)
    desk.do(lambda ctx: ctx.session.add(RentYear(first_week_on=date(2026, 3, 30), weeks=53, name="2026-27")))
    assert desk.ask(explaining.explain, account, TODAY).brought_forward == Money(0)
