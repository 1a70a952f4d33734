"""The checks of what SQL Server refuses to sum, and to select, see it however deep it stands."""

import pytest
from sqlalchemy import and_, case, exists, func, insert, literal, not_, or_, select, true, union_all

from app.models.accounts import Account
from app.models.letters import Outgoing
from app.models.write_offs import WriteOffReason
from tests.architecture.server_sql import (
    refuse_conditions_as_columns,
    refuse_queries_in_sums,
    refuse_values_as_conditions,
)

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


@pytest.mark.parametrize(
    "statement",
    [
        select(case((WriteOffReason.active, 1), else_=0)),
        select(func.sum(case((WriteOffReason.active, 1), else_=0))),
        select(Account.id).where(Account.balance_pence > case((WriteOffReason.active, 1), else_=0)),
        select(case((true(), 1), else_=0)),
        select(func.count().filter(WriteOffReason.active)),
        select(Account.id).where(WriteOffReason.active == _CONDITION),
        select(Account.id).order_by(_CONDITION.desc()),
        select(case((_CONDITION, _LATER))),
    ],
)
def test_a_bare_flag_is_no_condition_and_a_condition_no_value(statement):
    with pytest.raises(AssertionError, match=r"SQL Server (refuses|compares)"):
        refuse_values_as_conditions(statement)


def test_where_sqlalchemy_writes_the_comparison_itself_a_flag_may_stand():
    flag = WriteOffReason.active
    refuse_values_as_conditions(select(Account.id).join(WriteOffReason, flag).where(flag, or_(~flag, _CONDITION)))
    refuse_values_as_conditions(select(case((flag == true(), 1), (and_(flag, _CONDITION), 2), (not_(flag), 3))))
    refuse_values_as_conditions(select(Account.id).order_by(flag.desc(), case((_LATER, 0), else_=1)))
