"""`rentbook db maintenance on | off | status`: close Rentbook to all but those who look after it, and open it again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import click

from app.cli.frame import Group, answer, place
from app.services.admin import maintenance as services
from app.services.admin.maintenance import MaintenanceChanged, NewMaintenance
from app.services.core import database as databases
from app.services.core import gate, sqlite_files
from app.services.core.clock import SystemClock
from app.services.core.connecting import reach
from app.services.core.moments import database_moment
from app.services.core.session import Desk
from app.services.core.sign_in import system_user

_WARNING = 15


@click.group(cls=Group)
def maintenance() -> None:
    """Close Rentbook for maintenance and open it again; it works in a database that is to be upgraded too."""


@maintenance.command()
@click.option(
    "--in", "minutes", type=click.IntRange(min=0), default=_WARNING, show_default=True, help="Begin in MINUTES."
)
@click.option("--now", is_flag=True, help="Begin at once: every desk is signed out within half a minute.")
@click.option("--for", "words", default="Maintenance", show_default=True, help="What for; every desk shows it.")
def on(minutes: int, now: bool, words: str) -> None:
    """Announce it: every desk counts down and is signed out when it begins, what was typed is kept as drafts, jobs wait."""
    with _desk() as desk:
        _tell(desk.do(services.announce, NewMaintenance(0 if now else minutes, words)))


@maintenance.command()
def off() -> None:
    """End it, whoever announced it: everybody can work again."""
    with _desk() as desk:
        _tell(desk.do(services.end))


@maintenance.command()
def status() -> None:
    """Whether Rentbook is open, closed, or soon to be."""
    with _desk() as desk:
        found = desk.ask(services.standing)
        now = desk.database.read(database_moment)
    if found is None:
        answer({"state": "open"}, "Rentbook is open; no maintenance is announced.")
        return
    closed = found.begins_at <= now
    at = f"{found.begins_at.astimezone():%d %b %Y %H:%M}"
    said = f"Closed for maintenance since {at}" if closed else f"Open; maintenance begins at {at}"
    data = {"state": "closed" if closed else "announced", "begins_at": found.begins_at, "by": found.by}
    answer({**data, "words": found.words}, f"{said} (announced by {found.by}): {found.words}")


def _tell(changed: MaintenanceChanged) -> None:
    answer({"done": True, "told": changed.told}, changed.told)


@contextlib.contextmanager
def _desk() -> Iterator[Desk]:
    """The desk of the operating-system user, whatever version the database has.

    Raises:
        UserError: it can't be reached, is from before there was maintenance, or the user is not one of its officers.
    """
    url = databases.database_url(place())
    if url.get_backend_name() == "sqlite":
        sqlite_files.refuse_unfit(Path(url.database or ""))
    database = reach(url)[0]
    try:
        database.read(gate.refuse_without_maintenance)
        yield Desk.sit_down(database, system_user()[0], SystemClock())
    finally:
        database.close()
