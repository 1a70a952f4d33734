# ruff: noqa: S608  names and texts are quoted by `quoted` and `text`
"""The script by which the owner of a shared database says what each login may do in it: roles, rights, and whose login is whose.

Nobody but the owner changes what is posted, audited or approved, whatever tool they open on the server: the rights are those
that the program needs, and what takes two people is refused by triggers (`app/models/migrations/guards`). It may be run again
at any time, and is after each upgrade.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from app.models.officers import Officer
from app.models.tables import metadata
from app.services.core import officers
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import SYSTEM
from app.services.core.permissions import POSTING, ROLE_PERMISSIONS, Permission, Role
from app.services.servers.grant_tables import FIXED, USES, Use

OFFICER: Final = "rentbook_officer"
AUDITOR: Final = "rentbook_auditor"
ADMINISTRATOR: Final = "rentbook_administrator"
READER: Final = "rentbook_reader"
LOADER: Final = "rentbook_loader"
ROLES: Final = {
    OFFICER: "works in Rentbook and posts",
    AUDITOR: "reads in Rentbook",
    ADMINISTRATOR: "keeps officers, roles, limits, policy and calendars, and approves changes of them",
    READER: "reads the reporting views, without Rentbook",
    LOADER: "may load a landlord's history, beside another role, for as long as it takes",
}
VIEWS: Final = "report_"
"""How the names of the reporting views begin."""

_SELECT: Final = "SELECT"
_DENIED: Final = "UPDATE, DELETE"
_OFFICERS: Final = {
    Use.LEDGER: "SELECT, INSERT",
    Use.BALANCES: "SELECT, INSERT, UPDATE",
    Use.ADDED: "SELECT, INSERT",
    Use.WRITTEN: "SELECT, INSERT",
    Use.KEPT: "SELECT, INSERT, UPDATE",
    Use.WORKED: "SELECT, INSERT, UPDATE, DELETE",
    Use.OFFICE: _SELECT,
    Use.OWNER: _SELECT,
}
_ADMINISTRATORS: Final = _OFFICERS | {
    Use.LEDGER: _SELECT,
    Use.BALANCES: _SELECT,
    Use.OFFICE: "SELECT, INSERT, UPDATE, DELETE",
}
_AUDITORS: Final = dict.fromkeys(Use, _SELECT) | {Use.ADDED: "SELECT, INSERT"}
_OF_AUDITORS: Final = {
    "credential": "SELECT, INSERT, UPDATE",
    "desk_session": "SELECT, INSERT, UPDATE, DELETE",
    "draft": "SELECT, INSERT, UPDATE, DELETE",
    "filter_default": "SELECT, INSERT, UPDATE, DELETE",
    "presence": "SELECT, INSERT, UPDATE, DELETE",
    "saved_filter": "SELECT, INSERT, UPDATE, DELETE",
    "write_turn": "SELECT, UPDATE",
}
"""What an auditor's desk writes: that they are there, what they look for, and their password."""
_DENIES: Final = {
    Use.LEDGER: _DENIED,
    Use.ADDED: _DENIED,
    Use.WRITTEN: _DENIED,
    Use.KEPT: "DELETE",
    Use.OWNER: "INSERT, UPDATE, DELETE",
}
"""Denied even to who has more by another role, such as `db_datawriter`."""
_ADMINISTERS: Final = frozenset(
    {
        Permission.MANAGE_OFFICERS,
        Permission.APPROVE_OFFICER_CHANGES,
        Permission.REVIEW_ACCESS,
        Permission.EDIT_POLICY,
        Permission.EDIT_CALENDARS,
        Permission.EXPORT_KEY,
        Permission.EXPORT_ALL,
    }
)
_READS: Final = ROLE_PERMISSIONS[Role.AUDITOR]


@dataclass(frozen=True, slots=True)
class Logins:
    r"""Which logins the officers have.

    Attributes:
        domain: of Windows, such as `COUNCIL`: each officer signs in as `COUNCIL\name`; empty where logins are the server's own.
        jobs: the login under which scheduled jobs run, if any: it is the officer of jobs.
    """

    domain: str = ""
    jobs: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """An officer as the script has them: their login and roles; none where they left."""

    login: str
    officer_id: int
    name: str
    roles: tuple[str, ...]


