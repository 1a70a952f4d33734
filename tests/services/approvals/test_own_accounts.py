"""Nobody has a part in what is asked for about an account that they declared, neither to approve nor to refuse it."""

import pytest

from app.models.values import Relation, Subject
from app.services.admin.declared import NewDeclaration, declare
from app.services.approvals import commands, keeping, queries
from app.services.approvals.dto import View
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


def test_such_a_request_is_listed_and_not_offered(leader, finance, clerk, new):
    let = clerk.do(lettings.letting)
    leader.do(declare, NewDeclaration(leader.officer.id, let.account.payment_reference, Relation.RELATIVE))
    for about in (
        (Subject.TENANCY, let.account.tenancy_id),
        (Subject.PERSON, let.person.id),
        (Subject.PROPERTY, let.property.id),
    ):
        clerk.do(keeping.ask, new(subject=about))
    mine, theirs = leader.ask(queries.queue, View.WAITING).rows, finance.ask(queries.queue, View.WAITING).rows
    assert [(row.may_decide, row.may_refuse) for row in mine] == [(False, False)] * 3
    assert {row.why_not for row in mine} == {"This is about an account that you declared: a colleague decides on it."}
    assert all("declared" not in row.why_not for row in theirs)
    assert leader.ask(queries.queue, View.FOR_ME).rows == ()
