"""Fetching the office's e-mail: portion by portion, each stored with how far it has come before anything is marked as read.

Cut off at whatever moment, the next fetch goes on: what is stored is known by its Message-ID, what is not is fetched
again, and what is stored and not yet marked is marked first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.models.values import MailboxKind
from app.services.core.errors import Cancelled, UserError
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.documents.checking import limits
from app.services.post_log.mail import files
from app.services.post_log.mail.blanking import blanked
from app.services.post_log.mail.dto import Imported, Left, Message, Original
from app.services.post_log.mail.reading import read
from app.services.post_log.mailboxes import commands, queries
from app.services.post_log.mailboxes.dto import Access, Fetched, FetchedBox, LeftRow, Portion, Stored
from app.services.post_log.mailboxes.graph import GraphServer
from app.services.post_log.mailboxes.imap import ImapServer
from app.services.post_log.mailboxes.server import Server, ServerGoneError, ServerRefusedError, Step

_TRIES = 3
"""How often a lost connection is made again within one fetch, as long as each try brought something."""


def fetch(
    desk: Desk,
    names: Sequence[str] = (),
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Fetched:
    """Fetch the mailboxes of these names, or all; one that fails doesn't stop the others.

    Raises:
        UserError: there is no such mailbox, or none at all.
    """
    ids = desk.ask(queries.to_fetch, tuple(names))
    return _fetch_all(desk, ids, progress, cancel or CancelToken())


def fetch_due(desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None) -> Fetched:
    """Fetch the mailboxes whose time has come, as a window does every few minutes."""
    return _fetch_all(desk, desk.ask(queries.due), progress, cancel or CancelToken())


def log_blanked(
    desk: Desk,
    left: LeftRow,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Imported:
    """Log a message that waits in its mailbox because of a card number, with the number blanked, and settle it.

    Raises:
        UserError: the mailbox can't be reached, the message has gone, or it may not be kept for another reason.
    """
    progress(0, 1, left.mailbox)
    (cancel or CancelToken()).check()
    access = desk.ask(queries.access, left.mailbox_id)
    try:
        server = _open(desk, access)
        try:
            found = server.one(left.place)
        finally:
            server.close()
    except (ServerGoneError, ServerRefusedError) as error:
        raise UserError(str(error), "Look into the mailbox, then try again.") from error
    if isinstance(found, Left):
        raise UserError(found.message, found.hint)
    portion = Portion([blanked(found, read(found))], [])
    stored = desk.do(commands.store, left.mailbox_id, portion)
    if stored.imported.left:
        raise UserError(stored.imported.left[0].message, stored.imported.left[0].hint)
    desk.do(commands.settle, left.left_id)
    return stored.imported


def _fetch_all(desk: Desk, ids: Sequence[int], progress: Progress, cancel: CancelToken) -> Fetched:
    boxes: list[FetchedBox] = []
    for mailbox_id in ids:
        try:
            boxes.append(_fetch_one(desk, mailbox_id, progress, cancel))
        except Cancelled:
            break
    return Fetched(tuple(boxes))


def _fetch_one(desk: Desk, mailbox_id: int, progress: Progress, cancel: CancelToken) -> FetchedBox:
    """One mailbox to its end; a connection that is lost is made again while that brings something."""
    total = Imported()
    name = error = ""
    for _ in range(_TRIES):
        before = len(total.taken)
        access = desk.ask(queries.access, mailbox_id)
        name, error = access.name, ""

        def stored(found: Imported) -> None:
            nonlocal total
            total += found

        try:
            _go_through(desk, access, stored, progress, cancel)
        except ServerGoneError as failed:
            error = f"{failed} What was brought in stays; the rest comes with the next fetch."
            if len(total.taken) > before:
                continue
        except ServerRefusedError as failed:
            error = str(failed)
        break
    desk.do(commands.note_ended, mailbox_id, error)
    return FetchedBox(name, total, error)


def _go_through(
    desk: Desk, access: Access, stored: Callable[[Imported], None], progress: Progress, cancel: CancelToken
) -> None:
    server = _open(desk, access)
    try:
        if access.unmarked and server.same:
            server.mark(access.unmarked)
            desk.do(commands.note_marked, access.mailbox_id)
        done, total = 0, server.expected()
        for step in server.steps():
            cancel.check()
            found = _store(desk, access.mailbox_id, step)
            stored(found.imported)
            if found.places:
                server.mark(found.places)
                desk.do(commands.note_marked, access.mailbox_id)
            done += len(step.originals)
            progress(min(done, total), total, access.name)
    finally:
        server.close()


def _store(desk: Desk, mailbox_id: int, step: Step) -> Stored:
    """Read a portion outside any transaction, then log it in one."""
    ready: list[tuple[Original, Message]] = []
    left: list[Left] = []
    for each in step.originals:
        if isinstance(each, Left):
            left.append(each)
            continue
        try:
            ready.append((each, read(each)))
        except UserError as error:
            left.append(files.unreadable(each.place, error))
    stored = desk.do(commands.store, mailbox_id, Portion(ready, left, step.validity, step.next_uid, step.delta))
    everything = Imported(stored.imported.taken, (*left, *stored.imported.left), changes=stored.imported.changes)
    return Stored(everything, stored.places)


def _open(desk: Desk, access: Access) -> Server:
    largest = desk.ask(limits).largest_bytes
    return GraphServer(access, largest) if access.kind is MailboxKind.GRAPH else ImapServer(access, largest)
