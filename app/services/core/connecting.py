"""The first connection to a database: what a server refuses is said in words."""

from __future__ import annotations

from sqlalchemy.engine import URL
from sqlalchemy.exc import NoSuchModuleError

from app.services.core import schema
from app.services.core.errors import UserError
from app.services.core.server_login import with_password
from app.services.core.server_refusals import refusal
from app.services.core.server_words import cause_of, driver_said, trouble_of
from app.services.core.session import Database


def connect(url: URL) -> Database:
    """A database at an address, with the password that is kept for it; nothing is asked of it yet.

    Raises:
        UserError: the driver isn't installed.
    """
    try:
        return Database(with_password(url))
    except (ImportError, NoSuchModuleError) as error:
        raise UserError(
            "The driver for SQL Server isn't installed here.",
            "Ask for Rentbook with its server part (pip install 'rentbook[server]').",
        ) from error


def reach(url: URL) -> tuple[Database, str]:
    """A database and its revision.

    Raises:
        UserError: it can't be reached or read, and why.
    """
    database = connect(url)
    try:
        if database.is_sqlite:
            return database, database.read(schema.revision)
        with database.session() as session:  # asked once: nobody waits twice for a server that isn't there
            return database, schema.revision(session)
    except Exception as error:
        database.close()
        cause = cause_of(error) or error
        if database.is_sqlite or (isinstance(error, UserError) and cause is error):
            raise
        raise refusal(trouble_of(cause), url, driver_said(cause)) from error