def script(ctx: Context, logins: Logins | None) -> str:
    """The whole script; without logins only the roles and what they may do, so that two officers count by their rows.

    Raises:
        UserError: a table has no rights yet, or two officers would have one login.
    """
    people = [] if logins is None else list(_people(ctx, logins))
    twice = {each.login.casefold() for each in people}
    if len(twice) < len(people):
        raise UserError("Two officers would have the same login.", "Give each officer a sign-in name of their own.")
    return "\n".join(
        [*_head(), *_roles(), *_rights(), *_whole_database(), *_reading(), *_logins(logins, people), *_tail()]
    )


def _people(ctx: Context, logins: Logins) -> Iterator[Person]:
    standing = {each.id: each for each in officers.working(ctx.session)}
    for row in ctx.session.scalars(select(Officer).order_by(Officer.id)):
        if row.username == SYSTEM:
            if logins.jobs:
                yield Person(logins.jobs, row.id, row.name, (OFFICER,))
            continue
        login = row.username if "\\" in row.username or not logins.domain else f"{logins.domain}\\{row.username}"
        held = standing.get(row.id)
        yield Person(login, row.id, row.name, () if held is None else tuple(_roles_of(held.permissions)))


def _roles_of(permissions: frozenset[Permission]) -> Iterator[str]:
    """An administrator's login posts nothing; who only reads has a role of their own."""
    if permissions & _ADMINISTERS:
        yield ADMINISTRATOR
    if permissions & POSTING or not permissions & _ADMINISTERS:
        yield AUDITOR if permissions <= _READS else OFFICER


def _head() -> Iterable[str]:
    yield from (
        "-- Rentbook: what each login may do in this database.",
        "-- Run it in the database as its owner (sqlcmd -d DATABASE -i FILE), once it was made and after each upgrade.",
        "-- It may be run again at any time. Nobody who works in Rentbook is a member of db_owner, db_ddladmin,",
        "-- db_securityadmin or db_accessadmin: its last part names who is.",
        "SET QUOTED_IDENTIFIER ON;",
        "SET NOCOUNT ON;",
        "SET XACT_ABORT ON;",
        "GO",
    )


def _roles() -> Iterator[str]:
    for role, what in ROLES.items():
        yield f"-- {role} {what}."
        yield f"IF DATABASE_PRINCIPAL_ID(N'{role}') IS NULL CREATE ROLE {role};"
    yield "GO"


def _rights() -> Iterator[str]:
    """Table by table: what was granted before goes, so that the script says all there is."""
    working = f"{OFFICER}, {ADMINISTRATOR}, {AUDITOR}"
    for name in sorted({*metadata.tables, *(name for name, use in USES.items() if use is Use.OWNER)}):
        use = USES.get(name)
        if use is None:
            raise UserError(f"The table {name} has no rights yet.", "Name it in app/services/servers/grant_tables.py.")
        table = f"dbo.{quoted(name)}"
        yield f"REVOKE SELECT, INSERT, UPDATE, DELETE ON {table} FROM {working}, {READER}, {LOADER};"
        yield f"GRANT {_OFFICERS[use]} ON {table} TO {OFFICER};"
        yield f"GRANT {_ADMINISTRATORS[use]} ON {table} TO {ADMINISTRATOR};"
        yield f"GRANT {_OF_AUDITORS.get(name, _AUDITORS[use])} ON {table} TO {AUDITOR};"
        if use in _DENIES:
            yield f"DENY {_DENIES[use]} ON {table} TO {working}, {LOADER};"
        if name in FIXED:
            columns = ", ".join(map(quoted, FIXED[name]))
            yield f"DENY UPDATE ({columns}) ON {table} TO {working}, {LOADER};"
    yield "GO"


def _whole_database() -> Iterator[str]:
    """Nobody takes a guard away, for which they would need one of these; anybody may read what the guards say."""
    everybody = ", ".join(ROLES)
    rights = (
        "ALTER ANY SCHEMA",
        "ALTER ANY ROLE",
        "ALTER ANY APPLICATION ROLE",
        "ALTER ANY USER",
        "ALTER ANY DATABASE DDL TRIGGER",
        "ALTER ANY ASSEMBLY",
        "CREATE TABLE",
        "CREATE VIEW",
        "CREATE PROCEDURE",
        "CREATE FUNCTION",
    )
    yield f"DENY {', '.join(rights)} TO {everybody};"
    yield f"DENY ALTER, TAKE OWNERSHIP ON SCHEMA::dbo TO {everybody};"
    yield f"GRANT VIEW DEFINITION ON SCHEMA::dbo TO {OFFICER}, {ADMINISTRATOR}, {AUDITOR};"
    yield "GO"


