"""An office of four, and a kind of request about money that changes the name of a team."""

import pytest

from app.models.limits import OfficerLimit
from app.models.officers import Officer, Team
from app.models.values import LimitKind, Money, Subject
from app.services.approvals import kinds
from app.services.approvals.dto import Detail, NewRequest
from app.services.approvals.kinds import ApprovalKind
from app.services.core.changes import Changes
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Permission, Role
from app.services.core.session import Desk
from tests.prepared import prepared


def rename(ctx, payload):
    team = ctx.session.get(Team, payload["team"])
    if payload["name"] == "Forbidden":
        team.name = "half done"
        ctx.session.flush()
        raise UserError("No team may be called Forbidden.", "Choose another name.")
    team.name = payload["name"]
    return Changes(frozenset({"admin"}))


def renaming(ctx, payload):
    return (Detail("Name", ctx.session.get(Team, payload["team"]).name, payload["name"]),)


NAMING = ApprovalKind("test_name", "Name of a team", Permission.AUTHORISE_PERIOD_CHANGE, rename, renaming)
REFUND = ApprovalKind(
    "test_refund", "Refund", Permission.AUTHORISE_PERIOD_CHANGE, rename, renaming, limit=LimitKind.REFUND
)


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    monkeypatch.setattr(kinds, "_KINDS", {})
    for kind in (NAMING, REFUND):
        kinds.register(kind)


def sit(desk, username):
    return Desk.sit_down(desk.database, username, desk.clock)


@prepared
def leader(desk):
    """A team leader, with a finance officer, a rents officer and an administrator beside the first officer."""
    for username, name, role in (
        ("manager", "Demo Manager", Role.ADMINISTRATOR),
        ("leader", "Demo Leader", Role.TEAM_LEADER),
        ("finance", "Demo Finance", Role.FINANCE),
        ("clerk", "Demo Clerk", Role.RENTS_OFFICER),
    ):
        desk.do(add, NewOfficer(username, name, frozenset({role})))
    return sit(desk, "leader")


@prepared
def finance(leader):
    return sit(leader, "finance")


@prepared
def clerk(leader):
    return sit(leader, "clerk")


@prepared
def team(desk):
    def make(ctx):
        made = Team(name="Income")
        ctx.session.add(made)
        ctx.session.flush()
        return made.id

    return desk.do(make)


@pytest.fixture
def new(team):
    """A request to rename the team; for a refund, of an amount."""

    def make(name="Rents", pence=None, largest=None, chain="", kind=None, reason="It was agreed.", subject=None):
        total = Money(pence) if pence is not None else None
        return NewRequest(
            kind or ("test_refund" if pence is not None else "test_name"),
            *(subject or (Subject.TEAM, team)),
            f"Call the team {name}",
            reason,
            {"team": team, "name": name},
            total,
            Money(largest) if largest is not None else total,
            chain=chain,
        )

    return make


def limit(desk, username, line, batch, kind=LimitKind.REFUND):
    """Give an officer a money limit, in pence."""

    def give(ctx):
        officer = ctx.session.query(Officer).filter_by(username=username).one()
        ctx.session.add(OfficerLimit(officer_id=officer.id, kind=kind, line_pence=line, batch_pence=batch))

    desk.do(give)


def name_of(desk, team):
    return desk.ask(lambda ctx: ctx.session.get(Team, team).name)
