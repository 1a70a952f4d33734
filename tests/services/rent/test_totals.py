"""What the listed accounts come to, in SQL: exactly the rows that the filter shows."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.values import AccountKind, Money
from app.services.rent import queries
from app.services.rent.listed_dto import AccountFilter
from app.services.rent.search import refresh_search
from app.services.workbench.listing import Totals
from tests.factories import lettings

wanted = st.builds(
    AccountFilter,
    text=st.sampled_from(["", "one", "person", "0"]),
    kinds=st.frozensets(st.sampled_from([AccountKind.RENT, AccountKind.GARAGE])),
    live=st.none() | st.booleans(),
    owing=st.none() | st.booleans(),
    at_least=st.none() | st.builds(Money, st.integers(0, 6_000)),
    below=st.none() | st.builds(Money, st.integers(0, 6_000)),
)


def build(ctx):
    lets = [lettings.letting(ctx, who=(name, "Person")) for name in ("One", "Two", "Three")]
    lets.append(lettings.garage_letting(ctx, home=lets[0]))
    for let, pence in zip(lets, (5_000, -1_250, 0, 800), strict=True):
        let.account.balance_pence = pence
    ctx.session.flush()
    refresh_search(ctx)
    return [let.account.id for let in lets]


def test_the_totals_are_those_of_every_account(desk):
    ids = desk.do(build)
    assert desk.ask(queries.account_totals) == Totals(4, Money(5_800), Money(1_250))
    assert desk.ask(queries.totals_of, ids[:2]) == Totals(2, Money(5_000), Money(1_250))
    assert desk.ask(queries.totals_of, []) == Totals()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(filter_=wanted)
def test_the_totals_are_those_of_the_rows_shown(desk, filter_):
    if not desk.ask(queries.account_ids):
        desk.do(build)
    rows = desk.ask(queries.account_rows, desk.ask(queries.account_ids, filter_))
    debit = sum(max(row.balance.pence, 0) for row in rows)
    credit = sum(max(-row.balance.pence, 0) for row in rows)
    assert desk.ask(queries.account_totals, filter_) == Totals(len(rows), Money(debit), Money(credit))
