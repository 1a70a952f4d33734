"""Teams: their names, leaders and members; tasks, post and officers belong to one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.models.officers import Officer, Team
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import SYSTEM
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old

_CHANGED = Changes(frozenset({"admin", "diary"}))


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team as listed; `member_ids` are its officers."""

    id: int
    name: str
    email: str
    leader_id: int | None
    leader: str
    member_ids: frozenset[int]
    members: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class TeamsPage:
    """Every team, and the officers who could be in one: id, name and the team they are in."""

    teams: tuple[TeamRow, ...]
    officers: tuple[tuple[int, str, int | None], ...]


@dataclass(frozen=True, slots=True)
class TeamForm:
    """A team as typed; `team_id` is None for a new one, `version` that of the team the form was filled from."""

    team_id: int | None
    name: str
    email: str
    leader_id: int | None
    member_ids: frozenset[int]
    version: int = 0


def page(ctx: Context) -> TeamsPage:
    """The teams by name, with the officers who are active."""
    officers = ctx.session.scalars(
        select(Officer).where(Officer.active, Officer.username != SYSTEM).order_by(Officer.name)
    ).all()
    names = {each.id: each.name for each in ctx.session.scalars(select(Officer))}
    teams = ctx.session.scalars(select(Team).order_by(Team.name))
    rows = []
    for team in teams:
        mine = [each for each in officers if each.team_id == team.id]
        rows.append(
            TeamRow(
                team.id,
                team.name,
                team.email,
                team.leader_id,
                names.get(team.leader_id or 0, ""),
                frozenset(each.id for each in mine),
                tuple(each.name for each in mine),
                team.version,
            )
        )
    return TeamsPage(tuple(rows), tuple((each.id, each.name, each.team_id) for each in officers))


@requires(Permission.MANAGE_OFFICERS)
def save(ctx: Context, form: TeamForm) -> Changes:
    """Add a team or change one; its members leave the team that they were in.

    Raises:
        UserError: it has no name, one that is taken, or no such officer leads it.
        ChangedMeanwhile: somebody else changed it since the form was filled.
    """
    _check(ctx, form)
    team = ctx.session.get(Team, form.team_id) if form.team_id is not None else Team()
    if team is None:
        raise UserError("This team is no longer there.", "Look at the list again.")
    if form.team_id is None:
        ctx.session.add(team)
    else:
        refuse_old(team.version, form.version)
    team.name, team.email, team.leader_id = form.name.strip(), form.email.strip(), form.leader_id
    ctx.session.flush()
    for officer in ctx.session.scalars(select(Officer)):
        if officer.id in form.member_ids and officer.team_id != team.id:
            officer.team_id = team.id
        elif officer.id not in form.member_ids and officer.team_id == team.id:
            officer.team_id = None
    ctx.session.flush()
    return _CHANGED


def _check(ctx: Context, form: TeamForm) -> None:
    name = form.name.strip()
    if not name:
        raise UserError("The team needs a name.", field="name")
    if len(name) > 120:
        raise UserError("The name is over 120 characters.", field="name")
    taken = ctx.session.scalar(select(Team.id).where(func.lower(Team.name) == name.lower()))
    if taken is not None and taken != form.team_id:
        raise UserError(f"There is a team {name} already.", field="name")
    email = form.email.strip()
    if email and (email.count("@") != 1 or " " in email or email.startswith("@") or email.endswith("@")):
        raise UserError(f"'{email}' is no e-mail address.", field="email")
    if len(email) > 254:
        raise UserError("The e-mail address is over 254 characters.", field="email")
    refuse_card_number(ctx, name, "name", "name")
    if form.leader_id is not None and ctx.session.get(Officer, form.leader_id) is None:
        raise UserError("That officer is no longer there.", "Choose another leader.", "leader_id")
