"""A home whose Direct Debit of £65.00, entered on 18 November 2026, is on its account."""

import pytest

from tests.factories import debits


@pytest.fixture
def home(desk):
    """(account, mandate, collection), by id."""
    return desk.do(debits.home)
