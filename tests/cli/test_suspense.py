"""`rentbook suspense list`: what stands there, as text and JSON."""

from datetime import date

from app.models.values import JournalKind, SuspenseSource
from app.services.core.clock import FixedClock
from app.services.core.database import open_database
from app.services.core.session import Desk
from app.services.ledger.dto import JournalHeader
from app.services.reception_payments.suspense import holding
from app.services.reception_payments.suspense.dto import NewSuspense
from tests.conftest import TODAY


def test_what_stands_in_suspense_is_listed(office, database_file):
    """Received on Friday the 13th, it is eight days old on Saturday the 21st."""
    assert "Nothing stands in suspense" in office("suspense", "list").out
    database = open_database(database_file)
    desk = Desk.sit_down(database, "officer", FixedClock(TODAY))
    day = date(2026, 11, 13)
    new = NewSuspense(SuspenseSource.BANK, 1, 1, 50_00, "RBP", day, reference_given="700010", payer_name="A SAMPLE")
    desk.do(lambda ctx: holding.hold(ctx, JournalHeader(JournalKind.RECEIPTS, day, "bank", "one"), [new]))
    database.close()
    done = office("suspense", "list", "--json")
    assert (done.data["count"], done.data["left_pence"]) == (1, 50_00)
    (item,) = done.data["items"]
    assert (item["reference_given"], item["age_days"], item["state"]) == ("700010", 8, "open")
    assert "1 item, £50.00 in all" in office("suspense", "list").out
