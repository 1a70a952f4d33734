"""The checks of a statement's shape see what SQL Server refuses, and let pass what it takes."""

import pytest
from sqlalchemy import case, func, literal, literal_column, select, tuple_
from sqlalchemy.dialects import mssql

from app.models.accounts import Account
from app.models.letters import Outgoing
from tests.architecture.server_shapes import refuse_shapes

_SIDE = case((Account.balance_pence > 0, 1), else_=0)
_WRITTEN = case((Account.balance_pence > literal_column("0"), literal_column("1")), else_=literal_column("0"))
_ONE = select(func.max(Outgoing.id)).where(Outgoing.account_id == Account.id).scalar_subquery()


def look(statement):
    dialect = mssql.dialect()
    dialect._supports_offset_fetch = True
    refuse_shapes(statement, str(statement.compile(dialect=dialect)))


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (select(_SIDE, func.count()).group_by(_SIDE), "grouped by a bound value"),
        (
            select(func.substring(Account.name, 1, 3), func.count()).group_by(func.substring(Account.name, 1, 3)),
            "bound",
        ),
        (select(func.count()).group_by(_ONE), "(?i)grouped by a (query|bound value)"),
        (select(func.count()).group_by(literal_column("1")), "Grouped by a constant"),
        (select(Account.kind, func.count()), "neither summed nor grouped"),
        (select(Account.kind, Account.fund, func.count()).group_by(Account.kind), "neither summed nor grouped"),
        (select(Account.balance_pence - func.sum(Outgoing.pages)).join(Outgoing), "neither summed nor grouped"),
        (select(Account.id).order_by(literal(1)), "constant"),
        (select(Account.kind).distinct().order_by(Account.name), "isn't selected"),
        (select(func.total(Account.balance_pence)), "no functions"),
        (select(func.strftime("%Y", Account.opened_on)), "no functions"),
        (select(func.ifnull(Account.name, "")), "no functions"),
        (select(Account.id).where(tuple_(Account.kind, Account.fund).in_([("rent", "hra")])), "no rows"),
        (select(func.count().filter(Account.balance_pence > 0)), "FILTER"),
        (select(Account.id).order_by(Account.name.nulls_last()), "NULLS LAST"),
    ],
)
def test_what_a_server_refuses(statement, words):
    with pytest.raises(AssertionError, match=words):
        look(statement)


@pytest.mark.parametrize(
    "statement",
    [
        select(_WRITTEN, func.count()).group_by(_WRITTEN),
        select(func.sign(Account.balance_pence), func.count()).group_by(func.sign(Account.balance_pence)),
        select(Account.kind, func.sum(_SIDE), literal(3)).group_by(Account.kind),
        select(func.coalesce(Account.kind, "x"), func.count()).group_by(Account.kind),
        select(func.count(), func.max(Account.name), _ONE).group_by(Account.id),
        select(Account.id, func.sum(Account.balance_pence).over(order_by=Account.id)),
        select(Account.kind).distinct().order_by(Account.kind),
        select(Account).distinct().order_by(Account.name),
        select(Account.id).order_by(_SIDE, Account.name.desc()),
        select(select(Account.id).cte("mine").c.id),
        select(func.count()).select_from(select(Account.kind).group_by(Account.kind).subquery()),
    ],
)
def test_what_a_server_takes(statement):
    look(statement)