def _reading() -> Iterator[str]:
    """The views read what they need by the rights of their owner; the tables below them stay shut."""
    yield f"""DECLARE @reading nvarchar(max) = N'';
SELECT @reading = @reading + N'GRANT SELECT ON dbo.' + QUOTENAME(name) + N' TO {READER}, {OFFICER}, {ADMINISTRATOR}, {AUDITOR};'
FROM sys.views WHERE schema_id = SCHEMA_ID(N'dbo') AND name LIKE N'{VIEWS.replace("_", "[_]")}%';
EXEC sys.sp_executesql @reading;"""
    yield f"GRANT SELECT ON dbo.guarded_line TO {OFFICER}, {ADMINISTRATOR}, {AUDITOR};"
    yield f"GRANT SELECT ON dbo.approval_sound TO {OFFICER}, {ADMINISTRATOR}, {AUDITOR};"
    yield "GO"


def _logins(logins: Logins | None, people: Iterable[Person]) -> Iterator[str]:
    if logins is None:
        yield "-- No logins were asked for: two officers are told apart by their rows, not by their logins"
        yield "-- (rentbook db grants --windows DOMAIN, or --sql)."
        return
    yield "-- Whose login is whose. From here on a login posts and approves for its own officer alone."
    for each in people:
        yield from _person(each)
    yield "DELETE FROM dbo.officer_login WHERE officer_id IN (SELECT id FROM dbo.officer WHERE active = 0);"
    yield "GO"


def _person(each: Person) -> Iterator[str]:
    login, user = text(each.login), quoted(each.login)
    yield f"-- {each.name}".replace("\n", " ").replace("\r", " ")
    for role in (OFFICER, ADMINISTRATOR, AUDITOR):
        if role not in each.roles:
            yield f"IF IS_ROLEMEMBER({text(role)}, {login}) = 1 ALTER ROLE {role} DROP MEMBER {user};"
    if not each.roles:
        return
    missing = text(
        f"{each.login} is not known to this server: make the login (CREATE LOGIN), and run this script again."
    )
    yield f"IF SUSER_SID({login}) IS NULL PRINT {missing};"
    yield "ELSE BEGIN"
    yield f"    IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE sid = SUSER_SID({login}))"
    yield f"        CREATE USER {user} FOR LOGIN {user};"
    for role in each.roles:
        yield f"    IF DATABASE_PRINCIPAL_ID({login}) IS NOT NULL ALTER ROLE {role} ADD MEMBER {user};"
    yield f"    DELETE FROM dbo.officer_login WHERE login = {login};"
    yield "    INSERT INTO dbo.officer_login (login, officer_id, made_at)"
    yield f"        VALUES ({login}, {each.officer_id}, SYSUTCDATETIME());"
    yield "END;"


def _tail() -> Iterator[str]:
    """Who could get round all this, for the owner to read."""
    ours = ", ".join(text(role) for role in ROLES)
    yield f"""SELECT person.name AS [get round the guards], strong.name AS [by the role]
FROM sys.database_role_members a
JOIN sys.database_principals person ON person.principal_id = a.member_principal_id
JOIN sys.database_principals strong ON strong.principal_id = a.role_principal_id
WHERE strong.name IN (N'db_owner', N'db_ddladmin', N'db_securityadmin', N'db_accessadmin')
AND person.principal_id IN (SELECT b.member_principal_id FROM sys.database_role_members b
    JOIN sys.database_principals r ON r.principal_id = b.role_principal_id WHERE r.name IN ({ours}));"""
    yield "SELECT name AS [application roles, which nobody needs] FROM sys.database_principals WHERE type = 'A';"
    yield "GO"
    yield ""


def quoted(name: str) -> str:
    """A name as SQL Server takes it."""
    return f"[{name.replace(']', ']]')}]"


def text(words: str) -> str:
    """A text as SQL Server takes it."""
    return "N'" + words.replace("'", "''") + "'"
