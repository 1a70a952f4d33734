"""A couple with a home and a garage that one of them rents, and a home that this one left owing money."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.models.values import AccountKind, HoldKind, JournalKind
from app.services.core.clock import FixedClock
from app.services.core.session import Desk
from app.services.holds.cases.dto import OpenCase
from app.services.ledger import commands as ledger
from app.services.ledger.dto import JournalHeader, Line
from tests.factories import lettings
from tests.prepared import prepared

APPLIED = date(2026, 11, 10)
START = date(2026, 11, 11)


def at(desk, day):
    return Desk(desk.database, desk.officer, FixedClock(day))


def owe(desk, account_id, pence, day, code="DBR"):
    """What an account is charged (or paid, below nought) on a day."""
    kind = JournalKind.RECEIPTS if pence < 0 else JournalKind.ADJUSTMENT
    header = JournalHeader(kind, desk.clock.today(), "test", f"{account_id}:{pence}:{day}:{code}")
    return desk.do(ledger.post, header, [Line(account_id, code, pence, day, day)])


@prepared
def couple(desk):
    def build(ctx):
        one = lettings.person(ctx, "Robin", "Example")
        two = lettings.person(ctx, "Sam", "Example")
        home = lettings.letting(ctx, people=[one, two])
        garage = lettings.garage_letting(ctx, home=home)
        recharge = lettings.account(ctx, home.tenancy, AccountKind.RECHARGE)
        old = lettings.letting(ctx, people=[one], start_on=date(2020, 4, 6), end_on=date(2025, 4, 6))
        return SimpleNamespace(
            one=one.id, two=two.id, home=home.account.id, garage=garage.account.id, old=old.account.id, fix=recharge.id
        )

    made = desk.do(build)
    owe(desk, made.home, 400_00, date(2026, 11, 2))
    owe(desk, made.home, 100_00, date(2026, 11, 16))
    owe(desk, made.garage, 30_00, date(2026, 11, 2), "DGA")
    owe(desk, made.old, 250_00, date(2025, 3, 31))
    return made


@pytest.fixture
def breathing(couple):
    """The notice names the home only."""

    def make(**changes):
        values = {
            "kind": HoldKind.BREATHING_SPACE,
            "reference": "BS-0001",
            "person_ids": (couple.one,),
            "applied_on": APPLIED,
            "notified_on": APPLIED,
            "start_on": START,
            "named": (couple.home,),
        }
        return OpenCase(**values | changes)

    return make
