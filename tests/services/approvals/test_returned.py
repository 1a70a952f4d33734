"""What was returned for change and is never asked again, since whoever asked has left, is refused by a decider."""

import pytest

from app.models.values import ApprovalState
from app.services.approvals import commands, keeping, queries
from app.services.approvals.dto import View
from app.services.core.errors import UserError


def test_a_request_that_was_returned_is_refused_by_whoever_decides(leader, clerk, new):
    asked = clerk.do(keeping.ask, new())
    leader.do(commands.return_for_change, [asked], "Spell it out.")
    with pytest.raises(UserError, match="returned already"):
        leader.do(commands.return_for_change, [asked], "Again.")
    (row,) = leader.ask(queries.queue, View.WAITING).rows
    assert (row.request_id, row.may_decide, row.may_refuse) == (asked, False, True)
    assert clerk.ask(queries.queue, View.WAITING).rows == ()
    leader.do(commands.refuse, [asked], "Whoever asked has left.")
    assert leader.ask(queries.request, asked).row.state is ApprovalState.REFUSED
