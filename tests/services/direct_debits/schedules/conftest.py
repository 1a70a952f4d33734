"""A home of £100.00 a week whose charges stand until 22 November 2026, and a mandate that pays it, as plain rows."""

from datetime import date

from app.models.charges import ChargeRun
from app.models.policy import PolicyValue
from app.models.values import Frequency
from app.services.direct_debits.schedules import keeping
from app.services.direct_debits.schedules.dto import Terms
from tests.factories import debits, lettings
from tests.prepared import prepared

MONTHLY = Terms(Frequency.MONTHLY, 15, date(2026, 11, 21))
"""On the 15th. Today is Saturday 21 November 2026: notice handed over on Monday the 23rd arrives on the 25th, and ten working
days later is 9 December. The 15ths from then to 4 April 2027 are 15 December, January, February and March: four."""


def mandate(ctx, *accounts, **columns):
    """A live mandate that pays some accounts, the first the main one."""
    return debits.bare(ctx, *(each.id for each in accounts), **columns)


def charged_until(ctx, monday):
    """The weeks until a Monday's are charged: the next is a week later."""
    ctx.session.add(ChargeRun(week_on=monday, journal=None, lines=0, total_pence=0, exceptions=0))
    ctx.session.flush()


def bacs_closed(ctx, *days):
    """Bacs is closed on some days for once."""
    since, value = date(2026, 1, 1), ", ".join(day.isoformat() for day in days)
    ctx.session.add(PolicyValue(key="bacs.closed_on", scope="", effective_from=since, value=value))
    ctx.session.flush()


def home(ctx, rent="100.00", balance=0, **more):
    """A letting with a balance in pence."""
    made = lettings.letting(ctx, rent=rent, **more)
    made.account.balance_pence = balance
    ctx.session.flush()
    return made


@prepared
def charged(desk):
    """The last week that was charged is that of Monday 16 November 2026; 19 weeks are left of the rent year."""
    desk.do(charged_until, date(2026, 11, 16))
    return desk


@prepared
def planned(charged):
    """A home, and its mandate with four monthly collections of 475.00: (home, mandate)."""
    made = charged.do(home)

    def make(ctx):
        row = mandate(ctx, made.account)
        keeping.make(ctx, row, MONTHLY, "Set up")
        return row.id

    return made, charged.do(make)
