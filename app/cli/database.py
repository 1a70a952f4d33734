"""`rentbook db`: make, upgrade, look at, try, back up and restore the database, on this computer or on a server."""

from __future__ import annotations

import click

from app.cli import backups, grants, moving
from app.cli.frame import Group, answer, long_work, place
from app.cli.maintenance import maintenance
from app.services.core import database as databases
from app.services.core import server_login
from app.services.core.clock import SystemClock
from app.services.core.errors import UserError
from app.services.core.sign_in import system_user
from app.services.servers import making, rules, trying

_STATES = {
    "current": "up to date",
    "behind": "older than this program (rentbook db upgrade)",
    "ahead": "newer than this program",
}
_NOT_YET = "Rentbook isn't set up in it yet (rentbook db create)"


@click.group(cls=Group)
def db() -> None:
    """Make, upgrade, look at, try, close, back up or restore the database."""


db.add_command(maintenance)


@db.command()
@click.option("--name", help="Your name, as the first officer of the database.")
def create(name: str | None) -> None:
    """Make an empty database. You are its first officer, with every role.

    On a server the database itself is made too, if it isn't there and your login may.
    """
    username, full_name = system_user()
    url = databases.database_url(place())
    if url.get_backend_name() != "sqlite":
        making.make_if_missing(url)
    databases.create(place(), username, name or full_name).close()
    made = databases.status(place())
    answer(
        {"database": made.place, "revision": made.revision, "officer": username},
        f"Made {made.place}. You ({username}) are its first officer.",
    )


@db.command()
def upgrade() -> None:
    """Bring the database up to this program, keeping a copy of a SQLite file."""
    done = databases.upgrade(place())
    said = f"Upgraded from {done.before or 'nothing'} to {done.after}." if done.before != done.after else "Up to date."
    kept = f" The file as it was is kept at {done.kept}." if done.kept else ""
    answer({"before": done.before, "after": done.after, "kept": done.kept and str(done.kept)}, said + kept)


@db.command()
def status() -> None:
    """Look at the database without changing it."""
    found = databases.status(place())
    size = "" if found.size_bytes is None else f", {found.size_bytes / 1_000_000:.1f} MB"
    answer(
        {
            "database": found.place,
            "engine": found.engine,
            "state": found.state,
            "revision": found.revision,
            "newest_revision": found.newest,
            "size_bytes": found.size_bytes,
            "officers": found.officers,
            "accounts": found.accounts,
            "warnings": found.warnings,
            "advice": found.advice,
        },
        [
            f"{found.place} ({found.engine}{size})",
            f"Schema {found.revision or 'none'}: {_STATES[found.state] if found.revision else _NOT_YET}.",
            f"{found.officers} officers, {found.accounts} accounts.",
            *_amiss(found.warnings, found.advice),
        ],
    )


@db.command()
def test() -> None:
    """Try to reach a database step by step, and say what is wrong."""
    url = databases.database_url(place())
    if url.get_backend_name() == "sqlite":
        found = databases.status(url)
        answer({"database": found.place, "state": found.state}, f"{found.place} can be opened: {_STATES[found.state]}.")
        return
    with long_work("Trying the server") as (progress, cancel):
        tried = trying.try_server(url, SystemClock(), progress, cancel)
    answer(
        {
            "database": tried.place,
            "server_version": tried.version,
            "state": tried.state,
            "revision": tried.revision,
            "newest_revision": tried.newest,
            "clock_ahead_seconds": round(tried.ahead.total_seconds(), 1),
            "warnings": tried.warnings,
            "advice": tried.advice,
        },
        [f"{tried.place} (SQL Server {tried.version})", rules.told(tried), *_amiss(tried.warnings, tried.advice)],
    )


@db.command()
@click.option("--forget", is_flag=True, help="Keep it no longer.")
def password(forget: bool) -> None:
    """Keep the password of a server's login in this computer's keyring, for you and for the jobs that run as you."""
    url = databases.database_url(place())
    if url.get_backend_name() == "sqlite" or not url.username:
        raise UserError("That address has no login of a server.", "Name it: mssql+mssqlpython://LOGIN@SERVER/DATABASE.")
    shown = server_login.without_password(url)
    if forget:
        server_login.forget_password(url)
        answer({"database": shown, "kept": False}, f"The password for {shown} is kept no longer.")
        return
    typed = url.password or click.prompt("Password of the login", hide_input=True, err=True)
    if not server_login.keep_password(url.set(password=typed)):
        raise UserError(
            "This computer has no keyring that keeps a password.", "Sign in with Windows, or use Rentbook at a desk."
        )
    answer({"database": shown, "kept": True}, f"The password for {shown} is in the keyring.")


def _amiss(warnings: tuple[str, ...], advice: tuple[str, ...]) -> list[str]:
    """What is wrong with how a server is set up, and the statements that its administrator runs."""
    run = ["The server's administrator runs, when nobody is at work:", *(f"  {each}" for each in advice)]
    return [*warnings, *(run if advice else [])]


for _each in (backups.backup, backups.backups, backups.restore, moving.copy, moving.anonymise, grants.grants):
    db.add_command(_each)
