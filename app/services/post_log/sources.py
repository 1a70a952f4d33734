"""What the finder shows of the post."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.values import PostState, Subject
from app.services.core import finding
from app.services.core.context import Context
from app.services.core.finding import Found, Source
from app.services.core.permissions import Permission
from app.services.post_log.register.dto import RegisterRow
from app.services.post_log.register.rows import rows

_SEES: Final = frozenset(
    {Permission.LOG_POST, Permission.SHARE_POST, Permission.KEEP_POST_RULES, Permission.VIEW_AUDIT}
)


def register() -> None:
    """Plug the post into the finder."""
    finding.register(Source(Subject.POST_ITEM, "Post", _items, order=60))


def _items(ctx: Context, ids: Sequence[int]) -> tuple[Found, ...]:
    """The items, for whoever works with the post; not those of restricted records that they may not open."""
    if not _SEES & ctx.officer.permissions:
        return ()
    by_id = {row.row_id: row for row in rows(ctx, ids)}
    return tuple(_found(by_id[each]) for each in ids if each in by_id and not by_id[each].shut)


def _found(row: RegisterRow) -> Found:
    state = "open" if row.state == PostState.OPEN else row.state
    held = f"with {row.holder}" if row.holder else "with nobody"
    detail = "  ".join((row.number, row.who or "no sender named", row.category, f"{state}, {held}"))
    return Found(Subject.POST_ITEM, row.row_id, row.subject, detail)
