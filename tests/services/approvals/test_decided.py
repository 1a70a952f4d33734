"""What was decided is found by its words, kind, state and who asked, and summed over all that fit."""

from app.models.values import ApprovalState, Money
from app.services.approvals import commands
from app.services.approvals.dto import EVERY_DECIDED, DecidedFilter, DecidedSort
from app.services.approvals.queries import decided
from tests.prepared import prepared
from tests.services.approvals.test_approvals import ask


@prepared
def settled(clerk, leader, new):
    """Two names, the first approved, and refunds of 10.00 and 25.00, all else refused; one name still waits."""
    names = [ask(clerk, new(f"Team {number}")) for number in range(2)]
    refunds = [ask(clerk, new(f"Refund {number}", pence=pence)) for number, pence in enumerate((1_000, 2_500))]
    ask(clerk, new("Still waiting"))
    leader.do(commands.approve, names[:1])
    leader.do(commands.refuse, [*names[1:], *refunds], "Not agreed.")
    return (*names, *refunds)


def found(desk, wanted=EVERY_DECIDED, sort=DecidedSort.DECIDED, *, descending=False):
    return list(desk.ask(decided.ids, wanted, sort, descending=descending))


def test_everything_decided_is_listed_and_nothing_that_waits(leader, settled):
    assert sorted(found(leader)) == sorted(settled)
    assert {row.request_id for row in leader.ask(decided.rows, list(settled))} == set(settled)


def test_the_filter_and_the_sum_are_worked_out_together(leader, clerk, settled):
    refunds = DecidedFilter(text="refund")
    assert sorted(found(leader, refunds)) == sorted(settled[2:])
    totals = leader.ask(decided.totals, refunds)
    assert (totals.count, totals.debit, totals.credit) == (2, Money(3_500), Money(0))
    approved = DecidedFilter(states=frozenset({ApprovalState.APPROVED}))
    assert found(leader, approved) == [settled[0]]
    assert found(leader, DecidedFilter(mine=True)) == []
    assert sorted(found(clerk, DecidedFilter(mine=True))) == sorted(settled)
    assert found(leader, DecidedFilter(text="refund no such word")) == []


def test_it_is_sorted_by_what_it_came_to(leader, settled):
    assert found(leader, DecidedFilter(text="refund"), DecidedSort.TOTAL, descending=True) == [settled[3], settled[2]]


def test_chosen_requests_are_summed(leader, settled):
    totals = leader.ask(decided.totals_of, [settled[0], settled[3]])
    assert (totals.count, totals.net) == (2, Money(2_500))
