"""What the finder shows of mandates: by their reference and their payer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.values import Subject
from app.services.core import finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.permissions import Permission
from app.services.direct_debits.mandates.dto import STATES, MandateRow
from app.services.direct_debits.mandates.listing import rows

_SEES: Final = frozenset(
    {
        Permission.KEEP_DIRECT_DEBITS,
        Permission.RUN_DIRECT_DEBITS,
        Permission.APPROVE_DIRECT_DEBITS,
        Permission.APPLY_BANK_REPORTS,
        Permission.VIEW_AUDIT,
    }
)
"""Whoever sees the tab."""


def register() -> None:
    """Plug mandates into the finder."""
    finding.register(Source(Subject.MANDATE, "Mandates", _found, order=57))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """The mandates, for whoever sees the tab; not those of restricted accounts that they may not open."""
    if not _SEES & ctx.officer.permissions:
        return ()
    by_id = {row.mandate_id: row for row in rows(ctx, ids)}
    return tuple(_line(by_id[each]) for each in ids if each in by_id and not by_id[each].shut)


def _line(row: MandateRow) -> Found:
    detail = f"{STATES[row.state]}  {row.payer}  {row.account}".strip()
    return Found(Subject.MANDATE, row.mandate_id, f"Direct Debit {row.reference}", detail, row.next_amount)
