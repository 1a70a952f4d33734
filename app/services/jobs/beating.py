"""The beat of a job under way: that it is, that its claim is ours still, and that it doesn't take too long."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from app.services.core.errors import UserError
from app.services.core.progress import CancelToken
from app.services.core.session import Desk
from app.services.jobs import claims
from app.services.jobs.claims import Claim
from app.services.jobs.declared import DeclaredJob

_MINUTE: Final = 60


class Watched(CancelToken):
    """The token of a job under way: raised by whoever asked for it, when it takes too long, and when its claim is lost."""

    def __init__(self, asked: CancelToken) -> None:
        super().__init__()
        self._asked = asked
        self.late = False

    @property
    def cancelled(self) -> bool:
        """Whether the job was asked to stop."""
        return self._asked.cancelled or super().cancelled


@contextmanager
def beating(desk: Desk, job: DeclaredJob, claim: Claim, cancel: CancelToken) -> Iterator[Watched]:
    """Say every so often that the job is under way; a job that goes on after its time is let go of, so that it can be run anew."""
    watched, over = Watched(cancel), threading.Event()
    until = time.monotonic() + job.limit * _MINUTE
    last = until + claims.EXPIRES.total_seconds()

    def go_on() -> None:
        while not over.wait(claims.BEATS) and time.monotonic() < last:
            if time.monotonic() >= until:
                watched.late = True
                watched.cancel()
            try:
                ours = desk.database.transact(partial(claims.beat, claim=claim), turn=False)
            except (UserError, SQLAlchemyError):
                continue  # The database is busy, perhaps with this very job, or gone: then the claim goes too.
            if not ours:
                watched.cancel()

    thread = threading.Thread(target=go_on, name=f"job {job.name}")
    thread.start()
    try:
        yield watched
    finally:
        over.set()
        thread.join()
