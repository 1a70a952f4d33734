"""Mailboxes as they are kept, reached and listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.models.values import MailboxKind, MailSecurity, SignIn
from app.services.core.changes import Changes
from app.services.post_log.mail.dto import Imported, Left, Message, Original, Why

KINDS: Final = {MailboxKind.GRAPH: "Microsoft 365", MailboxKind.IMAP: "IMAP"}
SECURITIES: Final = {
    MailSecurity.TLS: "TLS from the first byte (993)",
    MailSecurity.STARTTLS: "STARTTLS (143)",
    MailSecurity.NONE: "None: a server on this computer",
}
SMTP_SECURITIES: Final = {
    MailSecurity.STARTTLS: "STARTTLS (587)",
    MailSecurity.TLS: "TLS from the first byte (465)",
    MailSecurity.NONE: "None: a server on this computer",
}
SIGN_INS: Final = {SignIn.PASSWORD: "A password", SignIn.APP: "An application registered with Microsoft"}


@dataclass(frozen=True, slots=True)
class MailboxForm:
    """A mailbox as an officer writes it.

    Attributes:
        secret: a new password or secret of the application; empty keeps the one there is.
        every_minutes: how often windows fetch it by themselves; 0: only when somebody asks.
        sends: whether e-mail goes out from it.
        smtp_host, smtp_port, smtp_security: who takes what goes out, where it isn't Microsoft Graph.
        sent_folder: where copies of that are kept; empty: the folder that the server names for it.
        mailbox_id, version: of the row that was shown; None and 0 for a new one.
    """

    name: str
    kind: MailboxKind
    address: str
    host: str = ""
    port: int = 993
    security: MailSecurity = MailSecurity.TLS
    user: str = ""
    folder: str = "INBOX"
    sign_in: SignIn = SignIn.PASSWORD
    tenant: str = ""
    client_id: str = ""
    secret: str = ""
    every_minutes: int = 0
    mailbox_id: int | None = None
    version: int = 0
    sends: bool = False
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: MailSecurity = MailSecurity.STARTTLS
    sent_folder: str = ""


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """A mailbox as listed; `waiting` messages are left in it until somebody settles them."""

    mailbox_id: int
    version: int
    form: MailboxForm
    fetched_at: datetime | None
    error: str
    waiting: int


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A message that waits in its mailbox."""

    left_id: int
    mailbox_id: int
    mailbox: str
    place: str
    why: Why
    message: str
    hint: str
    noted_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class Access:
    """What is needed to open a mailbox; it is never shown, since the secret is in it.

    Attributes:
        validity, next_uid, unmarked, delta: how far the fetch has come.
    """

    mailbox_id: int
    name: str
    kind: MailboxKind
    address: str
    host: str
    port: int
    security: MailSecurity
    user: str
    folder: str
    sign_in: SignIn
    tenant: str
    client_id: str
    secret: str
    validity: int | None
    next_uid: int
    unmarked: tuple[str, ...]
    delta: str
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: MailSecurity = MailSecurity.STARTTLS
    sent_folder: str = ""


@dataclass(frozen=True, slots=True)
class Portion:
    """Messages that were fetched and read, to be stored together with how far the fetch has come.

    Attributes:
        read: those that could be read, each under its place in the mailbox.
        left: those that could not.
        validity, next_uid: from where an IMAP server is asked next.
        delta: where Graph goes on; None: where it did before.
    """

    read: Sequence[tuple[Original, Message]]
    left: Sequence[Left]
    validity: int | None = None
    next_uid: int | None = None
    delta: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a portion, and which messages may now be marked as read."""

    imported: Imported
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FetchedBox:
    """What a fetch of one mailbox brought; `error` says why it didn't come to its end, empty if it did."""

    name: str
    imported: Imported
    error: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch brought, by mailbox."""

    boxes: tuple[FetchedBox, ...] = ()

    @property
    def changes(self) -> Changes:
        """For the pages that show it; none where no mailbox was asked."""
        areas = frozenset({"post_log", "post_mailboxes", "home", "documents"})
        return Changes(areas if self.boxes else frozenset())

    @property
    def imported(self) -> Imported:
        """All of it together."""
        total = Imported()
        for each in self.boxes:
            total += each.imported
        return total
