"""Sending what waits from the office's mailboxes: each e-mail is taken, handed over and settled by itself."""

from __future__ import annotations

from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.core.progress import CancelToken, Progress, no_progress
from app.services.core.session import Desk
from app.services.letters.sending import Outcome, OutcomeKind
from app.services.post_log.mailboxes import queries as mailboxes
from app.services.post_log.mailboxes.server import ServerGoneError, ServerRefusedError
from app.services.post_log.sending import commands, queries
from app.services.post_log.sending.dto import Handed, MailSent
from app.services.post_log.sending.handing import file_copy, hand_over

_MOST_SENT = 200
"""E-mails handed over in one run; the next run takes the rest."""


def send(desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None) -> MailSent:
    """Hand over the e-mails that wait, and put copies among what was sent.

    Each is marked as being sent, and that committed, before its server is asked; one of which nobody knows whether it went
    is never sent again by itself. A mailbox that can't be used now is left alone until the next run.
    """
    cancel = cancel or CancelToken()
    total = desk.ask(queries.waiting)
    shut: dict[int, str] = {}
    sent = failed = 0
    said = ""
    for done in range(_MOST_SENT):
        cancel.check()
        progress(min(done, total), total, "E-mails")
        mail = desk.do(commands.take)
        if mail is None:
            break
        outcome = _try(desk, mail, shut)
        kind = desk.do(commands.settle, mail.outgoing_id, outcome, mail.turn)
        sent += kind is OutcomeKind.ACCEPTED
        failed += kind is OutcomeKind.REFUSED
        said = outcome.words or said
    _file_copies(desk)
    return MailSent(sent, failed, desk.ask(queries.waiting), said)


def send_in_background(desk: Desk, progress: Progress = no_progress, cancel: CancelToken | None = None) -> MailSent:
    """Send what is due, as a window does every few minutes, where the officer may; else nothing is done or said.

    Several windows may do so at once: each takes an e-mail in a transaction of its own, so none is sent twice.
    """
    if not {Permission.SEND_LETTERS, Permission.LOG_POST} <= desk.officer.permissions:
        return MailSent()
    if not desk.ask(queries.waiting) and not desk.ask(queries.unfiled):
        return MailSent()
    return send(desk, progress, cancel)


def _try(desk: Desk, mail: Handed, shut: dict[int, str]) -> Outcome:
    """Hand one over; what concerns the whole mailbox counts as no try of the message."""
    if mail.gone:
        return Outcome(OutcomeKind.REFUSED, mail.gone)
    later = OutcomeKind.UNKNOWN if mail.look_up else OutcomeKind.BUSY
    if mail.mailbox_id in shut:
        return Outcome(later, shut[mail.mailbox_id], counts=False)
    try:
        return hand_over(desk.ask(mailboxes.access, mail.mailbox_id), mail)
    except ServerGoneError as error:
        shut[mail.mailbox_id] = str(error)
        return Outcome(later, str(error))
    except (ServerRefusedError, UserError) as error:
        shut[mail.mailbox_id] = str(error)
        return Outcome(later, str(error), counts=False)


def _file_copies(desk: Desk) -> None:
    """Put copies among what was sent; a mailbox that doesn't answer gets them with the next run."""
    shut: set[int] = set()
    for mail in desk.ask(queries.unfiled):
        if mail.mailbox_id in shut:
            continue
        try:
            file_copy(desk.ask(mailboxes.access, mail.mailbox_id), mail)
        except (ServerGoneError, ServerRefusedError, UserError):
            shut.add(mail.mailbox_id)
            continue
        desk.do(commands.note_filed, mail.outgoing_id)
