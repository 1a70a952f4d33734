"""Whoever had a part in asking for an order doesn't approve it, and neither of them says what came of it."""

import pytest

from app.services.approvals.commands import withdraw
from app.services.core.errors import UserError
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import Act, Amend, ChangedRequisition
from app.services.purchase_orders.receipts import commands as receipts
from app.services.purchase_orders.receipts import queries as received
from app.services.purchase_orders.receipts.dto import NewReceipt
from tests.factories import purchasing


def receive(office, desk, order):
    """All of an order received at a desk."""
    version = office.seen(order.id).version
    return desk.do(receipts.receive, NewReceipt(next(office.keys), order.id, version, desk.clock.today()))


def test_whoever_changed_it_does_not_approve_it(office):
    """£125.00 are drafted by one, made £3,750.00 by another, and asked for by the first."""
    made = office.draft()
    more = office.new(office.line(quantity=300))
    changed = office.colleague.do(commands.change, ChangedRequisition(made.order_id, made.version, more))
    asked = office.desk.do(commands.ask, made.order_id, changed.version)
    with pytest.raises(UserError, match="step"):
        office.approve(asked.request_id)
    assert office.desk.ask(queries.check, more, made.order_id).approvers == ()


def test_whoever_asked_for_a_draft_of_somebody_else_takes_it_back(office):
    """And whoever drafted it doesn't: the act is offered to the one who can."""
    made = office.draft()
    asked = office.colleague.do(commands.ask, made.order_id, made.version)
    found = office.desk.ask(queries.detail, made.order_id)
    assert found.why_not[Act.WITHDRAW] == "Somebody else asked for it."
    assert Act.WITHDRAW in office.colleague.ask(queries.detail, made.order_id).may
    office.colleague.do(withdraw, asked.request_id, "Not now")


def test_who_asked_and_who_approved_do_not_receive_unless_policy_says_so(office):
    order = office.ordered()
    for desk, part in ((office.desk, "asked for"), (office.colleague, "approved")):
        with pytest.raises(UserError, match=f"You {part} PO00001, so somebody else"):
            receive(office, desk, order)
        words = f"You {part} this order: somebody else says what came of it."
        assert desk.ask(queries.detail, order.id).why_not[Act.RECEIVE] == words
        assert f"You {part} PO00001" in desk.ask(received.form, order.id).refused
    office.desk.do(purchasing.policy, "purchasing.receiver_not_orderer", "no")
    assert receive(office, office.colleague, order).number == "GR00001"


def test_whoever_amended_it_asked_for_it(office):
    order = office.ordered()
    other = office.line(quantity=9, line_id=order.lines[0].id)
    office.colleague.do(commands.amend, Amend(order.id, order.version, "Fewer", (other,)))
    with pytest.raises(UserError, match="You asked for PO00001"):
        receive(office, office.colleague, order)


def test_what_is_noted_of_an_order_later_keeps_nobody_from_receiving(office):
    """The colleague received, gave back what was broken, and receives what comes in its place."""
    order = office.made()
    office.came(order.id, received=10, invoiced=10)

    def note(ctx):
        row = commands.keeping.changing(ctx, order.id)
        commands.keeping.lines(ctx, order.id)[0].received -= 2_000
        commands.keeping.settle(ctx, row)

    office.colleague.do(note)
    assert receive(office, office.colleague, order).number == "GR00001"
