"""An office with a scheduler, a clock on its wall that a test moves, and homes that are charged."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text

from app.models.jobs import Job
from app.services.charges import commands as charging
from app.services.charges import queries as charges
from app.services.core.session import Desk
from app.services.jobs import claims, keeping, queries, running
from app.services.jobs.rules import office_zone
from tests.factories import approving, lettings
from tests.prepared import prepared

MONDAY = datetime(2026, 11, 23, 5, 35, tzinfo=UTC)
"""Five minutes after the weekly charge is due, in winter."""
CHARGE = ("checks", "weekly_charge")
SPOILT = "UPDATE account SET balance_pence = balance_pence + 1 WHERE id = (SELECT MIN(id) FROM account WHERE tenancy_id IS NOT NULL)"


@dataclass(frozen=True)
class Wall:
    at: datetime

    def now(self):
        return self.at

    def today(self):
        return self.at.astimezone(office_zone()).date()


def at(desk, moment):
    """The same desk at another moment."""
    return replace(desk, clock=Wall(moment))


def row(desk, name):
    return desk.ask(lambda ctx: ctx.session.get(Job, name))


def listed(desk, name):
    return next(each for each in desk.ask(queries.listed).rows if each.name == name)


def said(desk, name):
    """The history of a job, the oldest first: how it went and what it said."""
    return [(each.state.value, each.said) for each in reversed(desk.ask(queries.history, name))]


def switch_on(desk, *names):
    """Switch jobs on as two officers would have, with nothing owed for what went by."""

    def work(ctx):
        with approving.carried_out(ctx, "job", 1):
            for name in names:
                kept = keeping.row_of(ctx, name)
                kept.active, kept.reason = True, ""

    desk.do(work)


def switch_off(desk, name):
    """Switch a job off as two officers would have."""

    def work(ctx):
        with approving.carried_out(ctx, "job", 1):
            keeping.row_of(ctx, name).active = False

    desk.do(work)


@prepared
def manager(colleague):
    """The administrator of an office of three, on Monday morning; `colleague` is a team leader."""
    claims.make_rows(colleague.database)
    return at(Desk.sit_down(colleague.database, "manager"), MONDAY)


@prepared
def leader(manager, colleague):
    """The team leader, on the same Monday."""
    return at(colleague, MONDAY)


@prepared
def homes(desk):
    """Two homes at 100.00 and 80.00, charged last week."""
    made = [desk.do(lettings.letting, "100.00"), desk.do(lettings.letting, "80.00")]
    desk.do(charging.charge_week, date(2026, 11, 16))
    return [each.account.id for each in made]


def run(desk, names=None):
    done = running.run_named(desk, names) if names else running.run_due(desk)
    return {each.name: each for each in done.ran}


def charged(desk):
    return [each.week for each in desk.ask(charges.charged_weeks)]


def posted_by(ctx, journal):
    return ctx.session.scalar(
        text("SELECT username FROM officer JOIN journal ON posted_by = officer.id WHERE number = :number"),
        {"number": journal},
    )


def spoil(desk, statement=SPOILT):
    desk.database.transact(lambda session: session.execute(text(statement)))


@pytest.fixture
def quick(manager):
    """Only what the tests are about is on."""

    def work(ctx):
        with approving.carried_out(ctx, "job", 1):
            for each in ctx.session.scalars(select(Job)):
                each.active = each.name in CHARGE

    manager.do(work)
