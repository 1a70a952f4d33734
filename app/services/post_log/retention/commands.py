"""Asking for what is due to be deleted."""

from __future__ import annotations

from typing import Final

from app.models.values import Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import NewRequest
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.post_log.retention import listing, requests
from app.services.post_log.retention.dto import AskDeletion, Asked

_MOST_LEFT_OUT: Final = 300


@requires(Permission.SHARE_POST)
def ask(ctx: Context, new: AskDeletion) -> Asked:
    """Ask a second officer to approve that the content of what is due is deleted for good.

    Raises:
        UserError: nothing is due, too much is left out, a request waits already, no reason is given, or the office has one
            officer.
    """
    if waits := approvals.waiting_for(ctx, Subject.LANDLORD, requests.KIND).get(requests.OFFICE):
        raise UserError(f"A deletion has been asked for already: request {waits} waits.", "Look at the page Approvals.")
    if new.on > ctx.clock.today():
        raise UserError("What falls due later isn't deleted now.", "Look at the list of today.")
    if len(new.left_out) > _MOST_LEFT_OUT:
        raise UserError(
            f"{len(new.left_out):,} are left out; {_MOST_LEFT_OUT} may be.",
            "Let their category be kept for longer instead: Post, Categories.",
        )
    ids = listing.due_ids(ctx, new.on, new.left_out)
    if not ids:
        raise UserError("Nothing is left to be deleted.", "Look at the list again.")
    items = "1 item" if len(ids) == 1 else f"{len(ids):,} items"
    request = NewRequest(
        kind=requests.KIND,
        subject=Subject.LANDLORD,
        subject_id=requests.OFFICE,
        summary=f"Delete the content of {items} of post",
        reason=new.reason,
        payload=requests.payload_of(new.on, sorted(new.left_out), ids),
        count=len(ids),
    )
    return Asked(approvals.ask(ctx, request), len(ids), Changes(frozenset({"approvals", "post_log"})))
