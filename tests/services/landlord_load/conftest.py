"""A load that must succeed, and looking at what it left."""

import pytest
from sqlalchemy import select

from app.models.accounts import Account
from app.models.tenancies import Tenancy
from app.services.landlord_load import commands
from tests.factories import landlord_files as files


@pytest.fixture
def load(desk, tmp_path):
    """Load sheets; any error fails the test."""

    def load(sheets, name="landlord.xlsx"):
        loaded = desk.do(commands.load, files.write(tmp_path / name, sheets))
        assert [(p.sheet, p.row, p.column, p.message) for p in loaded.errors] == []
        return loaded

    return load


@pytest.fixture
def one(desk):
    """The one row that a statement finds."""
    return lambda statement: desk.ask(lambda ctx: ctx.session.execute(statement).one())


@pytest.fixture
def every(desk):
    """Every row that a statement finds, as tuples."""
    return lambda statement: desk.ask(lambda ctx: [tuple(row) for row in ctx.session.execute(statement)])


@pytest.fixture
def account(desk):
    """The account of a tenancy and kind."""
    statement = select(Account).join(Tenancy, Tenancy.id == Account.tenancy_id)

    def account(tenancy, kind):
        found = statement.where(Tenancy.ref == tenancy, Account.kind == kind)
        return desk.ask(lambda ctx: ctx.session.scalars(found).one())

    return account
