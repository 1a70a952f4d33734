"""Nobody has a part in what is asked for about an account that they declared, neither to approve nor to refuse it."""

import pytest

from app.models.values import Relation, Subject
from app.services.admin.declared import NewDeclaration, declare
from app.services.approvals import commands, keeping
from app.services.core.errors import UserError
from tests.factories import lettings


def test_a_request_about_ones_own_account_is_anothers_to_answer(leader, finance, clerk, new):
    let = clerk.do(lettings.letting)
    leader.do(declare, NewDeclaration(leader.officer.id, let.account.payment_reference, Relation.OWN))
    asked = clerk.do(keeping.ask, new(subject=(Subject.TENANCY, let.account.tenancy_id)))
    for answer in (
        lambda: leader.do(commands.approve, [asked]),
        lambda: leader.do(commands.refuse, [asked], "no"),
        lambda: leader.do(commands.return_for_change, [asked], "no"),
    ):
        with pytest.raises(UserError, match="your own account"):
            answer()
    finance.do(commands.refuse, [asked], "Not agreed.")
