"""A home charged 100.00 a week for four weeks, up to that of 16 November 2026; who lives there may claim."""

from datetime import date, timedelta

from app.models.values import BenefitKind, ClaimState, JournalKind, Money
from app.services.benefits import commands
from app.services.benefits.dto import KeepClaim, SetAward
from app.services.charges import jobs as charging
from app.services.ledger import commands as ledger
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared

START = date(2026, 10, 26)
WEEKS = [START + timedelta(weeks=week) for week in range(4)]


@prepared
def home(desk):
    """The letting: rent 100.00 and service 4.50, which benefit can pay, and hot water 6.00, which it can't."""
    made = desk.do(lettings.letting, "100.00", start_on=START, DSC="4.50", DHW="6.00")
    charging.catch_up(desk, START)
    charging.catch_up(desk, WEEKS[-1])
    return made


def claim(home, **changed):
    """A claim to Housing Benefit from the first week on, 60.00 a week to us."""
    values = {
        "account_id": home.account.id,
        "person_id": home.person.id,
        "kind": BenefitKind.HOUSING_BENEFIT,
        "state": ClaimState.LIVE,
        "claimed_on": START,
        "award": SetAward(START, Money(60_00), to_landlord=True),
    }
    return KeepClaim(**values | changed)


def kept(desk, home, **changed):
    """The same, kept."""
    return desk.do(commands.keep_claim, claim(home, **changed))


def credit(desk, account, *lines):
    """Lines of (code, pence, day, week) on an account."""
    header = JournalHeader(JournalKind.RECEIPTS, desk.clock.today(), "test", f"{account.id}:{lines}")
    return desk.do(ledger.post, header, [Line(account.id, code, -pence, *rest) for code, pence, *rest in lines])
