"""Who may take everything out: whoever holds the permission; with what is sealed opened only once a second officer agreed."""

from __future__ import annotations

from typing import Final

from app.models.values import Subject
from app.services.approvals import keeping
from app.services.approvals.dto import NewRequest
from app.services.core import audit
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.exit_export.dto import ABOUT, CHANGED
from app.services.exit_export.requests import KIND, allow, allowed_to

_NUMBER: Final = 9_001
"""What the request is about, among the requests about policy: the export as a whole."""


@requires(Permission.EXPORT_ALL)
def ask_opened(ctx: Context, reason: str) -> int:
    """Ask for one export with bank details and incidents in plain text; the number of the request.

    Raises:
        UserError: one is asked for or allowed already, no reason is given, or the office has one officer.
    """
    if allowed_to(ctx) or keeping.waiting_for(ctx, Subject.POLICY, KIND):
        raise UserError("An opened export was asked for already.", "Make it once a second officer has agreed.")
    summary = "Everything exported, with bank details and incidents in plain text"
    return keeping.ask(ctx, NewRequest(KIND, Subject.POLICY, -_NUMBER, summary, reason, {"by": ctx.officer.id}))


@requires(Permission.EXPORT_ALL)
def begin(ctx: Context, folder: str, opened: bool) -> Changes:
    """Write down that everything is about to be taken out, before the first file is written.

    Raises:
        UserError: it is to be opened, and no second officer agreed to that, or not for this officer.
    """
    if opened and allowed_to(ctx) != ctx.officer.id:
        raise UserError(
            "No second officer has agreed that you export what is sealed in plain text.",
            "Ask on the page Admin, Exit export, or with `rentbook exit --ask`; it is approved on the page Approvals. Else it stays sealed.",
            "open",
        )
    audit.record_bulk(ctx, ABOUT, "begun", folder=folder, opened=opened)
    return CHANGED


@requires(Permission.EXPORT_ALL)
def note_done(ctx: Context, rows: int, opened: bool, manifest_sha256: str) -> Changes:
    """Write down what was taken out; what a second officer agreed to is used up by it."""
    if opened:
        allow(ctx, 0)
    audit.record_bulk(ctx, ABOUT, "export", rows=rows, opened=opened, manifest_sha256=manifest_sha256)
    return CHANGED
