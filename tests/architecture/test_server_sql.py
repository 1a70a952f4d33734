"""The check of what SQL Server refuses to sum sees it, however deep it stands."""

import pytest
from sqlalchemy import case, exists, func, select

from app.models.accounts import Account
from app.models.letters import Outgoing
from tests.architecture.server_sql import refuse_queries_in_sums

_LATER = exists().where(Outgoing.account_id == Account.id)


@pytest.mark.parametrize(
    "statement",
    [
        select(func.sum(case((_LATER, 1), else_=0))),
        select(func.coalesce(func.max(case((Account.id.in_(select(Outgoing.account_id)), 1), else_=0)), 0)),
        select(Account.id).group_by(Account.id).having(func.sum(case((_LATER, 1))) > 1),
        select(func.sum(func.count(Account.id))),
    ],
)
def test_a_sum_over_a_query_or_a_sum_is_refused(statement):
    with pytest.raises(AssertionError, match="SQL Server refuses"):
        refuse_queries_in_sums(statement)


def test_a_sum_beside_a_query_is_not():
    some = select(func.sum(Outgoing.pages)).where(Outgoing.account_id == Account.id).scalar_subquery()
    refuse_queries_in_sums(select(func.sum(case((Account.balance_pence > 0, 1), else_=0)), some).where(_LATER))
    refuse_queries_in_sums(select(func.count()).select_from(select(func.max(Account.id)).subquery()))
