"""What the finder shows of adjustments, recharges, refunds and write-offs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from app.services.adjustments.register.dto import RegisterRow, What, row_id_of
from app.services.adjustments.register.rows import rows
from app.services.core import finding, tabs
from app.services.core.context import Context
from app.services.core.finding import Found, Source

_TITLES: Final = {
    What.ADJUSTMENT: "Adjustments",
    What.RECHARGE: "Recharges",
    What.REFUND: "Refunds",
    What.WRITE_OFF: "Write-offs",
}


def register() -> None:
    """Plug the four into the finder."""
    for order, (what, title) in enumerate(_TITLES.items(), 52):
        finding.register(Source(what.subject, title, partial(_found, what), order=order, needs=tabs.ADJUSTMENTS))


def _found(what: What, ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """The records, for whoever sees the tab; not those of restricted accounts that they may not open."""
    by_id = {row.record_id: row for row in rows(ctx, [row_id_of(what, each) for each in ids])}
    return tuple(_line(by_id[each]) for each in ids if each in by_id and not by_id[each].shut)


def _line(row: RegisterRow) -> Found:
    words = [row.reference, row.name, f"{row.state}, asked for by {row.asked_by}"]
    title = f"{row.kind} {row.number}".strip()
    detail = "  ".join(each for each in words if each)
    return Found(row.what.subject, row.record_id, f"{title}: {row.title}", detail, None if row.both else row.amount)
