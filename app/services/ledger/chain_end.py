"""The end of the chain, looked at in a moment: `rentbook check` proves the whole."""

from __future__ import annotations

from sqlalchemy import select

from app.services.core.context import Context
from app.services.ledger.digesting import digest, digest_before
from app.services.ledger.sql import JOURNAL


def broken_links(ctx: Context, most: int) -> tuple[int, ...]:
    """The numbers of those among the last `most` journals whose digest doesn't follow from the one before and their entries."""
    newest = select(JOURNAL).order_by(JOURNAL.c.number.desc()).limit(most)
    journals = ctx.session.execute(newest).mappings().all()[::-1]
    broken = []
    before = digest_before(ctx.session, journals[0]["number"]) if journals else ""
    for journal in journals:
        ctx.cancel.check()
        if digest(ctx, journal["number"], journal, before) != journal["digest"]:
            broken.append(int(journal["number"]))
        before = journal["digest"]
    return tuple(broken)
