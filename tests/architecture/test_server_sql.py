"""The guard that every test's statements pass through does refuse."""

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from tests.architecture import server_sql


def run_past_the_guard(statement):
    server_sql.compiles_for_sql_server(None, statement, (), {}, {})


def test_a_list_over_a_thousand_is_refused():
    run_past_the_guard(select(Account.id).where(Account.id.in_(range(1000))))
    with pytest.raises(AssertionError, match="IN over 1000"):
        run_past_the_guard(select(Account.id).where(Account.id.in_(range(1001))))


def test_text_that_only_sqlite_knows_is_refused():
    with pytest.raises(AssertionError, match="LIMIT isn't for SQL Server"):
        run_past_the_guard(select(Account.name).suffix_with("LIMIT 5"))
