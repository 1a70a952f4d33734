"""A command that takes a while is among those who are here: an administrator sees it before the database is closed or upgraded."""

from __future__ import annotations

import platform
import secrets
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Final

import click

from app import __version__
from app.models.values import DeskEnding
from app.services.core.errors import UserError
from app.services.core.session import Desk

AFTER: Final = 5.0
"""Seconds from which a command shows: most are over by then."""
BEATS: Final = 30.0
"""Seconds between two beats, as of a window."""


@contextmanager
def seen(desk: Desk) -> Iterator[None]:
    """List this command with its officer and computer while it runs; asked to sign out, it is stopped as by Ctrl+C."""
    context = click.get_current_context(silent=True)
    command = context.command_path if context is not None else "rentbook"
    over = threading.Event()
    thread = threading.Thread(target=_tell, args=(desk, f"Command line: {command}", over), name="command line seen")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _tell(desk: Desk, page: str, over: threading.Event) -> None:
    if over.wait(AFTER):
        return
    from app.services.admin.sessions import beating
    from app.services.admin.sessions.dto import Told

    told, known = Told(secrets.token_hex(16), platform.node(), __version__, page), False
    while not over.is_set():
        with suppress(UserError):  # The database is busy, perhaps with this very command, or gone.
            heard = beating.tell(desk, told)
            known = True
            if heard.asked is not None:
                signal.raise_signal(signal.SIGINT)
                break
        over.wait(BEATS)
    if known:
        left = DeskEnding.SIGNED_OUT if over.is_set() else DeskEnding.ASKED
        with suppress(UserError):
            beating.tell(desk, replace(told, leaving=left))
