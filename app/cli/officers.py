"""`rentbook officer`: who works in this Rentbook."""

from __future__ import annotations

import click

from app.cli.frame import Group, answer, open_desk, table, tell
from app.services.core.officers import OfficerRow, add_officer, list_officers
from app.services.core.permissions import Role

_ROLES = [role.value for role in Role if role is not Role.SYSTEM]


@click.group(cls=Group)
def officer() -> None:
    """List the officers, or add one."""


@officer.command("list")
def list_() -> None:
    """Every officer with their roles."""
    with open_desk() as desk:
        rows = desk.ask(list_officers)
    answer(
        {"officers": [_data(row) for row in rows]},
        table(("Sign-in name", "Name", "Roles"), ((row.username, row.name, _roles(row)) for row in rows)),
    )


@officer.command()
@click.argument("username")
@click.option("--name", help="Their name; else the sign-in name.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice(_ROLES), help="May be given again.")
def add(username: str, name: str | None, roles: tuple[str, ...]) -> None:
    """Add an officer by the name they sign in to the computer with."""
    with open_desk() as desk:
        row = desk.do(add_officer, username, name or username, frozenset(Role(role) for role in roles))
        held = next(other.roles for other in desk.ask(list_officers) if other.username == desk.officer.username)
    if len(held) > 1 and Role.ADMINISTRATOR in held:
        tell(
            "With more than one officer an administrator posts nothing, so you now administer only. To work on accounts,"
        )
        tell("make somebody else the administrator: rentbook officer add NAME --role administrator")
    answer(_data(row), f"Added {row.name} ({row.username}): {_roles(row)}.")


def _roles(row: OfficerRow) -> str:
    return ", ".join(role.value.replace("_", " ") for role in row.roles)


def _data(row: OfficerRow) -> dict[str, object]:
    return {
        "username": row.username,
        "name": row.name,
        "active": row.active,
        "roles": [role.value for role in row.roles],
    }
