"""When Python searches for objects that only hold each other.

By itself it searches on whichever thread makes many objects. In a window that thread may be a worker, and what it finds
may be widgets, which the thread that paints alone may destroy. A window therefore searches by hand.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Pauses:
    """How many blocks want no search, and whether Python searches by itself when the last has ended."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.count = 0
        self.resumes = False


_pauses = _Pauses()


def search_by_hand() -> None:
    """From now on it searches only when `search_if_due` is called, and not among what is there: that stays."""
    gc.disable()
    gc.freeze()


def search_if_due() -> None:
    """Search as deep as Python would by its thresholds, if it is time for that and nobody asked for a pause."""
    if _pauses.count:
        return
    for generation, (made, limit) in reversed(list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))):
        if made > limit:
            gc.collect(generation)
            return


@contextmanager
def search_paused() -> Iterator[None]:
    """No search until the block ends, on any thread. Also a decorator.

    A large file becomes millions of cells that all live until it is loaded; searching among them takes a third of the
    time and finds nothing.
    """
    with _pauses.lock:
        if not _pauses.count:
            _pauses.resumes = gc.isenabled()
            gc.disable()
        _pauses.count += 1
    try:
        yield
    finally:
        with _pauses.lock:
            _pauses.count -= 1
            if _pauses.resumes and not _pauses.count:
                gc.enable()
