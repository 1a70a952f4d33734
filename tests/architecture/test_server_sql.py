"""The checks of what SQL Server refuses to sum, and to select, see it however deep it stands."""

import pytest
from sqlalchemy import case, exists, func, insert, literal, or_, select, union_all

from app.models.accounts import Account
from app.models.letters import Outgoing
from app.models.write_offs import WriteOffReason
from tests.architecture.server_sql import refuse_conditions_as_columns, refuse_queries_in_sums

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


_CONDITION = Account.balance_pence > 0


@pytest.mark.parametrize(
    "statement",
    [
        select(Account.id, _CONDITION),
        select(or_(_CONDITION, Account.id.is_(None)).label("ended")),
        select(~WriteOffReason.active),
        select(_LATER.label("later")),
        select(Account.id).where(Account.id.in_(select(~_LATER))),
        union_all(select(Account.id), select(_CONDITION)),
        select(func.count()).select_from(select(_CONDITION.label("owes")).subquery()),
        insert(Outgoing).from_select(["pages"], select(_CONDITION)),
    ],
)
def test_a_condition_is_no_column(statement):
    with pytest.raises(AssertionError, match="SQL Server refuses the condition"):
        refuse_conditions_as_columns(statement)


def test_a_flag_a_literal_and_a_case_are():
    chosen = case((_CONDITION, 1), else_=0).label("owes")
    flags = select(WriteOffReason.active, WriteOffReason, literal(True), chosen, -Account.balance_pence)
    refuse_conditions_as_columns(flags.where(_LATER).order_by(WriteOffReason.place.desc()))
