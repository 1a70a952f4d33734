"""Agreements that are amended: the most that may be called off, and until when, as versions. Worked by hand."""

from datetime import date

import pytest

from app.models.values import Money, OrderKind, OrderVersionState
from app.services.approvals import queries as approvals
from app.services.approvals.commands import refuse
from app.services.core.errors import UserError
from app.services.purchase_orders.orders import commands, queries
from app.services.purchase_orders.orders.dto import Act, AmendAgreement
from tests.factories import purchasing
from tests.prepared import prepared

UNTIL = date(2027, 3, 31)


@prepared
def agreement(office):
    """Up to £1,000.00 until 31 March; £125.00 is called off."""
    agreed = office.draft(kind=OrderKind.AGREEMENT, most=Money(1_000_00), until_on=UNTIL)
    office.approve(office.desk.do(commands.ask, agreed.order_id, agreed.version).request_id)
    office.ordered(kind=OrderKind.CALL_OFF, from_id=agreed.order_id)
    return agreed.order_id


def amended(office, agreement, pounds, until=UNTIL):
    """Amended to so many pounds until a day."""
    wanted = AmendAgreement(agreement, office.seen(agreement).version, "Prices rose", Money(pounds * 100), until)
    return office.desk.do(commands.amend_agreement, wanted)


def shown(office, agreement):
    """The agreement as it is opened."""
    return office.desk.ask(queries.detail, agreement)


def test_more_is_approved_again_and_called_off_only_then(office, agreement):
    """With VAT £1,800.00 would count; standing orders count before it."""
    assert Act.AMEND in shown(office, agreement).may
    made = amended(office, agreement, 1_500)
    assert made.told == (
        "Version 2 of PO00001 waits for approval. It is for more or for longer than was approved, so it is approved again."
    )
    assert shown(office, agreement).most == Money(1_000_00)
    with pytest.raises(UserError, match="waits for approval already"):
        amended(office, agreement, 1_600)
    said = {
        each.label: (each.before, each.after)
        for each in office.colleague.ask(approvals.request, made.request_id).details
    }
    assert said["At most, before VAT"] == ("£1,000.00", "£1,500.00")
    assert said["Called off so far"] == ("", "£125.00")
    office.approve(made.request_id)
    found = shown(office, agreement)
    assert (found.most, found.row.state.value) == (Money(1_500_00), "open")
    assert [(each.number, each.state, each.net) for each in found.versions] == [
        (2, OrderVersionState.APPROVED, Money(1_500_00)),
        (1, OrderVersionState.APPROVED, Money(1_000_00)),
    ]
    office.ordered(office.line(quantity=104), kind=OrderKind.CALL_OFF, from_id=agreement)
    assert shown(office, agreement).called_off == Money(1_425_00)


def test_longer_is_approved_again_and_less_stands_at_once(office, agreement):
    longer = amended(office, agreement, 1_000, date(2027, 6, 30))
    office.colleague.do(refuse, (longer.request_id,), "Tender it")
    assert shown(office, agreement).until_on == UNTIL
    assert amended(office, agreement, 800).told.startswith("Version 3 of PO00001 stands. It is for less")
    found = shown(office, agreement)
    assert (found.most, found.versions[0].reason) == (
        Money(800_00),
        "At most £1,000.00 becomes £800.00. Prices rose",
    )


def test_what_cannot_be_is_refused(office, agreement):
    for pounds, until, why in (
        (100, UNTIL, r"£125\.00 is called off already"),
        (1_000, date(2026, 11, 20), "last day can't be over"),
        (1_000, UNTIL, "Nothing of the agreement is changed"),
        (6_000, UNTIL, "Band 2 wants 3 quotations"),
    ):
        with pytest.raises(UserError, match=why):
            amended(office, agreement, pounds, until)
    office.desk.do(lambda ctx: purchasing.block(ctx, office.supplier).id)
    with pytest.raises(UserError, match="is blocked for orders"):
        amended(office, agreement, 1_500)
    order = office.made()
    with pytest.raises(UserError, match="isn't an open agreement"):
        amended(office, order.id, 100)
