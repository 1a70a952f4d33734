"""Each statement is compiled once for all the databases of a worker; `tests/conftest.py` hooks it to every engine.

SQLAlchemy compiles a statement once an engine, and every test has an engine of its own: a third of a service test's time
went into compiling what the test before had compiled. The engines of the tests all speak the same SQLite.
"""

from sqlalchemy import Engine, event
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

_compiled = LRUCache(4_000)

SQLiteDialect_pysqlite.__eq__ = lambda self, other: type(self) is type(other)
SQLiteDialect_pysqlite.__hash__ = lambda self: hash(type(self))


@event.listens_for(Engine, "engine_connect")
def share(connection):
    """Let the engine look in what all of them compiled; its first connection already does."""
    if connection.dialect.name == "sqlite":
        connection.engine._compiled_cache = _compiled
