"""A request that somebody rewrote in the database is held against its trail."""

import pytest

from app.models.approvals import ApprovalRequest
from app.services.approvals import commands, keeping
from app.services.approvals.rules import digest
from app.services.core.errors import UserError
from tests.services.approvals.conftest import name_of


@pytest.mark.parametrize(
    "change",
    [
        {"payload": '{"team": 1, "name": "Rents and more"}'},
        {"summary": "Something harmless"},
    ],
)
def test_what_was_changed_in_the_database_is_not_approved_though_its_digest_was_made_anew(
    leader, clerk, new, team, change
):
    asked = clerk.do(keeping.ask, new())

    def tamper(ctx):
        row = ctx.session.get(ApprovalRequest, asked)
        for name, value in change.items():
            setattr(row, name, value)
        row.digest = digest(keeping.request_of(row))

    clerk.do(tamper)
    for approver in (leader, clerk):
        with pytest.raises(UserError):
            approver.do(commands.approve, [asked])
    with pytest.raises(UserError, match="changed in the database since"):
        leader.do(commands.approve, [asked])
    assert name_of(leader, team) == "Income"
