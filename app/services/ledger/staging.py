"""Lines on their way into the ledger in bulk, numbered in the order that their select finds them.

A temporary table of the connection's own: a window function over the select costs a third of the posting, and the lines
are worked out once.
"""

from __future__ import annotations

import functools
from typing import Any, Final

from sqlalchemy import Column, Date, Integer, MetaData, Table, insert, select

from app.models.db import Pence, Text_
from app.services.core.context import Context
from app.services.ledger.sql import AnySelect

COLUMNS: Final = ("account_id", "code", "pence", "effective_on", "rent_week", "narrative")


def stage(ctx: Context, lines: AnySelect) -> Table:
    """Make the table anew (so that its numbers begin at 1 on both engines), fill it with what a select finds, and return it."""
    connection = ctx.session.connection()
    table = _table(server=connection.dialect.name == "mssql")
    table.create(connection, checkfirst=False)
    found = lines.subquery("posting")
    connection.execute(insert(table).from_select(COLUMNS, select(*(found.c[name] for name in COLUMNS))))
    return table


def clear(ctx: Context, table: Table) -> None:
    """Drop the table; a transaction that fails before takes it along."""
    table.drop(ctx.session.connection(), checkfirst=False)


@functools.cache
def _table(*, server: bool) -> Table:
    """On SQL Server a name that begins with # makes a table temporary, elsewhere a word before TABLE does.

    One table for good, so that the statements with it are compiled once.
    """
    columns: tuple[Column[Any], ...] = (
        Column("line", Integer, primary_key=True),
        Column("account_id", Pence, nullable=False),
        Column("code", Text_(8), nullable=False),
        Column("pence", Pence, nullable=False),
        Column("effective_on", Date, nullable=False),
        Column("rent_week", Date),
        Column("narrative", Text_(200), nullable=False),
    )
    name = "#posting_line" if server else "posting_line"
    return Table(name, MetaData(), *columns, prefixes=[] if server else ["TEMPORARY"])
