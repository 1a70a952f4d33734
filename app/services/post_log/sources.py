"""What the finder shows of the post."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.values import PostState, Subject
from app.services.core import finding, tabs
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.post_log.register.dto import RegisterRow
from app.services.post_log.register.rows import rows


def register() -> None:
    """Plug the post into the finder."""
    finding.register(Source(Subject.POST_ITEM, "Post", _items, order=60, needs=tabs.POST_LOG))


def _items(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """The items, for whoever works with the post; not those of restricted records that they may not open."""
    by_id = {row.row_id: row for row in rows(ctx, ids)}
    return tuple(_found(by_id[each]) for each in ids if each in by_id and not by_id[each].shut)


def _found(row: RegisterRow) -> Found:
    state = "open" if row.state == PostState.OPEN else row.state
    held = f"with {row.holder}" if row.holder else "with nobody"
    detail = "  ".join((row.number, row.who or "no sender named", row.category, f"{state}, {held}"))
    return Found(Subject.POST_ITEM, row.row_id, row.subject, detail)
