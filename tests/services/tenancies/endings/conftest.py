"""A home with its garage and Housing Benefit, charged for four weeks up to that of 16 November 2026."""

from datetime import date, timedelta

from app.models.values import JournalKind, PaymentMethod
from app.services.charges import jobs as charging
from app.services.ledger import commands as ledger
from app.services.ledger import queries
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared

START = date(2026, 8, 3)
FIRST = date(2026, 10, 26)
WEEKS = [FIRST + timedelta(weeks=week) for week in range(4)]


def post(desk, account, *lines):
    """Lines of (code, pence, day, week) on an account."""
    kind = JournalKind.CHARGE_RUN if lines[0][0].startswith("D") else JournalKind.RECEIPTS
    header = JournalHeader(kind, desk.clock.today(), "test", f"{account.id}:{lines}")
    return desk.do(ledger.post, header, [Line(account.id, *line) for line in lines])


def balance(desk, account_id):
    return desk.ask(queries.balance, account_id)


def control(desk, key, fund):
    return balance(desk, desk.ask(queries.control_account, key, fund))


@prepared
def home(desk):
    """Rent 100.00 and service 4.50 a week; the garage near it 17.80; 60.00 of Housing Benefit every week."""

    def build(ctx):
        made = lettings.letting(ctx, "100.00", DSC="4.50", start_on=START)
        made.tenancy.payment_method = PaymentMethod.DIRECT_DEBIT
        return made, lettings.garage_letting(ctx, home=made, start_on=START)

    made, garage = desk.do(build)
    charging.catch_up(desk, FIRST)
    charging.catch_up(desk, WEEKS[-1])
    post(desk, made.account, *(("RHB", -60_00, week, week) for week in WEEKS))
    return made, garage
