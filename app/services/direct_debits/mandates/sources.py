"""What the finder shows of mandates: by their reference and their payer."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.values import Subject
from app.services.core import finding, tabs
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.direct_debits.mandates.dto import STATES, MandateRow
from app.services.direct_debits.mandates.listing import rows


def register() -> None:
    """Plug mandates into the finder."""
    finding.register(Source(Subject.MANDATE, "Mandates", _found, order=57, needs=tabs.DIRECT_DEBITS))


def _found(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """The mandates, for whoever sees the tab; not those of restricted accounts that they may not open."""
    by_id = {row.mandate_id: row for row in rows(ctx, ids)}
    return tuple(_line(by_id[each]) for each in ids if each in by_id and not by_id[each].shut)


def _line(row: MandateRow) -> Found:
    detail = f"{STATES[row.state]}  {row.payer}  {row.account}".strip()
    return Found(Subject.MANDATE, row.mandate_id, f"Direct Debit {row.reference}", detail, row.next_amount)
