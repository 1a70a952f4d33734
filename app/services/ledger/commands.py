"""The ledger's own commands: post, post in bulk, reverse."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.ledger import posting, reversing
from app.services.ledger.dto import JournalHeader, Line, Posted
from app.services.ledger.sql import AnySelect


@requires(Permission.POST_JOURNAL)
def post(ctx: Context, header: JournalHeader, lines: Sequence[Line], *, contras: bool = True) -> Posted:
    """Post lines as one journal; the ledger adds one contra entry for each control account.

    `contras=False`: the lines are the whole journal and sum to zero themselves; over two funds it adds what stands between them.

    Raises:
        UserError: the period is closed, a line has a fault, the lines don't come to what was declared, or don't sum to zero.
    """
    return posting.append(ctx, header, lines, contras=contras)


@requires(Permission.POST_JOURNAL)
def post_bulk(ctx: Context, header: JournalHeader, lines: AnySelect) -> Posted:
    """`append_bulk` for whoever may post any journal."""
    return posting.append_bulk(ctx, header, lines)


@requires(Permission.REVERSE_JOURNAL)
def reverse(ctx: Context, journal: int, reason: str, idempotency_key: str) -> Posted:
    """Post the opposite of a whole journal, today, on the same accounts and for the same weeks. Nothing is deleted.

    Raises:
        UserError: there is no such journal, an area made it and takes it back itself, it is reversed already, is itself a
            reversal, a line of it was put right by itself, or no reason is given.
    """
    reversing.refuse_made(ctx, journal)
    return posting.append_reversal(ctx, journal, reason, idempotency_key)
