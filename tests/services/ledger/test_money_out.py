"""What goes out to somebody: a plain client at the file makes nothing count as approved, and changes nothing that is."""

import pytest

from app.models.values import Subject
from tests.factories import adjusting, approving
from tests.services.ledger.by_hand import approval

pytestmark = pytest.mark.sqlite_file
APPROVE = "UPDATE refund SET state = 'approved', request_id = ?, approved_by = ? WHERE id = ?"
FIRST = "is approved by another officer first"


@pytest.fixture
def refund(desk, home):
    """A refund that waits; its id."""

    def make(ctx):
        found = adjusting.refund(ctx, home.account.id)
        ctx.session.connection().exec_driver_sql("UPDATE refund SET state = 'waiting' WHERE id = ?", (found,))
        return found

    return desk.do(make)


def test_a_refund_counts_as_approved_while_its_own_request_is_carried_out(client, desk, colleague, refund):
    """Neither without a request, nor by one of something else, nor by one that was decided: that was for what it was then."""
    me, other = desk.officer.id, colleague.officer.id
    decided = colleague.do(lambda ctx: approving.approved(ctx, "refund", Subject.REFUND, refund, 10**6).approval)
    assert FIRST in client.run((APPROVE, (None, other, refund)))
    assert FIRST in client.run((APPROVE, (approval(desk, colleague), other, refund)))
    assert FIRST in client.run((APPROVE, (decided, other, refund)))
    assert FIRST in client.run((APPROVE, (decided, me, refund)))


def test_a_refund_that_is_approved_stays_as_it_was(client, desk, home):
    found = desk.do(adjusting.refund, home.account.id)
    for change in ("pence = 9", "account_id = 1", "payee_name = 'Me'", "bank_detail_id = 1", "request_id = 9"):
        assert "stays as it was approved" in client.run((f"UPDATE refund SET {change} WHERE id = ?", (found,))), change
    assert client.run(("UPDATE refund SET state = 'withdrawn' WHERE id = ?", (found,))) == ""
    assert FIRST in client.run(("UPDATE refund SET state = 'sent' WHERE id = ?", (found,)))
