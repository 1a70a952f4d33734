"""Making an empty database on a server, set up as Rentbook wants it, and dropping one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection, func, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from app.services.core import server_state
from app.services.core.connecting import connect
from app.services.core.errors import UserError
from app.services.core.server_refusals import refusal
from app.services.core.server_state import ServerState
from app.services.core.server_words import Trouble, driver_said, trouble_of

COLLATION: Final = "Latin1_General_100_CI_AS"
"""How text is compared in a database that Rentbook makes: capitals are the same as small letters, accents aren't."""


def make_if_missing(url: URL) -> bool:
    """Make the database of an address on its server, empty and set up as Rentbook wants it; whether it wasn't there.

    Raises:
        UserError: the server can't be reached, or the login may not make databases.
    """
    statements = (
        f"CREATE DATABASE {quoted(url)} COLLATE {COLLATION}",
        *server_state.advice(_AS_MADE, url.database or ""),
    )

    def work(connection: Connection) -> bool:
        if connection.scalar(select(func.db_id(url.database))) is not None:
            return False
        for statement in statements:
            connection.execute(text(statement))
        return True

    return _at_master(url, work, _by_hand(statements))


def drop(url: URL) -> None:
    """Drop the database of an address, with all that is in it, whoever is using it.

    Raises:
        UserError: the server can't be reached, or the login may not.
    """

    def work(connection: Connection) -> bool:
        if connection.scalar(select(func.db_id(url.database))) is None:
            return False
        connection.execute(text(f"ALTER DATABASE {quoted(url)} SET SINGLE_USER WITH ROLLBACK IMMEDIATE"))
        connection.execute(text(f"DROP DATABASE {quoted(url)}"))
        return True

    _at_master(url, work, "Ask the server's administrator.")


def quoted(url: URL) -> str:
    """The name of an address's database as a statement holds it."""
    return f"[{(url.database or '').replace(']', ']]')}]"


_AS_MADE: Final = ServerState(readers_pass=False, one_state=False, collation=COLLATION)


def _by_hand(statements: tuple[str, ...]) -> str:
    return f"Ask the server's administrator to run: {' '.join(each.rstrip(';') + ';' for each in statements)}"


def _at_master(url: URL, work: Callable[[Connection], bool], hint: str) -> bool:
    """Do something in `master`, outside of any transaction: databases are made and dropped in none."""
    database = connect(url.set(database="master"))
    try:
        with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            return work(connection)
    except DBAPIError as error:
        trouble = trouble_of(error)
        if trouble is Trouble.RIGHTS:
            raise UserError(f"Your login may not make a database on {url.host}.", hint) from error
        raise refusal(trouble, url.set(database="master"), driver_said(error)) from error
    finally:
        database.close()
