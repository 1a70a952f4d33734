"""Where a database is: what a person types, as an address that SQLAlchemy opens."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import platformdirs
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.services.core.errors import UserError

ENGINES: Final = {"sqlite": "SQLite file", "mssql": "SQL Server"}
"""What each kind of database is called."""
_DRIVERS: Final = ("mssqlpython", "pyodbc", "pymssql")
_SERVER: Final = "A server's address is mssql+mssqlpython://SERVER:PORT/DATABASE?Trusted_Connection=yes"


def default_path() -> Path:
    """The SQLite file that is used where none is named: in the user's data folder."""
    return Path(platformdirs.user_data_dir("Rentbook", appauthor=False)) / "rentbook.db"


def database_url(text_: str | Path | None = None) -> URL:
    """The address of a database from what a person types: a path, a URL, or nothing for the default file.

    Raises:
        UserError: it is neither, or a kind of database that Rentbook doesn't run on.
    """
    typed = str(text_ or default_path())
    if "://" not in typed:
        return URL.create("sqlite", database=str(Path(typed).expanduser()))
    try:
        url = make_url(typed)
    except (ArgumentError, ValueError) as error:
        raise UserError(
            "That is not the address of a database.", f"Give a path or sqlite:///path. {_SERVER}."
        ) from error
    if url.get_backend_name() not in ENGINES:
        raise UserError(f"Rentbook doesn't run on '{url.get_backend_name()}'.", "Use a SQLite file or SQL Server.")
    if url.get_backend_name() == "mssql":
        _refuse_unfit(url)
        return url if "+" in url.drivername else url.set(drivername=f"mssql+{_DRIVERS[0]}")
    if url.get_backend_name() == "sqlite" and (not url.database or url.database == ":memory:"):
        raise UserError("A SQLite database needs a file.", "Give a path or sqlite:///path.")
    return url


def _refuse_unfit(url: URL) -> None:
    """Refuse the address of a server that lacks something, before anybody waits for it."""
    driver = url.drivername.partition("+")[2]
    if driver and driver not in _DRIVERS:
        raise UserError(f"Rentbook doesn't speak to a server by '{driver}'.", f"Use one of {', '.join(_DRIVERS)}.")
    if "odbc_connect" in url.query:
        return
    for named, what in ((url.host, "server"), (url.database, "database")):
        if not named:
            raise UserError(f"The address doesn't name the {what}.", f"{_SERVER}.")
