"""Rows as the database driver has them: a hundred thousand take half the time that Row objects do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from app.services.core.context import Context
from app.services.ledger.sql import AnySelect

_PORTION: Final = 20_000


def tuples(ctx: Context, statement: AnySelect) -> Iterator[tuple[Any, ...]]:
    """The rows of a select; fixed words are text, and so are days where the driver knows none."""
    result = ctx.session.connection().execute(statement)
    driver: Any = result.cursor
    while rows := driver.fetchmany(_PORTION):
        yield from rows
    result.close()
