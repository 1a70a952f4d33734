"""Handing an e-mail over to whoever takes it for its mailbox, never twice, and its copy among what was sent."""

from __future__ import annotations

import contextlib
import imaplib
from typing import Final

from app.models.values import MailboxKind
from app.services.letters.sending import Outcome, OutcomeKind
from app.services.post_log.mailboxes.dto import Access
from app.services.post_log.mailboxes.graph import GraphServer
from app.services.post_log.mailboxes.imap import connect, failures
from app.services.post_log.mailboxes.server import MessageRefusedError, ServerGoneError
from app.services.post_log.sending import smtp
from app.services.post_log.sending.dto import Handed

NOBODY_KNOWS: Final = (
    "Nobody knows whether it went: look among what was sent, or ask them. Then say that it went, or send it again."
)
_SENT: Final = "\\sent"
_NAMES: Final = ("sent", "sent items", "sent mail", "sent messages")


def hand_over(access: Access, mail: Handed) -> Outcome:
    """Send one message, or find out whether it was sent before.

    Raises:
        ServerGoneError: the server can't be reached; nothing went.
        ServerRefusedError: it doesn't let us in; nothing went.
    """
    if access.kind is MailboxKind.GRAPH:
        return _by_graph(access, mail)
    if mail.look_up:
        return Outcome(OutcomeKind.REFUSED, NOBODY_KNOWS)
    done = smtp.send(access, mail.to, mail.content)
    return Outcome(OutcomeKind.REFUSED, f"{done.words} {NOBODY_KNOWS}") if done.kind is OutcomeKind.UNKNOWN else done


def is_doubtful(outcome: Outcome) -> bool:
    """Whether it may have gone all the same, so that an officer decides."""
    return outcome.kind is OutcomeKind.REFUSED and outcome.words.endswith(NOBODY_KNOWS)


def _by_graph(access: Access, mail: Handed) -> Outcome:
    """By a draft that is sent: under its Message-ID the mailbox tells whether there is one, and whether it went."""
    server = GraphServer(access, len(mail.content))
    try:
        found = server.find(mail.message_id)
        if found is not None and found.went:
            return Outcome(OutcomeKind.ACCEPTED)
        if found is None and mail.look_up:
            return Outcome(OutcomeKind.REFUSED, NOBODY_KNOWS)
        place = found.place if found is not None else server.draft(mail.content)
        try:
            server.send(place)
        except ServerGoneError as error:
            return Outcome(OutcomeKind.UNKNOWN, f"{error} It is looked for in a few minutes.")
    except MessageRefusedError as error:
        return Outcome(OutcomeKind.REFUSED, str(error))
    finally:
        server.close()
    return Outcome(OutcomeKind.ACCEPTED)


def file_copy(access: Access, mail: Handed) -> None:
    """Put the copy among what was sent, unless the server did so itself or has no such folder.

    Raises:
        ServerGoneError, ServerRefusedError: the mailbox can't be used.
    """
    with failures(access):
        box = connect(access)
        try:
            folder = access.sent_folder or _sent_folder(box)
            if not folder:
                return
            box.folder.set(folder)
            if not box.uids(f'HEADER "Message-ID" "<{mail.message_id}>"'):
                done = box.append(mail.content, folder, flag_set=["\\Seen"])
                if done[0] != "OK":
                    raise imaplib.IMAP4.error(str(done[1]))
        finally:
            with contextlib.suppress(Exception):
                box.client.logout()
            with contextlib.suppress(Exception):
                box.client.shutdown()


def _sent_folder(box: object) -> str:
    """The folder that the server marks for what was sent (RFC 6154), else one of the usual names."""
    folders = list(box.folder.list())  # type: ignore[attr-defined]
    marked = next((each.name for each in folders if _SENT in {flag.lower() for flag in each.flags}), "")
    named = next((each.name for each in folders if each.name.lower() in _NAMES), "")
    return str(marked or named)
