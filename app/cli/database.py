"""`rentbook db`: make, upgrade, look at, back up and restore the database."""

from __future__ import annotations

import click

from app.cli import backups
from app.cli.frame import Group, answer, place
from app.services.core import database as databases
from app.services.core.sign_in import system_user

_STATES = {
    "current": "up to date",
    "behind": "older than this program (rentbook db upgrade)",
    "ahead": "newer than this program",
}


@click.group(cls=Group)
def db() -> None:
    """Make, upgrade, look at, back up or restore the database."""


@db.command()
@click.option("--name", help="Your name, as the first officer of the database.")
def create(name: str | None) -> None:
    """Make an empty database. You are its first officer, with every role."""
    username, full_name = system_user()
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
        },
        [
            f"{found.place} ({found.engine}{size})",
            f"Schema {found.revision or 'none'}: {_STATES[found.state]}.",
            f"{found.officers} officers, {found.accounts} accounts.",
        ],
    )


for _each in (backups.backup, backups.backups, backups.restore):
    db.add_command(_each)
