"""Giving notice of a bulk change: a batch of letters, made some hundred at a time."""

from __future__ import annotations

from datetime import date

from app.services.charges.bulk import commands
from app.services.charges.bulk.dto import NoticesGiven
from app.services.charges.bulk.keeping import AREAS
from app.services.charges.bulk.queries import detail
from app.services.charges.notices.keeping import TEMPLATE
from app.services.core.changes import Changes
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.letters.dto import BatchRequest
from app.services.letters.jobs import make_batch


def give_notice(
    desk: Desk,
    change_id: int,
    why: str,
    letter_date: date | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> NoticesGiven:
    """Make the rent notices of a bulk change and keep when they count as served; stopped, it goes on when asked again.

    Args:
        desk: of the officer who gives notice.
        change_id: the change.
        why: what explains it, for the letters (Housing Act 1985 s.103(4)).
        letter_date: the day on which they will be posted; None means today.
        progress: how far it is.
        cancel: to stop it.

    Raises:
        UserError: the change was applied or cancelled, or these letters were made before.
        Cancelled: `cancel` was used.
    """
    day = letter_date or desk.clock.today()
    accounts = desk.do(commands.begin_notice, change_id)
    name = desk.ask(detail, change_id).row.name
    request = BatchRequest(TEMPLATE, accounts, {"why": why.strip()}, day, f"Rent notices: {name}"[:120])
    made = make_batch(desk, request, progress, cancel)
    served = desk.do(commands.note_notice, change_id, made.batch_id, day)
    changes = Changes(AREAS | {"letters"})
    return NoticesGiven(change_id, made.batch_id, made.made, made.left_out, served, changes)
