"""`rentbook officer`: who works in this Rentbook."""

from __future__ import annotations

from datetime import date

import click

from app.cli.frame import DATE, Group, answer, open_desk, spell, table, tell
from app.services.admin import officers
from app.services.admin.officers_dto import Asked, Leaver, OfficerLine, OfficersPage
from app.services.core.errors import UserError
from app.services.core.officers import NewOfficer
from app.services.core.permissions import Role
from app.services.core.session import Desk


@click.group(cls=Group)
def officer() -> None:
    """List the officers, add one, give roles, make a leaver, unlock a name."""


@officer.command("list")
@click.option("--leavers", is_flag=True, help="Those who have left, too.")
def list_(leavers: bool) -> None:
    """Every officer with their roles."""
    with open_desk() as desk:
        page = desk.ask(officers.page)
    rows = [row for row in page.officers if row.active or leavers]
    answer(
        {"officers": [_data(row) for row in rows]},
        table(
            ("Sign-in name", "Name", "Roles", "Team", "Last here", ""),
            ((row.username, row.name, ", ".join(row.role_names), row.team, _seen(row), _state(row)) for row in rows),
        ),
    )


@officer.command()
def roles() -> None:
    """The roles that an officer may be given."""
    with open_desk() as desk:
        page = desk.ask(officers.page)
    answer(
        {"roles": [{"key": role.key, "name": role.name} for role in page.roles]},
        table(("Role", "Name"), ((role.key, role.name) for role in page.roles)),
    )


@officer.command()
@click.argument("username")
@click.option("--name", help="Their name; else the sign-in name.")
@click.option("--email", default="", help="Their e-mail address.")
@click.option("--role", "roles", multiple=True, required=True, help="May be given again; see `officer roles`.")
@click.option("--reason", default="", help="Why, for the officer who approves it.")
def add(username: str, name: str | None, email: str, roles: tuple[str, ...], reason: str) -> None:
    """Add an officer by the name they sign in to the computer with, or ask a second officer to approve it."""
    with open_desk() as desk:
        new = NewOfficer(username, name or username, _roles(desk, roles), email)
        asked = desk.do(officers.add, new, reason)
        page = desk.ask(officers.page)
        own = next(row for row in page.officers if row.username == desk.officer.username)
    if asked.request_id is None and len(own.roles) > 1 and Role.ADMINISTRATOR in own.roles:
        tell(
            "With more than one officer an administrator posts nothing, so you now administer only. To work on accounts,"
        )
        tell("make somebody else the administrator: rentbook officer add NAME --role administrator")
    row = next((row for row in page.officers if row.username == username), None)
    data = _data(row) if row else {"username": username}
    answer(data | {"request": asked.request_id}, _became(asked, f"Added {name or username} ({username})."))


@officer.command("set-roles")
@click.argument("username")
@click.option("--role", "roles", multiple=True, required=True, help="Every role they should hold.")
@click.option("--reason", required=True, help="Why, for the officer who approves it.")
def set_roles(username: str, roles: tuple[str, ...], reason: str) -> None:
    """Give an officer these roles and no others; a second officer approves it."""
    with open_desk() as desk:
        row = _find(desk, username)
        asked = desk.do(officers.change_roles, row.officer_id, _roles(desk, roles), reason)
    answer({"username": username, "request": asked.request_id}, _became(asked, f"{row.name} has these roles now."))


@officer.command()
@click.argument("username")
@click.option("--on", "left_on", type=DATE, help="Their last day; else today.")
@click.option("--hand-to", help="The sign-in name of the officer who takes their open tasks.")
def leave(username: str, left_on: date | None, hand_to: str | None) -> None:
    """Make an officer a leaver: they can't sign in, and nothing of theirs is deleted."""
    with open_desk() as desk:
        row = _find(desk, username)
        heir = _find(desk, hand_to).officer_id if hand_to else None
        day = left_on or desk.clock.today()
        desk.do(officers.leave, Leaver(row.officer_id, day, heir))
    answer({"username": username, "left_on": day}, f"{row.name} left on {spell(day)} and can't sign in any more.")


@officer.command("bring-back")
@click.argument("username")
@click.option("--reason", required=True, help="Why, for the officer who approves it.")
def bring_back(username: str, reason: str) -> None:
    """Ask for a leaver to be an officer again."""
    with open_desk() as desk:
        asked = desk.do(officers.bring_back, _find(desk, username).officer_id, reason)
    answer({"username": username, "request": asked.request_id}, _became(asked, f"{username} is back."))


@officer.command("reset-password")
@click.argument("username")
def reset_password(username: str) -> None:
    """Give an officer a password to be told once; they choose their own when they sign in."""
    with open_desk() as desk:
        row = _find(desk, username)
        password = desk.do(officers.reset_password, row.officer_id)
    tell("Tell it to them and nobody else; it works once, then they choose their own.")
    answer({"username": username, "password": password}, password)


@officer.command()
@click.argument("username")
def unlock(username: str) -> None:
    """Let an officer try again whose name is locked after too many wrong passwords."""
    with open_desk() as desk:
        row = _find(desk, username)
        desk.do(officers.unlock, row.officer_id)
    answer({"username": username}, f"{row.name} can sign in again.")


def _find(desk: Desk, username: str) -> OfficerLine:
    page: OfficersPage = desk.ask(officers.page)
    found = next((row for row in page.officers if row.username == username), None)
    if found is None:
        raise UserError(f"'{username}' is not an officer of this Rentbook.", "See: rentbook officer list --leavers")
    return found


def _roles(desk: Desk, given: tuple[str, ...]) -> frozenset[str]:
    known = [role.key for role in desk.ask(officers.page).roles]
    wrong = [role for role in given if role not in known]
    if wrong:
        raise click.BadParameter(f"there is no role '{wrong[0]}': {', '.join(known)}.", param_hint="--role")
    return frozenset(given)


def _became(asked: Asked, done: str) -> str:
    if asked.request_id is None:
        return done
    return f"Request {asked.request_id} waits for a second officer: rentbook approve list"


def _seen(row: OfficerLine) -> str:
    return spell(row.last_seen_at.astimezone().date()) if row.last_seen_at else "never"


def _state(row: OfficerLine) -> str:
    if not row.active:
        return f"left {spell(row.left_on)}" if row.left_on else "left"
    return "locked" if row.locked_until else ""


def _data(row: OfficerLine) -> dict[str, object]:
    return {
        "username": row.username,
        "name": row.name,
        "active": row.active,
        "roles": list(row.roles),
        "team": row.team,
        "left_on": row.left_on,
        "last_seen_at": row.last_seen_at,
        "locked": row.locked_until is not None,
    }
