"""Many reports read at once, each in a transaction of its own: one that is spoilt stops no other."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.core.errors import UserError
from app.services.core.progress import CancelToken, Progress
from app.services.core.session import Desk
from app.services.direct_debits.returns import commands
from app.services.direct_debits.returns.dto import FileRead, NewReport


def read_all(
    desk: Desk, files: Sequence[NewReport], *, progress: Progress, cancel: CancelToken
) -> tuple[FileRead, ...]:
    """Read some files; of each what was read, or why it was refused."""
    done: list[FileRead] = []
    for at, new in enumerate(files):
        cancel.check()
        progress(at, len(files), new.file_name)
        try:
            done.append(FileRead(new.file_name, desk.do(commands.read, new)))
        except UserError as error:
            done.append(FileRead(new.file_name, None, f"{error.message} {error.hint}".strip()))
    progress(len(files), len(files))
    return tuple(done)
