"""Officers added, changed, leaving and coming back; their passwords reset and their names unlocked.

Whoever is added and whatever role is given or taken goes through a second person. The one case without is an office where
nobody else could approve it: the first officer while alone, or one whose only colleagues may not decide on officers.
Nobody ever changes their own roles alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from app.models.limits import Delegation
from app.models.officers import Credential, Team
from app.models.values import SignInWord, Subject
from app.services.admin.officers_dto import CHANGED, Asked, Leaver, OfficerLine, OfficersPage, RoleName
from app.services.admin.officers_kinds import ADD, BACK, ROLES, ask, payload_of, set_roles
from app.services.admin.standing import (
    found,
    held,
    names_of,
    nobody_else_approves,
    refuse_last,
    shut_out,
    waiting_about,
    working,
)
from app.services.core import officers, passwords, tries
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import SYSTEM, NewOfficer, OfficerRow
from app.services.core.permissions import Permission, requires


def page(ctx: Context) -> OfficersPage:
    """Everybody, leavers too, and what the page offers."""
    names = officers.role_names(ctx.session)
    teams = {team.id: team.name for team in ctx.session.scalars(select(Team).order_by(Team.name))}
    kept = {row.officer_id: row for row in ctx.session.scalars(select(Credential))}
    waiting = waiting_about(ctx, Subject.OFFICER)
    delegated = _delegated(ctx)
    lines = tuple(
        replace(
            _line(row, kept.get(row.id) or Credential(), ctx.clock.now()),
            team=teams.get(row.team_id or 0, ""),
            role_names=tuple(names.get(role, role) for role in row.roles),
            delegated=delegated.get(row.id, ""),
            waiting=waiting.get(row.id, 0),
        )
        for row in officers.list_officers(ctx)
        if row.username != SYSTEM
    )
    return OfficersPage(
        lines,
        tuple(RoleName(key, name) for key, name in names.items()),
        tuple(teams.items()),
        officers.people_count(ctx.session) <= 1,
        nobody_else_approves(ctx),
    )


def _line(row: OfficerRow, signs: Credential, now: datetime) -> OfficerLine:
    locked = signs.locked_until if signs.locked_until and signs.locked_until > now else None
    return OfficerLine(
        row.id,
        row.username,
        row.name,
        row.email,
        row.team_id,
        "",
        row.roles,
        (),
        row.active,
        row.left_on,
        bool(signs.password_hash),
        bool(signs.must_change),
        locked,
        signs.last_seen_at,
    )


@requires(Permission.MANAGE_OFFICERS)
def add(ctx: Context, new: NewOfficer, reason: str = "") -> Asked:
    """Add an officer, or ask for it.

    Raises:
        UserError: the name is taken or missing, there is no such role, or (where it is asked for) no reason is given.
    """
    officers.check_new(ctx, new)
    if nobody_else_approves(ctx):
        officers.add(ctx, new)
        return Asked(None)
    roles = ", ".join(names_of(ctx, new.roles))
    return ask(ctx, ADD, 0, f"Add officer {new.username.strip()} as {roles}", reason, payload_of(new))


@requires(Permission.MANAGE_OFFICERS)
def change_roles(ctx: Context, officer_id: int, roles: frozenset[str], reason: str) -> Asked:
    """Give an officer these roles and no others, or ask for it.

    Raises:
        UserError: there is no such officer or role, nothing changes, it would leave nobody to administer, or nobody else is
            there to approve a change of the officer's own roles.
    """
    officer = working(ctx, officer_id)
    officers.check_roles(ctx, roles)
    if roles == held(ctx, officer_id):
        raise UserError(f"{officer.name} has these roles already.", field="roles")
    if officer_id != ctx.officer.id and nobody_else_approves(ctx):
        set_roles(ctx, officer_id, roles)
        return Asked(None)
    payload = {"officer_id": officer_id, "roles": sorted(roles)}
    summary = f"Roles of {officer.name}: {', '.join(names_of(ctx, roles))}"
    return ask(ctx, ROLES, officer_id, summary, reason, payload)


@requires(Permission.MANAGE_OFFICERS)
def change_details(ctx: Context, officer_id: int, name: str, email: str, team_id: int | None) -> Changes:
    """Change an officer's name, e-mail address and team. The sign-in name stays what it is: it says who somebody is.

    Raises:
        UserError: no name, no such team, or no such officer.
    """
    officer = found(ctx, officer_id)
    if not name.strip():
        raise UserError("The name is missing.", "It is the name that colleagues read.", "name")
    if team_id is not None and ctx.session.get(Team, team_id) is None:
        raise UserError("That team is no longer there.", "Choose another.", "team")
    refuse_card_number(ctx, f"{name} {email}", "name", "name")
    officer.name, officer.email, officer.team_id = name.strip()[:120], email.strip()[:254], team_id
    ctx.session.flush()
    return CHANGED


@requires(Permission.MANAGE_OFFICERS)
def leave(ctx: Context, leaver: Leaver) -> Changes:
    """Make an officer a leaver: from now on they can't sign in. Nothing of theirs is deleted.

    It takes no second person, so that access ends the moment it must. Delegations from and to them end; their open tasks
    go to whoever is named.

    Raises:
        UserError: it is oneself, they have left already, the day is still to come, or nobody would be left to administer.
    """
    officer = working(ctx, leaver.officer_id)
    if officer.id == ctx.officer.id:
        raise UserError("You can't make yourself a leaver.", "Another administrator does it.")
    if leaver.left_on > ctx.clock.today():
        raise UserError("That day is still to come.", "Make them a leaver on their last day.", "left_on")
    if leaver.hand_to is not None:
        working(ctx, leaver.hand_to)
    refuse_last(ctx, officer, frozenset())
    shut_out(ctx, officer, leaver)
    return CHANGED


@requires(Permission.MANAGE_OFFICERS)
def bring_back(ctx: Context, officer_id: int, reason: str) -> Asked:
    """Ask for a leaver to be an officer again, with the roles they had.

    Raises:
        UserError: they haven't left, or the office has one officer.
    """
    officer = found(ctx, officer_id)
    if officer.active:
        raise UserError(f"{officer.name} hasn't left.")
    return ask(ctx, BACK, officer_id, f"Bring back {officer.name}", reason, {"officer_id": officer_id})


@requires(Permission.MANAGE_OFFICERS)
def reset_password(ctx: Context, officer_id: int) -> str:
    """Give an officer a password to be told once; they have to choose their own when they sign in with it.

    Raises:
        UserError: it is one's own, or they have left.
    """
    officer = working(ctx, officer_id)
    if officer.id == ctx.officer.id:
        raise UserError("You change your own password from the menu with your name.", "It asks for the one you have.")
    password = passwords.temporary()
    tries.set_password(ctx.session, officer_id, password, ctx.clock.now(), must_change=True)
    tries.log(ctx.session, ctx.clock, officer.username, SignInWord.PASSWORD_RESET, officer_id, ctx.officer.id)
    return password


@requires(Permission.MANAGE_OFFICERS)
def unlock(ctx: Context, officer_id: int) -> Changes:
    """Let an officer try again whose name is locked after too many wrong passwords.

    Raises:
        UserError: it isn't locked, or it is one's own.
    """
    officer = working(ctx, officer_id)
    if officer.id == ctx.officer.id:
        raise UserError("Another administrator unlocks your name.")
    row = ctx.session.get(Credential, officer_id)
    if row is None or row.failed_tries == 0:
        raise UserError(f"{officer.name} isn't locked.")
    row.failed_tries, row.locked_until = 0, None
    tries.log(ctx.session, ctx.clock, officer.username, SignInWord.UNLOCKED, officer_id, ctx.officer.id)
    return CHANGED


def _delegated(ctx: Context) -> dict[int, str]:
    """Whose approvals each officer has today, or who has theirs."""
    today = ctx.clock.today()
    names = {row.id: row.name for row in officers.list_officers(ctx)}
    standing = select(Delegation).where(
        Delegation.from_on <= today, Delegation.to_on >= today, Delegation.ended_at.is_(None)
    )
    found: dict[int, str] = {}
    for each in ctx.session.scalars(standing.order_by(Delegation.id)):
        until = f"until {each.to_on.day} {each.to_on:%b}"
        found[each.from_id] = f"Approvals with {names[each.to_id]} {until}"
        found[each.to_id] = f"Approves for {names[each.from_id]} {until}"
    return found
