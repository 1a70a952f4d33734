"""Bringing in many messages: read outside any transaction, logged some hundred at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.documents.checking import limits
from app.services.post_log.mail import files
from app.services.post_log.mail.blanking import blanked
from app.services.post_log.mail.commands import take_in
from app.services.post_log.mail.dto import Imported, Left, Message, Original
from app.services.post_log.mail.reading import read

PORTION: Final = 250
"""Messages that are logged in one transaction."""
_PORTION_BYTES: Final = 60_000_000
"""Bytes of originals that are held in memory until they are logged."""


def import_paths(
    desk: Desk,
    paths: Sequence[Path],
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    *,
    blank_cards: bool = False,
) -> Imported:
    """Log the messages in files and folders; stopped, those that came before stay logged, and the rest can be brought in again.

    Args:
        desk: of the officer who logs them.
        paths: files that end in .eml or .msg, and folders that hold such.
        progress: how many of them are done.
        cancel: to stop it.
        blank_cards: a message that holds a card number is logged with the number blanked; else it stays where it is.
    """
    found = files.find(paths)
    largest = desk.ask(limits).largest_bytes
    originals = (files.original(path, largest) for path in found.files)
    result = Imported(left=found.left)
    return result + bring_in(desk, originals, len(found.files), progress, cancel, blank_cards=blank_cards)


def bring_in(
    desk: Desk,
    originals: Iterable[Original | Left],
    total: int,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    *,
    blank_cards: bool = False,
    stored: Callable[[Imported], None] = lambda _: None,
) -> Imported:
    """Read messages as they come and log them in portions; `stored` is called after each portion was committed."""
    cancel = cancel or CancelToken()
    portion = _Portion(desk, stored)
    try:
        for done, each in enumerate(originals):
            cancel.check()
            progress(done, total, "E-mails")
            portion.add(_read(each, blank_cards=blank_cards))
    except Cancelled:
        return portion.result + Imported(left=tuple(portion.left), stopped=True)
    portion.log()
    progress(total, total, "E-mails")
    return portion.result


class _Portion:
    """Messages that were read and wait to be logged together."""

    def __init__(self, desk: Desk, stored: Callable[[Imported], None]) -> None:
        self._desk = desk
        self._stored = stored
        self._ready: list[tuple[Original, Message]] = []
        self._size = 0
        self.left: list[Left] = []
        self.result = Imported()

    def add(self, one: tuple[Original, Message] | Left) -> None:
        """Take one; a full portion is logged."""
        if isinstance(one, Left):
            self.left.append(one)
            return
        self._ready.append(one)
        self._size += len(one[0].content)
        if len(self._ready) >= PORTION or self._size > _PORTION_BYTES:
            self.log()

    def log(self) -> None:
        """Log what waits, in one transaction."""
        ready, left = self._ready, self.left
        self._ready, self.left, self._size = [], [], 0
        logged = self._desk.run(take_in, no_progress, CancelToken(), ready) if ready else Imported()
        self.result += Imported(logged.taken, (*left, *logged.left), changes=logged.changes)
        self._stored(logged)


def _read(each: Original | Left, *, blank_cards: bool) -> tuple[Original, Message] | Left:
    if isinstance(each, Left):
        return each
    try:
        message = read(each)
    except UserError as error:
        return files.unreadable(each.place, error)
    return blanked(each, message) if blank_cards else (each, message)
