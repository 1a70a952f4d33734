"""`rentbook db copy | anonymise`: a whole database to another place or engine, as it is or without anybody's personal data."""

from __future__ import annotations

import click

from app.cli.frame import REFUSED, Command, answer, long_work
from app.registered import register
from app.services.core import database as databases
from app.services.core.clock import SystemClock
from app.services.core.sign_in import system_user
from app.services.moving import jobs
from app.services.moving.anonymous import jobs as anonymous
from app.services.moving.dto import Moved
from app.services.rent.search import refresh_search

_FROM = click.option(
    "--from", "source", required=True, metavar="PLACE", help="The database to copy: a path or an address."
)
_TO = click.option(
    "--to",
    "target",
    required=True,
    metavar="PLACE",
    help="Where to: a file that isn't there, or an empty server's database.",
)


@click.command(cls=Command)
@_FROM
@_TO
def copy(source: str, target: str) -> int:
    """Copy a whole database, from SQLite to SQL Server or back, and prove that the copy is the same.

    All of it is copied, or nothing. It may be in use meanwhile: what is copied is one moment of it.
    """
    register()
    with long_work("Copy") as (progress, cancel):
        moved = jobs.copy(
            databases.database_url(source), databases.database_url(target), SystemClock(), progress, cancel
        )
    return _answer(moved)


@click.command(cls=Command)
@_FROM
@_TO
def anonymise(source: str, target: str) -> int:
    """Copy a database with everybody in it made up, for training and for trying an upgrade.

    Names, addresses, numbers, dates of birth, bank details, texts and documents are replaced; amounts and days stay.
    """
    register()
    with long_work("Anonymised copy") as (progress, cancel):
        moved = anonymous.anonymise(
            databases.database_url(source),
            databases.database_url(target),
            SystemClock(),
            system_user()[0],
            refresh_search,
            progress,
            cancel,
        )
    return _answer(moved)


def _answer(moved: Moved) -> int:
    answer(
        {
            "from": moved.source,
            "to": moved.target,
            "tables": moved.tables,
            "rows": moved.rows,
            "equal": moved.equal,
            "compared": [
                {"what": each.what, "source": each.source, "copy": each.target, "equal": each.equal}
                for each in moved.lines
            ],
            "told": list(moved.told),
        },
        moved.told,
    )
    return 0 if moved.equal else REFUSED
