"""Makers of statements, and of accounts with a quarter's history."""

from datetime import date, timedelta
from typing import Any

from app.models.landlord import Landlord
from app.models.values import JournalKind, Money
from app.services.core.context import Context
from app.services.exports.statement.dto import Line, Sender, Statement
from app.services.ledger import posting as ledger
from app.services.ledger.dto import JournalHeader
from app.services.ledger.dto import Line as Posting
from tests.factories import lettings

FROM, TO = date(2026, 6, 29), date(2026, 9, 27)
"""A quarter of 13 weeks."""

SENDER = Sender(
    "Testford Borough Council",
    "Housing rents",
    ("Council Offices", "1 Sample Street", "Testford", "ZZ1 1ZZ"),
    "01632 960 000",
    "rents@testford.example",
    "testford.example/rents",
    ("Direct Debit: call us and we set it up.", "Online: testford.example/pay.", "At the bank: 00-00-00, 00000000."),
)


def statement(amounts=(11842, -5000), brought_forward=2500, **columns: Any) -> Statement:
    """A statement with a line for each amount, a day apart, the debits as charges of the week."""
    balance = brought_forward
    lines = []
    for at, pence in enumerate(amounts):
        balance += pence
        day = FROM + timedelta(days=at % 90)
        week = day - timedelta(days=day.weekday()) if pence > 0 else None
        lines.append(Line(day, week, "Basic rent" if pence > 0 else "Direct Debit", pence, balance))
    values: dict[str, Any] = {
        "account_id": 1,
        "reference": "70000001",
        "account_kind": "Rent account",
        "addressee": "Mx Alex Sample",
        "address": ("1 Sample Close", "Testford", "ZZ11 1AA"),
        "about": "1 Sample Close, Testford, ZZ11 1AA",
        "from_on": FROM,
        "to_on": TO,
        "made_on": date(2026, 9, 28),
        "brought_forward": Money(brought_forward),
        "lines": tuple(lines),
        "carried_forward": Money(balance),
    }
    return Statement(**values | columns)


def landlord(ctx: Context) -> Landlord:
    """The landlord of `SENDER`."""
    row = Landlord(
        name=SENDER.name,
        office=SENDER.office,
        address="\n".join(SENDER.address),
        phone=SENDER.phone,
        email=SENDER.email,
        website=SENDER.website,
        how_to_pay="\n".join(SENDER.how_to_pay),
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row


def tenant(ctx: Context, *, weeks: int = 2, paid: int = 5000, before: int = 0, need: Any = None, **letting: Any) -> int:
    """An account charged £100.00 on each of the first Mondays of the quarter, paid once on the Friday of week 1.

    `before`: pence owed from before the quarter. `need`: columns of the person.
    """
    people = [lettings.person(ctx, **need)] if need else ()
    made = lettings.letting(ctx, people=people, **letting)
    account_id = made.account.id
    lines = []
    if before:
        lines.append(Posting(account_id, "DBR", before, FROM - timedelta(days=7), FROM - timedelta(days=7)))
    for week in range(weeks):
        monday = FROM + timedelta(weeks=week)
        lines.append(Posting(account_id, "DBR", 10_000, monday, monday))
    if paid:
        lines.append(Posting(account_id, "RDD", -paid, FROM + timedelta(days=4)))
    if lines:
        header = JournalHeader(JournalKind.LOAD, FROM, "test", f"tenant:{account_id}")
        ledger.append(ctx, header, lines)
    return account_id
