"""Work in a process of its own that is killed: a copy of this one, which has loaded and compiled everything already."""

import os
import select
import signal
import traceback
import warnings
from collections.abc import Callable

from sqlalchemy import Engine, event

from app.services.core.session import Database, Desk

LONGEST = 120
"""Seconds after which work in a copy that nobody meant to kill counts as stuck."""


def killed_after(seconds: float | None, desk: Desk, work: Callable[..., object], *arguments, by: str = "") -> bool:
    """Do `work(desk, *arguments)` in a process of its own, at its own desk, and kill it so many seconds later.

    It is whoever `desk` belongs to who works there, or the officer `by`. Returns whether it was killed before it had ended.
    """
    desk.database.close()  # what SQLite knows of open files is this process's alone
    username = by or desk.officer.username

    def sit_down_and_work():
        work(Desk.sit_down(Database(desk.database.url), username, desk.clock), *arguments)

    return killed(sit_down_and_work, seconds)


def killed_before(desk: Desk, by: str, work: Callable[[Desk], object], before: str = "") -> None:
    """Do the work as an officer in a process of its own, killed before the statement that begins so, or once it is through."""

    def work_and_die(own):
        def die(_connection, _cursor, statement, *_):
            if before and statement.startswith(before):
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(own.database.engine, "before_cursor_execute", die)
        work(own)
        os.kill(os.getpid(), signal.SIGKILL)

    assert killed_after(None, desk, work_and_die, by=by)


def killed(work: Callable[[], object], seconds: float | None = None) -> bool:
    """Do the work in a process of its own; without a moment to kill it at, it may kill itself: see `killed_at`."""
    ended, alive = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 on: the copy needs nothing of other threads
        child = os.fork()
    if not child:
        _live(work)
    os.close(alive)
    late = not select.select([ended], [], [], LONGEST if seconds is None else seconds)[0]
    if late:
        os.kill(child, signal.SIGKILL)
    os.close(ended)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert seconds is not None or not late, f"The copy of the process stood still for {LONGEST} seconds."
    assert code in {0, -signal.SIGKILL}
    return code == -signal.SIGKILL


def killed_at(step: int, *beginnings: str) -> None:
    """Kill this process when it has run so many statements that begin with one of these; without them, any."""
    left = step

    @event.listens_for(Engine, "after_cursor_execute")
    def count(connection, cursor, statement, *_):
        nonlocal left
        if not beginnings or statement.lstrip().upper().startswith(beginnings):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def _live(work: Callable[[], object]) -> None:
    """The life of the copy: nothing of pytest runs in it; its end of the pipe is closed when it ends."""
    try:
        work()
    except BaseException:  # noqa: BLE001  it is told, and the process ends here whatever it was
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
