"""What each engine needs around the copying: its guards out of the way of history, and back before anything is committed.

The guards of the ledger and of approvals refuse what one person writes alone. What two officers did under two logins can't be
written anew by one, so the guards stand aside while the rows go in, in the one transaction that makes the copy: nobody else
ever sees the database without them. Only its owner may do that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from sqlalchemy import Connection, Table, column, func, select, table

from app.services.core.errors import UserError

_MODULES: Final = table("sql_modules", column("object_id"), column("definition"), schema="sys")
_TRIGGERS: Final = table(
    "triggers", column("object_id"), column("name"), column("is_disabled"), column("parent_class"), schema="sys"
)
_KEYS: Final = table("foreign_keys", column("name"), column("is_not_trusted"), column("is_disabled"), schema="sys")
_ON_TABLES: Final = 1
_LOST: Final = "The guards of the new database are not all back; nothing was kept."

Guards = dict[str, str]
"""Each trigger by its name, with the text that makes it."""


class Engine(Protocol):
    """The steps around the copying into one engine, all on the connection of its transaction."""

    def guards(self, connection: Connection) -> Guards:
        """The triggers that stand."""
        ...

    def begin(self, connection: Connection, tables: Sequence[Table]) -> None:
        """Let the guards stand aside; keys that point to later rows are looked at in the end."""
        ...

    def end(self, connection: Connection, tables: Sequence[Table], guards: Guards) -> None:
        """Put the guards back, and prove every key.

        Raises:
            UserError: a row points to one that isn't there, or a guard isn't back.
        """
        ...


class Sqlite:
    """A file: triggers are dropped and made again, keys are deferred."""

    def guards(self, connection: Connection) -> Guards:
        """The triggers that stand, in the order in which they were made."""
        wanted = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
        return {name: sql for name, sql in connection.exec_driver_sql(wanted) if sql}

    def begin(self, connection: Connection, tables: Sequence[Table]) -> None:
        """Drop the triggers; keys are deferred to the end of the transaction."""
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for name in self.guards(connection):
            connection.exec_driver_sql(f"DROP TRIGGER {_quoted(name)}")

    def end(self, connection: Connection, tables: Sequence[Table], guards: Guards) -> None:
        """Make the triggers again, and prove every key."""
        for statement in guards.values():
            connection.exec_driver_sql(statement)
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise UserError(f"A row of {lost[0]} points to one of {lost[2]} that isn't there; nothing was kept.")
        if self.guards(connection) != guards:
            raise UserError(_LOST)


class SqlServer:
    """A server: its owner disables triggers and keys table by table, and has every row proven when they come back."""

    def guards(self, connection: Connection) -> Guards:
        """The triggers that stand and are awake."""
        wanted = (
            select(_TRIGGERS.c.name, _MODULES.c.definition)
            .select_from(_TRIGGERS.join(_MODULES, _MODULES.c.object_id == _TRIGGERS.c.object_id))
            .where(_TRIGGERS.c.is_disabled == 0, _TRIGGERS.c.parent_class == _ON_TABLES)
        )
        return {name: sql for name, sql in connection.execute(wanted)}  # noqa: C416  rows are no pairs to the type checker

    def begin(self, connection: Connection, tables: Sequence[Table]) -> None:
        """Disable triggers and keys."""
        for statement in before(tables):
            connection.exec_driver_sql(statement)

    def end(self, connection: Connection, tables: Sequence[Table], guards: Guards) -> None:
        """Enable both; `WITH CHECK` has the server look at every row again."""
        for statement in after(tables):
            connection.exec_driver_sql(statement)
        asleep = (
            select(func.count()).select_from(_KEYS).where((_KEYS.c.is_not_trusted == 1) | (_KEYS.c.is_disabled == 1))
        )
        if self.guards(connection) != guards or connection.scalar(asleep):
            raise UserError(_LOST)


def of(dialect: str) -> Engine:
    """The steps of an engine, by the name of its dialect."""
    return Sqlite() if dialect == "sqlite" else SqlServer()


def before(tables: Iterable[Table]) -> list[str]:
    """What SQL Server is told before rows go in."""
    return [
        statement
        for each in tables
        for statement in (
            f"ALTER TABLE [{each.name}] DISABLE TRIGGER ALL",
            f"ALTER TABLE [{each.name}] NOCHECK CONSTRAINT ALL",
        )
    ]


def after(tables: Iterable[Table]) -> list[str]:
    """What SQL Server is told when all rows are in."""
    every = list(tables)
    checked = [f"ALTER TABLE [{each.name}] WITH CHECK CHECK CONSTRAINT ALL" for each in every]
    return checked + [f"ALTER TABLE [{each.name}] ENABLE TRIGGER ALL" for each in every]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
