"""Where a run is found, and what is said of an invoice in it."""

from app.models.values import Money, Subject
from app.services.approvals import commands as approvals
from app.services.core import finding
from app.services.purchase_orders.orders import queries as orders
from tests.services.purchase_orders.payments.conftest import asked


def test_a_run_is_found_by_its_number(desk, office, paints):
    run = asked(desk)
    found = [hit for group in desk.ask(finding.find, "PR00001") for hit in group.found]
    assert [(hit.subject, hit.subject_id, hit.amount) for hit in found] == [
        (Subject.SUPPLIER_RUN, run.run_id, Money(180_00))
    ]


def test_is_it_paid_says_that_a_run_waits_for_approval(desk, office, paints):
    run = asked(desk)

    def said():
        return desk.ask(orders.is_paid, "IN00001")[0].words

    assert said().startswith("Not yet: in run PR00001, which waits for a second officer")
    office.do(approvals.approve, [run.request_id])
    assert said() == "On its way in run PR00001, with the supplier on 25 Nov 2026."
