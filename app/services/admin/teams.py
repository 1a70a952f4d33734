"""Teams: their names, leaders and members; tasks, post and officers belong to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.models.officers import Officer, Team
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.officers import SYSTEM
from app.services.core.permissions import Permission, requires
from app.services.core.versions import Kept, last_change, refuse_old

NEW = 0
"""Stands for the id of a team that is being added."""


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team as listed."""

    id: int
    name: str
    email: str
    leader: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """Every team, and the officers who could be in one: id, and name with sign-in name."""

    teams: tuple[TeamRow, ...]
    officers: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class TeamSaved:
    """A team as it was saved."""

    team_id: int
    changes: Changes


def page(ctx: Context) -> TeamsPage:
    """The teams by name, with the officers who are active."""
    officers = _officers(ctx)
    names = dict(ctx.session.execute(select(Officer.id, Officer.name)).all())
    rows = [
        TeamRow(
            team.id,
            team.name,
            team.email,
            names.get(team.leader_id or NEW, ""),
            tuple(each.name for each in officers if each.team_id == team.id),
        )
        for team in ctx.session.scalars(select(Team).order_by(Team.name))
    ]
    return TeamsPage(tuple(rows), tuple((each.id, _label(each)) for each in officers))


def team_as_kept(ctx: Context, team_id: int) -> Kept:
    """A team for a form: name, email, leader_id and members (name with sign-in name); empty for a new one.

    Raises:
        UserError: it is no longer there.
    """
    if team_id == NEW:
        return Kept({"name": "", "email": "", "leader_id": None, "members": ()}, 0)
    team = _team(ctx, team_id)
    members = tuple(sorted(_label(each) for each in _officers(ctx) if each.team_id == team_id))
    values = {"name": team.name, "email": team.email, "leader_id": team.leader_id, "members": members}
    return Kept(values, team.version, *last_change(ctx.session, Team.__tablename__, team_id))


@requires(Permission.MANAGE_OFFICERS)
def save(ctx: Context, team_id: int, values: Mapping[str, Any], version: int) -> TeamSaved:
    """Add a team or change one, by the fields of `team_as_kept`; its members leave the team that they were in.

    Raises:
        UserError: it has no name or one that is taken, the e-mail address is none, or an officer isn't there.
        ChangedMeanwhile: somebody else changed it since the form was filled.
    """
    name, email = str(values["name"] or "").strip(), str(values["email"] or "").strip()
    wrong = [*_faults(ctx, team_id, name, email)]
    if wrong:
        raise UserErrors(wrong)
    team = Team(name=name) if team_id == NEW else _team(ctx, team_id)
    if team_id == NEW:
        ctx.session.add(team)
    else:
        refuse_old(team.version, version)
    officers = {_label(each): each for each in _officers(ctx)}
    members = {officers[label].id for label in values["members"] or () if label in officers}
    team.name, team.email, team.leader_id = name, email, values["leader_id"]
    ctx.session.flush()
    for officer in officers.values():
        if officer.id in members:
            officer.team_id = team.id
        elif officer.team_id == team.id:
            officer.team_id = None
    ctx.session.flush()
    return TeamSaved(team.id, Changes(frozenset({"admin", "diary"})))


def _team(ctx: Context, team_id: int) -> Team:
    team = ctx.session.get(Team, team_id)
    if team is None:
        raise UserError("This team is no longer there.", "Look at the list again.")
    return team


def _officers(ctx: Context) -> list[Officer]:
    people = select(Officer).where(Officer.active, Officer.username != SYSTEM).order_by(Officer.name)
    return list(ctx.session.scalars(people))


def _label(officer: Officer) -> str:
    return f"{officer.name} ({officer.username})"


def _faults(ctx: Context, team_id: int, name: str, email: str) -> list[UserError]:
    found = []
    taken = ctx.session.scalar(select(Team.id).where(func.lower(Team.name) == name.lower()))
    if not name:
        found.append(UserError("The team needs a name.", field="name"))
    elif len(name) > 120:
        found.append(UserError("The name is over 120 characters.", field="name"))
    elif taken is not None and taken != team_id:
        found.append(UserError(f"There is a team {name} already.", field="name"))
    if email and (email.count("@") != 1 or " " in email or email.startswith("@") or email.endswith("@")):
        found.append(UserError(f"'{email}' is no e-mail address.", field="email"))
    elif len(email) > 254:
        found.append(UserError("The e-mail address is over 254 characters.", field="email"))
    refuse_card_number(ctx, name, "name", "name")
    return found
