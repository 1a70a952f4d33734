"""The first schedules of many mandates at once, such as those of a file: set-based, in the transaction of whoever asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.garbage import search_paused
from app.services.direct_debits.schedules import asking, gathering, standing, writing
from app.services.direct_debits.schedules.dto import Terms


def make_all(ctx: Context, terms: Mapping[int, Terms], reason: str) -> int:
    """Make the first schedules of mandates that have none, by mandate; how many plan something.

    Raises:
        Cancelled: the officer asked for it.
    """
    ctx.session.flush()
    planned = done = 0
    for chunk in in_chunks(sorted(terms)):
        ctx.cancel.check()
        with search_paused():
            planned += _make(ctx, chunk, terms, reason)
        done += len(chunk)
        ctx.progress(done, len(terms), "Making schedules")
    return planned


def _make(ctx: Context, chunk: Sequence[int], terms: Mapping[int, Terms], reason: str) -> int:
    stands = standing.read(ctx, chunk).values()
    basis = gathering.read(ctx, [account_id for each in stands for account_id in each.accounts])
    limit = standing.limits(ctx)
    made = [
        writing.NewVersion(one.standing, one.worked, one.replaced, reason)
        for each in stands
        for one in asking.work_again(basis, each, terms[each.mandate_id], limit)
    ]
    writing.write(ctx, made)
    return sum(1 for each in made if each.worked.planned)
