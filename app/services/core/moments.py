"""The moment by the database's own clock, for what desks whose clocks differ must agree on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from app.models.db import UtcDateTime


class Moment(FunctionElement[datetime]):
    """Now, by the database's clock, as a part of a statement."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(Moment)
def _on_sqlite(_element: Moment, _compiler: Any, **_named: Any) -> str:
    return "strftime('%Y-%m-%d %H:%M:%f000', 'now')"


@compiles(Moment, "mssql")
def _on_server(_element: Moment, _compiler: Any, **_named: Any) -> str:
    return "SYSUTCDATETIME()"


def database_moment(session: Session) -> datetime:
    """Now, by the clock of the server; of this computer where the database is a file on it (shares are refused)."""
    return session.execute(select(Moment())).scalar_one()
