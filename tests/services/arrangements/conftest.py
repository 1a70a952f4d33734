"""A home charged 100.00 a week for four weeks, with 400.00 owed on Saturday 21 November 2026."""

from datetime import date

from app.models.values import JournalKind
from app.services.charges import jobs as charging
from app.services.ledger import commands as ledger
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared

START = date(2026, 10, 26)


@prepared
def home(desk):
    """The letting; 400.00 is owed."""
    made = desk.do(lettings.letting, "100.00", start_on=START)
    charging.catch_up(desk, START)
    charging.catch_up(desk, date(2026, 11, 16))
    return made


def pay(desk, account, pounds, day, code="RBP"):
    """Somebody pays on a day."""
    header = JournalHeader(JournalKind.RECEIPTS, desk.clock.today(), "test", f"{account.id}:{pounds}:{day}:{code}")
    return desk.do(ledger.post, header, [Line(account.id, code, -round(pounds * 100), day)])
