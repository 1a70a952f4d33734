"""The guard that every test's statements pass through does refuse."""

import pytest
from sqlalchemy import select

from app.models.accounts import Account


def test_a_list_over_a_thousand_is_refused(database):
    def look_for(many):
        database.read(lambda session: session.scalars(select(Account.id).where(Account.id.in_(range(many)))).all())

    look_for(1000)
    with pytest.raises(AssertionError, match="IN over 1000"):
        look_for(1001)


def test_text_that_only_sqlite_knows_is_refused(database):
    with pytest.raises(AssertionError, match="LIMIT isn't for SQL Server"):
        database.read(lambda session: session.scalars(select(Account.name).suffix_with("LIMIT 5")).all())
