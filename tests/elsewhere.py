"""Where RENTBOOK_TEST_DB_URL names a place, tests that ask for `database` work there instead of on files of their own.

    RENTBOOK_TEST_DB_URL=mssql+mssqlpython://sa:...@127.0.0.1/rentbook?TrustServerCertificate=yes pytest tests/services

Each worker makes a database of its own beside the one that is named (it is never touched itself), puts it back as it was
before each test, and drops it at the end; the login has to be allowed that. The databases are made as `rentbook db create`
makes them. A test that is about SQLite files, or looks into one, asks for `database_file` or is marked `sqlite_file`, and
stays with files. Prepared fixtures (tests/prepared.py) are made anew for each test there.
"""

import os
from pathlib import Path
from shutil import copyfile

from sqlalchemy.engine import make_url

from app.services.core import database as databases
from app.services.core.connecting import connect
from app.services.servers import making

URL = os.environ.get("RENTBOOK_TEST_DB_URL", "")


def about_files(request) -> bool:
    """Whether a test is about SQLite files alone."""
    return "database_file" in request.fixturenames or request.node.get_closest_marker("sqlite_file") is not None


class Elsewhere:
    """The database of one worker, at a place like the one that was named.

    Attributes:
        url: its address.
    """

    def __init__(self, named: str, worker: str) -> None:
        url = make_url(named)
        path = Path(url.database or "rentbook")
        self.url = url.set(database=str(path.with_name(f"{path.stem}_test_{worker}{path.suffix}")))

    def make(self, officer: str, name: str, clock) -> None:
        """Make it, whatever was there before, and keep it as it is."""
        self.drop()
        if self._is_file:
            databases.create(self.url, officer, name, clock).close()
            copyfile(self.url.database, self._kept)
            return
        making.make_if_missing(self.url)
        databases.create(self.url, officer, name, clock).close()
        self._at_master(f"BACKUP DATABASE {self._named} TO DISK = N'{self._kept}' WITH INIT, COPY_ONLY")

    def put_back(self) -> None:
        """As it was when it was made."""
        if self._is_file:
            self._remove()
            copyfile(self._kept, self.url.database)
            return
        self._at_master(
            f"ALTER DATABASE {self._named} SET SINGLE_USER WITH ROLLBACK IMMEDIATE",
            f"RESTORE DATABASE {self._named} FROM DISK = N'{self._kept}' WITH REPLACE",
            f"ALTER DATABASE {self._named} SET MULTI_USER",
        )

    def drop(self) -> None:
        """Leave nothing behind but, on a server, the file of the backup, which the next run overwrites."""
        if self._is_file:
            self._remove()
            Path(self._kept).unlink(missing_ok=True)
        else:
            making.drop(self.url)

    def _at_master(self, *statements: str) -> None:
        """Run statements outside of any transaction, each to its end: a server tells of its progress in between."""
        database = connect(self.url.set(database="master"))
        try:
            with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                for statement in statements:
                    cursor = connection.connection.dbapi_connection.cursor()
                    cursor.execute(statement)
                    while cursor.nextset():
                        pass
                    cursor.close()
        finally:
            database.close()

    def _remove(self) -> None:
        for end in ("", "-wal", "-shm"):
            Path(f"{self.url.database}{end}").unlink(missing_ok=True)

    @property
    def _is_file(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @property
    def _kept(self) -> str:
        return f"{self.url.database}.kept" if self._is_file else f"{self.url.database}.bak"

    @property
    def _named(self) -> str:
        return making.quoted(self.url)
