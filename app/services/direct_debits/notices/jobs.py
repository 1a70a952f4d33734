"""Notice to everybody who needs it, some hundred at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from app.services.core.errors import Cancelled
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.direct_debits.notices import commands, queries
from app.services.direct_debits.notices.dto import GiveNotice, NoticesGiven

_CHUNK: Final = 200


def give_all(
    desk: Desk, new: GiveNotice, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> NoticesGiven:
    """Give notice as `commands.give`, each portion in a transaction of its own; what stopped is carried on by asking again.

    Raises:
        Cancelled: `cancel` was used before anything was done; later the portions that are done stand, and are told.
    """
    cancel, given = cancel or CancelToken(), NoticesGiven()
    ids = list(dict.fromkeys(each.mandate_id for each in desk.ask(queries.needed, new.mandate_ids)))
    for start in range(0, len(ids), _CHUNK):
        progress(start, len(ids), "Notices")
        try:
            cancel.check()
        except Cancelled:
            if not start:
                raise
            return given
        part = replace(new, mandate_ids=tuple(ids[start : start + _CHUNK]))
        given += desk.do(commands.give, part)
    progress(len(ids), len(ids), "Notices")
    return given
