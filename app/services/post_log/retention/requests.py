"""The deletion of post as a kind of request for approval: the list that was asked for, and no other, is deleted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select

from app.models.letters import Outgoing
from app.models.post_log import PostCategory, PostItem
from app.services.approvals import kinds
from app.services.approvals.dto import Detail, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.post_log.retention import deleting, listing
from app.services.post_log.standards.wording import spelled

KIND: Final = "post_deletion"
OFFICE: Final = 1
"""The office as the record that the request is about."""
AREAS: Final = frozenset({"post_log", "documents", "home"})


def register() -> None:
    """Plug the kind in."""
    kinds.register(ApprovalKind(KIND, "Deletion of post", Permission.KEEP_POST_RULES, apply=_apply, details=_details))


def payload_of(on: date, left_out: Sequence[int], ids: Sequence[int]) -> dict[str, object]:
    """What the kind needs to know the list again on approval."""
    return {
        "on": on.isoformat(),
        "left_out": sorted(left_out),
        "count": len(ids),
        "digest": listing.digest(ids),
    }


def _apply(ctx: Context, payload: Payload) -> Changes:
    deleting.delete(ctx, _listed(ctx, payload))
    return Changes(AREAS)


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    """What goes, by category; the list may have changed since, and then only how many there were is known."""
    on = date.fromisoformat(str(payload["on"]))
    ids = listing.due_ids(ctx, on, _left_out(payload))
    lines = [Detail("Items whose content goes", "", f"{_count(payload):,}"), Detail("Due on", "", spelled(on))]
    if listing.digest(ids) != payload["digest"]:
        return (*lines, Detail("Look at this", "", "The list has changed since: it can't be approved any more"))
    counted: Counter[str] = Counter()
    stay = 0
    for chunk in in_chunks(ids):
        names = select(PostCategory.name).join(PostItem, PostItem.category_id == PostCategory.id)
        counted.update(ctx.session.scalars(names.where(PostItem.id.in_(chunk))))
        to_tenants = deleting.of_these(chunk, tenants=True)
        stay += ctx.session.scalar(select(func.count()).select_from(Outgoing).where(*to_tenants)) or 0
    if stay:
        lines.append(Detail("Letters about them that stay", "", f"{stay:,}: they belong to the accounts of tenants"))
    return (*lines, *(Detail(name, "", f"{number:,}") for name, number in sorted(counted.items())))


def _listed(ctx: Context, payload: Payload) -> list[int]:
    """The list that was asked for.

    Raises:
        UserError: it isn't the same any more.
    """
    ids = listing.due_ids(ctx, date.fromisoformat(str(payload["on"])), _left_out(payload))
    if listing.digest(ids) != payload["digest"]:
        raise UserError(
            "The list has changed since it was asked for: an item was reopened, corrected or deleted.",
            "Return it; whoever asked looks at the list and asks again.",
        )
    return ids


def _left_out(payload: Payload) -> frozenset[int]:
    listed: Any = payload["left_out"]
    return frozenset(int(each) for each in listed)


def _count(payload: Payload) -> int:
    return int(str(payload["count"]))
