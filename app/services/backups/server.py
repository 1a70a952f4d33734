"""A shared server makes its own backups; Rentbook says when the last one was, where it may look."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import Integer, Select, Unicode, column, func, literal, select, table, text
from sqlalchemy.exc import DBAPIError

from app.services.backups.dto import Standing
from app.services.core.context import Context

_SETS: Final = table(
    "backupset", column("database_name"), column("backup_finish_date"), column("type"), schema="msdb.dbo"
)
_CANT_KNOW: Final = (
    "The server makes its own backups. Rentbook may not look when the last one was (msdb.dbo.backupset): ask the "
    "server's administrator."
)
_FULL: Final = "D"
"""The letter of a whole backup; logs and differences alone restore nothing."""


def may_look() -> Select[int]:
    """Whether the login may read the server's list of backups: 1 if so."""
    asked = (literal("msdb.dbo.backupset", Unicode(40)), literal("OBJECT", Unicode(10)), literal("SELECT", Unicode(10)))
    return select(func.has_perms_by_name(*asked, type_=Integer()))


def last_whole() -> Select[int]:
    """How many minutes ago the last whole backup of this database ended, by the server's own clock."""
    whole = (_SETS.c.database_name == func.db_name(), _SETS.c.type == literal(_FULL, Unicode(1)))
    since = func.datediff(text("minute"), func.max(_SETS.c.backup_finish_date), func.getdate(), type_=Integer())
    return select(since).where(*whole)


def standing(ctx: Context, days: int) -> Standing:
    """When the server made its last whole backup, and a warning where that is older than policy allows.

    Asked for rights first, since a refused statement could end the transaction.
    """
    try:
        if ctx.session.scalar(may_look()) != 1:
            return Standing(None, "", _CANT_KNOW, server=True)
        minutes: int | None = ctx.session.scalar(last_whole())
    except DBAPIError:
        return Standing(None, "", _CANT_KNOW, server=True)
    if minutes is None:
        return Standing(None, "The server has made no whole backup of this database yet.", "", server=True)
    last = ctx.clock.now() - timedelta(minutes=minutes)
    old = minutes // (24 * 60)
    if old >= days:
        words = f"The server's last whole backup is {old} day{'' if old == 1 else 's'} old: tell its administrator."
        return Standing(last, words, "", server=True)
    return Standing(last, "", "The server makes its own backups.", server=True)
