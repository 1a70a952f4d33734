"""A copy of this process that is killed before a statement that is named, or once it is through: nothing is started anew."""

import os
import signal
import traceback
from collections.abc import Callable

from sqlalchemy import event

from app.services.core.session import Database, Desk


def killed(desk: Desk, username: str, work: Callable[[Desk], object], before: str = "") -> None:
    """Do work as an officer in a process that is killed by SIGKILL before a statement, or after the last.

    Raises:
        AssertionError: the work failed before that.
    """
    child = os.fork()
    if not child:
        try:
            database = Database(str(desk.database.url))

            def kill(_connection, _cursor, statement, *_):
                if before and statement.startswith(before):
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(database.engine, "before_cursor_execute", kill)
            work(Desk.sit_down(database, username, desk.clock))
            os.kill(os.getpid(), signal.SIGKILL)
        finally:
            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
