"""The views in a database: made anew from their declarations when it is brought to the newest revision.

They hold nothing, so they need no history: a migration that changes a table needn't mind them. On SQLite they are taken away
first, since it changes no table that a view reads; on SQL Server each is altered where it stands and keeps its rights.
"""

from __future__ import annotations

from sqlalchemy import Connection, Dialect, column, select, table

from app.models.reporting.declared import PREFIX, View

_SQLITE = table("sqlite_master", column("name"), column("type"))
_SERVER = table("views", column("name"), schema="sys")


def take_away(connection: Connection) -> None:
    """Before the migrations, on SQLite: a table that a view reads can't be made anew under it."""
    if connection.dialect.name == "sqlite":
        for name in standing(connection):
            connection.exec_driver_sql(f"DROP VIEW {name}")


def make(connection: Connection) -> None:
    """After the migrations: every view as it is declared now, and none that isn't."""
    from app.models.reporting.views import declared

    views = declared()
    for name in standing(connection):
        if name not in {each.name for each in views}:
            connection.exec_driver_sql(f"DROP VIEW {name}")
    for each in views:
        connection.exec_driver_sql(created(each, connection.dialect))


def standing(connection: Connection) -> list[str]:
    """The names of the reporting views that a database has."""
    if connection.dialect.name == "sqlite":
        wanted = select(_SQLITE.c.name).where(_SQLITE.c.type == "view")
    else:
        wanted = select(_SERVER.c.name)
    return sorted(name for name in connection.scalars(wanted) if name.startswith(PREFIX))


def created(view: View, dialect: Dialect) -> str:
    """The statement that makes a view in an engine; on SQL Server it stands alone in its batch."""
    compiled = view.statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    words = "CREATE OR ALTER VIEW" if dialect.name == "mssql" else "CREATE VIEW"
    return f"{words} {view.name} AS\n{compiled}"
