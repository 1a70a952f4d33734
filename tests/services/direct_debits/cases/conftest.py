"""A home whose Direct Debit of £65.00, entered on 18 November 2026, is on its account."""

from tests.factories import debits
from tests.prepared import prepared


@prepared
def home(desk):
    """(account, mandate, collection), by id."""
    return desk.do(debits.home)
