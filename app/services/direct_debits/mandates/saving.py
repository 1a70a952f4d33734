"""A mandate as a form has it, and what a command says it did."""

from __future__ import annotations

from app.models.direct_debits.mandates import Mandate
from app.services.core.context import Context
from app.services.core.versions import refuse_old
from app.services.direct_debits.mandates import keeping
from app.services.direct_debits.mandates.dto import Saved


def as_shown(ctx: Context, mandate_id: int, version: int) -> Mandate:
    """A mandate that the officer may work on and that is as their form has it.

    Raises:
        UserError: there is none, or it isn't theirs to work on.
        ChangedMeanwhile: somebody else saved it.
    """
    row = keeping.found(ctx, mandate_id)
    refuse_old(row.version, version)
    return row


def saved(ctx: Context, row: Mandate, told: str, outgoing_id: int | None = None) -> Saved:
    """What was done."""
    return Saved(row.id, row.reference, row.state, told, keeping.changes(ctx, row), outgoing_id)
