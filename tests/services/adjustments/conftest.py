"""An office of three: the officer adjusts up to £100.00 a line and £900.00 together, a team leader more; and two homes."""

from datetime import date

from sqlalchemy import func, select

from app.models.adjustments import Adjustment
from app.models.limits import OfficerLimit
from app.models.officers import Officer
from app.models.policy import PolicyValue
from app.models.values import JournalKind, LimitKind, Money, PeriodState
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.admin.periods import commands as periods
from app.services.ledger import commands as ledger
from app.services.ledger import posting, queries
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared

ON = date(2026, 11, 16)


def set_limits(desk, line=100_00, batch=900_00, *usernames):
    """Give officers both limits for adjustments; everybody, where none is named."""

    def give(ctx):
        wanted = select(Officer.id).where(Officer.username != "system")
        if usernames:
            wanted = wanted.where(Officer.username.in_(usernames))
        for officer_id in ctx.session.scalars(wanted).all():
            for kind in (LimitKind.ADJUSTMENT_DEBIT, LimitKind.ADJUSTMENT_CREDIT):
                row = ctx.session.get(OfficerLimit, (officer_id, kind)) or OfficerLimit(
                    officer_id=officer_id, kind=kind
                )
                row.line_pence, row.batch_pence = line, batch
                ctx.session.add(row)

    desk.do(give)


@prepared
def team(desk, colleague):
    """The two who adjust accounts, with their limits: the officer and a team leader."""
    set_limits(desk)
    set_limits(desk, 5_000_00, 20_000_00, "colleague")
    return desk, colleague


@prepared
def home(desk, team):
    """A home with its rent account, and its garage."""
    made = desk.do(lettings.letting, reference="70 0001")
    desk.do(lambda ctx: lettings.garage_letting(ctx, home=made))
    return made


@prepared
def other(desk, team):
    """Somebody else's home."""
    return desk.do(lettings.letting, reference="70 0002", who=("Sam", "Else"))


def line(account, pence, kind=None, **rest):
    """A line on an account: a debit or credit correction, unless it says otherwise."""
    kind = kind or ("debit" if pence > 0 else "credit")
    values = {"effective_on": ON, "reason": "other", "narrative": "Key fob"} | rest
    return NewLine(account.id, kind, Money(pence), **values)


def entry(*lines, key="one", **rest):
    """An adjustment of some lines."""
    return NewAdjustment(key, rest.pop("title", "Key fob"), tuple(lines), **rest)


def balance(desk, account):
    return desk.ask(queries.balance, account.id).pence


def paid(desk, account, code, pence, on=ON, week=None, key=None):
    """A receipt on an account; its journal."""
    header = JournalHeader(JournalKind.RECEIPTS, desk.clock.today(), "test", key or f"{account.id}:{code}:{pence}:{on}")
    return desk.do(ledger.post, header, [Line(account.id, code, pence, on, week)]).journal


def count(desk):
    """How many adjustments there are."""
    return desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Adjustment)))


def third(desk, kind):
    """Policy wants a third officer to post this kind."""
    row = {"key": "adjustments.third_officer", "scope": f"adjustment_kind:{kind}", "value": "yes", "unit": ""}
    desk.do(lambda ctx: ctx.session.add(PolicyValue(**row, effective_from=date(2026, 1, 1), source="a decision")))


def close_september(desk, colleague):
    """Close September 2026; a line of it is posted first, so that the period is there."""
    account = desk.do(lettings.letting).account
    header = JournalHeader(JournalKind.LOAD, date(2026, 9, 1), "test", "september")
    desk.do(posting.append, header, [Line(account.id, "ADJ", 100, date(2026, 9, 1))])
    desk.do(periods.request_change, "2026-27 P06", PeriodState.CLOSED)
    colleague.do(periods.authorise_change, "2026-27 P06")
