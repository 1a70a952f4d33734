"""Records by their ids, for whoever was handed one by a page that may be out of date."""

from __future__ import annotations

from typing import TypeVar

from app.models.db import Base
from app.services.core.context import Context
from app.services.core.errors import UserError

R = TypeVar("R", bound=Base)


def record(ctx: Context, table: type[R], record_id: int, what: str) -> R:
    """A record by its id, whoever looks; `what` is what officers call one.

    Raises:
        UserError: there is none.
    """
    row = ctx.session.get(table, record_id)
    if row is None:
        raise missing(what)
    return row


def missing(what: str) -> UserError:
    """What is said where there is no such record."""
    return UserError(f"There is no such {what}.", "Look at the list again.")
