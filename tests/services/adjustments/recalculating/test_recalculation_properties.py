"""Whatever a charge should have been and however often it is put right and back, ledger and records agree."""

from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.services.adjustments import keeping, posting
from app.services.adjustments.recalculating import commands, queries
from app.services.charges.differences import differences
from app.services.ledger import checks
from tests.services.adjustments.recalculating.estates import SUNDAY, WEEKS, balance, wanted

days = st.integers(0, (SUNDAY - WEEKS[0]).days)
rates = st.dictionaries(days, st.integers(0, 150_00), min_size=1, max_size=3)
keys = count(1)


def back(ctx, adjustment_id):
    return posting.take_back(ctx, keeping.found(ctx, adjustment_id), "Back")


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=rates, second=rates, garage=st.booleans())
def test_put_right_twice_and_back_the_ledger_and_the_records_agree(desk, estate, first, second, garage):
    account, code = (estate[1].account.id, "DGA") if garage else (estate[0].account.id, "DBR")
    before = balance(desk, account)
    done = []
    for asked in (first, second):
        spans = [(WEEKS[0] + timedelta(days=on), pence) for on, pence in sorted(asked.items())]
        change = wanted(account, *spans, code=code, key=f"step {next(keys)}")
        found = desk.ask(queries.work_out, change)
        if found.lines:
            stood = balance(desk, account)
            done.append(desk.do(commands.submit, change).adjustment_id)
            assert balance(desk, account) == stood + found.difference
        assert desk.ask(differences, [account], WEEKS[0]) == ()
    for adjustment_id in reversed(done):
        desk.do(back, adjustment_id)
        assert desk.ask(differences, [account], WEEKS[0]) == ()
    assert balance(desk, account) == before
    assert desk.ask(checks.check) == ()
