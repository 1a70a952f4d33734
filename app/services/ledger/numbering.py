"""Gapless numbers: a counter is moved first, so that its lock holds off every other writer until the transaction ends."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.models.ledger import Counter
from app.services.core.context import Context
from app.services.ledger.sql import COUNTER


def take(ctx: Context, name: str, count: int = 1) -> int:
    """Take the next `count` numbers of a counter and return the first of them; a counter begins at 1 when first used.

    A transaction that is rolled back gives its numbers back, so there is never a gap.
    """
    last = move(ctx, name, count)
    if last is None:
        _begin(ctx, name)
        last = move(ctx, name, count)
    assert last is not None
    return last - count + 1


def move(ctx: Context, name: str, count: int = 1) -> int | None:
    """The last number taken, or None where there is no such counter yet."""
    ctx.session.execute(update(COUNTER).where(COUNTER.c.name == name).values(value=COUNTER.c.value + count))
    return ctx.session.scalar(select(COUNTER.c.value).where(COUNTER.c.name == name))


def _begin(ctx: Context, name: str) -> None:
    """Make a counter; one that another desk made in this moment is as good."""
    try:
        with ctx.session.begin_nested():
            ctx.session.add(Counter(name=name, value=0))
    except IntegrityError:
        return
