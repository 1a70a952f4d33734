"""Two officers who approve at once: the second waits for the number, and then reads what the first left of the budgets."""

from app.services.approvals import commands as approvals
from app.services.purchase_orders.orders.dto import NewSplit
from tests.factories import purchasing


def test_the_number_is_taken_before_the_budgets_are_read_and_given_back_where_it_is_refused(office, query_log):
    """£625.00 on a code that has £500.00."""
    over = office.asked(office.line(quantity=50, splits=(NewSplit(office.other),)))
    within = office.asked()
    office.desk.do(purchasing.policy, "purchasing.over_budget", "stop")
    query_log.clear()
    office.colleague.do(approvals.approve, [over.request_id, within.request_id])
    taken = next(at for at, each in enumerate(query_log) if each.startswith(("UPDATE counter", "INSERT INTO counter")))
    read = next(at for at, each in enumerate(query_log) if "- budget.actual_pence AS" in each)
    assert taken < read
    assert [office.seen(each.order_id).number for each in (over, within)] == ["RQ00001", "PO00001"]
