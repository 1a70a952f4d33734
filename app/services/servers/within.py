"""Work that can't be interrupted, such as a driver's sign-in, waited for as long as somebody wants to wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Final, TypeVar

from app.services.core.progress import CancelToken

R = TypeVar("R")
_LOOK_SECONDS: Final = 0.05


class TooLong(Exception):  # noqa: N818  told as what was waited for
    """It took longer than anybody wanted to wait."""


def within(
    seconds: float, cancel: CancelToken, work: Callable[[], R], unwanted: Callable[[R], object] | None = None
) -> R:
    """What `work` gives, done by a thread of its own that is left behind when the time is over.

    The program doesn't end before that thread has: a driver that is in the middle of something would end it with a crash.

    Args:
        seconds: how long is waited.
        cancel: who waits may be stopped at any time.
        work: what can't be interrupted.
        unwanted: what to do with an answer that comes too late, such as closing it.

    Raises:
        TooLong: the time is over.
        Cancelled: who waits was stopped.
    """
    answer: Future[R] = Future()

    def do() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001  it is raised where it is waited for
            answer.set_exception(error)

    def leave(late: Future[R]) -> None:
        if unwanted is not None and late.exception() is None:
            unwanted(late.result())

    threading.Thread(target=do, name="waits for a server").start()
    until = time.monotonic() + seconds
    while not wait((answer,), _LOOK_SECONDS).done:
        if cancel.cancelled or time.monotonic() > until:
            answer.add_done_callback(leave)
            cancel.check()
            raise TooLong
    return answer.result()
