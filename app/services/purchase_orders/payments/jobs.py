"""Remittance advices of a whole run, some hundred at a time."""

from __future__ import annotations

from typing import Final

from app.services.core.errors import Cancelled
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.purchase_orders.payments import remitting
from app.services.purchase_orders.payments.dto import Remitted

_CHUNK: Final = 100


def remit_all(desk: Desk, run_id: int, progress: Progress = no_progress, cancel: CancelToken | None = None) -> Remitted:
    """Make every remittance advice of a run that isn't made yet, each portion in a transaction of its own.

    What was stopped is carried on by asking again.

    Raises:
        Cancelled: `cancel` was used before anything was done; later the portions that are done stand, and are told.
    """
    cancel, done = cancel or CancelToken(), Remitted()
    ids = desk.ask(remitting.waiting, run_id)
    for start in range(0, len(ids), _CHUNK):
        progress(start, len(ids), "Remittance advices")
        try:
            cancel.check()
        except Cancelled:
            if not start:
                raise
            return done
        done += desk.do(remitting.remit, ids[start : start + _CHUNK])
    progress(len(ids), len(ids), "Remittance advices")
    return done
