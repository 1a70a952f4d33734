"""Whatever is debited, credited, transferred, refused and taken back in whatever order, the ledger's checks find nothing."""

from collections import Counter
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.values import AdjustmentState
from app.services.adjustments import commands, queries
from app.services.approvals import commands as approvals
from app.services.ledger import checks
from tests.services.adjustments.conftest import balance, entry, line

pence = st.integers(-700_00, 700_00).filter(bool)
singles = st.tuples(st.just("line"), st.integers(0, 1), pence)
transfers = st.tuples(st.just("transfer"), st.integers(0, 1), st.integers(1, 700_00))
reversals = st.tuples(st.just("reverse"), st.integers(0, 5), st.booleans())
steps = st.lists(st.tuples(st.one_of(singles, transfers, reversals), st.booleans()), min_size=1, max_size=7)
keys = count(1)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_no_sequence_of_adjustments_and_reversals_breaks_the_ledger(team, home, other, steps):
    desk, colleague = team
    accounts = (home.account, other.account)
    start = [balance(desk, each) for each in accounts]
    moved = Counter()
    done = []

    def decided(request_id, approve):
        if approve:
            colleague.do(approvals.approve, [request_id])
        else:
            colleague.do(approvals.refuse, [request_id], "No")

    for (what, which, amount), approve in steps:
        if what == "reverse":
            if which >= len(done):
                continue
            saved, effect = done.pop(which)
            asked = desk.do(commands.reverse, saved.adjustment_id, "Taken back")
            if asked.state is AdjustmentState.POSTED:
                decided(asked.request_id, approve)
            if desk.ask(queries.detail, saved.adjustment_id).state is AdjustmentState.REVERSED:
                moved.subtract(effect)
            else:
                done.append((saved, effect))
            continue
        rest = {"like_reason": "Another one"}
        effect = Counter({which: amount})
        if what == "transfer":
            rest |= {"other_account_id": accounts[1 - which].id, "kind": "transfer", "reason": "offset"}
            effect[1 - which] = -amount
        saved = desk.do(commands.enter, entry(line(accounts[which], amount, **rest), key=f"step {next(keys)}"))
        if saved.state is AdjustmentState.WAITING:
            decided(saved.request_id, approve)
        if desk.ask(queries.detail, saved.adjustment_id).state is AdjustmentState.POSTED:
            moved.update(effect)
            done.append((saved, effect))
    assert [balance(desk, each) for each in accounts] == [start[0] + moved[0], start[1] + moved[1]]
    assert desk.ask(checks.check) == ()
