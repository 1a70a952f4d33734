"""Handing an e-mail to the mailbox's own server (SMTP submission, RFC 6409), by the standard library."""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Iterator
from typing import Final

from app.models.values import MailSecurity, SignIn
from app.services.letters.sending import Outcome, OutcomeKind
from app.services.post_log.mailboxes.dto import Access
from app.services.post_log.mailboxes.imap import on_this_computer
from app.services.post_log.mailboxes.server import ServerGoneError, ServerRefusedError
from app.services.post_log.mailboxes.tokens import IMAP_SCOPE, token

_TIMEOUT_SECONDS: Final = 60
_GO_ON: Final = 354
_TAKEN: Final = 250
_FOR_GOOD: Final = 500
_DOTS: Final = re.compile(rb"(?m)^\.")
_LINE_ENDS: Final = re.compile(rb"\r\n|\r|\n")
_NOT_KNOWN: Final = "The connection was lost after the message was handed over."


def send(access: Access, to: str, content: bytes) -> Outcome:
    """Hand a message over; UNKNOWN where the connection was lost once the whole of it was on its way.

    Raises:
        ServerGoneError: the server can't be reached, or hung up before it had the message.
        ServerRefusedError: it doesn't let us in, or send from this address.
    """
    with _failures(access):
        server = _connect(access)
    try:
        with _failures(access):
            early = _envelope(server, access.address, to, eight_bit=not content.isascii())
        return early or _content(server, content)
    finally:
        with contextlib.suppress(Exception):
            server.quit()
        server.close()


def _connect(access: Access) -> smtplib.SMTP:
    """Reach the server, protected, and sign in."""
    if access.smtp_security is MailSecurity.NONE and not on_this_computer(access.smtp_host):
        raise ServerRefusedError("A connection without protection is only made to a server on this computer.")
    context = ssl.create_default_context()
    name = access.address.rpartition("@")[2]
    server: smtplib.SMTP
    if access.smtp_security is MailSecurity.TLS:
        server = smtplib.SMTP_SSL(access.smtp_host, access.smtp_port, name, timeout=_TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(access.smtp_host, access.smtp_port, name, timeout=_TIMEOUT_SECONDS)
    try:
        if access.smtp_security is MailSecurity.STARTTLS:
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
        if access.sign_in is SignIn.APP:
            server.auth("XOAUTH2", _Bearer(access.user, token(access, IMAP_SCOPE)))
        elif server.has_extn("auth") or access.smtp_security is not MailSecurity.NONE:
            server.login(access.user, access.secret)
    except BaseException:
        server.close()
        raise
    return server


class _Bearer:
    """What XOAUTH2 asks for: the token at once, and nothing more where the server says why it doesn't take it."""

    def __init__(self, user: str, bearer: str) -> None:
        self._said = f"user={user}\x01auth=Bearer {bearer}\x01\x01"

    def __call__(self, challenge: bytes | None = None) -> str:
        return self._said if challenge is None else ""


def _envelope(server: smtplib.SMTP, sender: str, to: str, *, eight_bit: bool) -> Outcome | None:
    """Say who writes to whom, and that the message comes; what speaks against it before any of it went."""
    options = ["BODY=8BITMIME"] if eight_bit and server.has_extn("8bitmime") else []
    code, said = server.mail(sender, options)
    if code >= _FOR_GOOD:
        raise ServerRefusedError(f"The server doesn't send from {sender}: {_words(said)}")
    if code == _TAKEN:
        code, said = server.rcpt(to)
        if code not in {_TAKEN, 251}:
            return _refused(code, f"The server doesn't take {to}: {_words(said)}")
        code, said = server.docmd("DATA")
        if code == _GO_ON:
            return None
    return _refused(code, f"The server doesn't take it: {_words(said)}")


def _content(server: smtplib.SMTP, content: bytes) -> Outcome:
    """The message itself: from here on, only the server's answer tells whether it goes."""
    whole = _DOTS.sub(b"..", _LINE_ENDS.sub(b"\r\n", content))
    end = b".\r\n" if whole.endswith(b"\r\n") else b"\r\n.\r\n"
    try:
        server.send(whole + end)
        code, said = server.getreply()
    except (smtplib.SMTPException, OSError):
        return Outcome(OutcomeKind.UNKNOWN, _NOT_KNOWN)
    if code == _TAKEN:
        return Outcome(OutcomeKind.ACCEPTED)
    return _refused(code, f"The server doesn't take it: {_words(said)}")


def _refused(code: int, words: str) -> Outcome:
    return Outcome(OutcomeKind.REFUSED if code >= _FOR_GOOD else OutcomeKind.BUSY, words)


def _words(said: bytes) -> str:
    return " ".join(said.decode("utf-8", "replace").split())[:200]


@contextlib.contextmanager
def _failures(access: Access) -> Iterator[None]:
    """What the library raises, as one of our two kinds."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise ServerRefusedError(
            f"The certificate of {access.smtp_host} is not valid; nothing was sent to it."
        ) from error
    except smtplib.SMTPAuthenticationError as error:
        raise ServerRefusedError(f"{access.smtp_host} doesn't take the user name and password.") from error
    except smtplib.SMTPNotSupportedError as error:
        raise ServerRefusedError(f"{access.smtp_host} doesn't do what the mailbox says it does: {error}") from error
    except (smtplib.SMTPException, OSError, EOFError, UnicodeError) as error:
        raise ServerGoneError(f"The connection to {access.smtp_host} was lost or could not be made.") from error
