"""Engines: how connections to a SQLite file and to SQL Server are made, and how a transaction begins on each.

On both one desk writes at a time. SQLite does so by itself (BEGIN IMMEDIATE); on a server every transaction that
writes first moves the one row of `write_turn`, and waits there for whoever moved it before. What a command looks at before
it writes is then still so when it writes, as every test of the commands on a file shows it.
"""

from __future__ import annotations

import random
import sqlite3
import time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from app.services.core import open_files
from app.services.core.reach import FileWatch

WRITE: Final = "rentbook_write"
"""The execution option of a connection that will write."""
TURN: Final = "rentbook_turn"
"""The execution option with which a writing transaction waits for its turn on a server, once the tables are there."""

LOGIN_SECONDS: Final = 15
"""How long a server may take to answer a sign-in."""
_LOCK_MS: Final = 10_000
_BUSY_TIMEOUT_MS: Final = 5_000
_LOOK_SECONDS: Final = 0.02
"""How often whoever begins to wait for a file looks whether it is free."""
_CACHE_KIB: Final = 16 * 1024
"""Pages of a file that each connection keeps at hand: more made nothing faster with 60,000 accounts, and there may be four."""
_FRESH_SECONDS: Final = 1_800
"""A connection that was idle for so long is made anew: firewalls forget idle ones without a word."""
_ODBC: Final = "ODBC Driver 18 for SQL Server"
_SETTLE: Final = (
    "SET ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL, QUOTED_IDENTIFIER ON; "
    f"SET NUMERIC_ROUNDABORT OFF; SET DATEFORMAT ymd; SET LOCK_TIMEOUT {_LOCK_MS}"
)
"""The first seven are what SQL Server asks of whoever changes a table with a filtered index (error 1934 otherwise)."""
_TAKE_TURN: Final = "UPDATE write_turn SET taken = taken + 1"


def make_engine(url: URL) -> Engine:
    """The engine of a database; nothing is connected yet."""
    return _file_engine(url) if url.get_backend_name() == "sqlite" else _server_engine(url)


def _server_engine(url: URL) -> Engine:
    url, options = _driver_options(url)
    engine = create_engine(url, pool_pre_ping=True, pool_recycle=_FRESH_SECONDS, **options)

    @event.listens_for(engine, "connect")
    def settle(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute(_SETTLE)
        cursor.close()
        connection.rollback()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(TURN, False):
            connection.exec_driver_sql(_TAKE_TURN)

    return engine


def _driver_options(url: URL) -> tuple[URL, dict[str, Any]]:
    """The address as its driver wants it, and what `create_engine` is told."""
    driver = url.get_driver_name()
    if driver == "pymssql":
        return url, {"connect_args": {"login_timeout": LOGIN_SECONDS}}
    if driver == "pyodbc":
        if not {"driver", "odbc_connect"} & set(url.query):
            url = url.update_query_dict({"driver": _ODBC})
        return url, {"connect_args": {"timeout": LOGIN_SECONDS}, "fast_executemany": True}
    return url, {"connect_args": {"timeout": LOGIN_SECONDS}}


def _file_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000, "check_same_thread": False})
    if url.database:
        FileWatch(Path(url.database)).follow(engine)
        open_files.follow(engine, Path(url.database))

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "foreign_keys = ON",
            "recursive_triggers = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
            f"cache_size = -{_CACHE_KIB}",
            "temp_store = MEMORY",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITE, False):
            _begin_writing(connection)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _begin_writing(connection: Connection) -> None:
    """Wait for the file's lock, looking the more often the longer it lasts.

    SQLite's own waiting looks less often the longer it lasts: among twenty desks whoever came last went first, and one gave
    up after 20 seconds while the others were served.
    """
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    file: Any = connection.connection.dbapi_connection
    begun = time.monotonic()
    try:
        while (waited := time.monotonic() - begun) < _BUSY_TIMEOUT_MS / 1000:
            try:
                file.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    break
                time.sleep(random.uniform(0.5, 1) * _LOOK_SECONDS / (1 + waited))
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        file.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
