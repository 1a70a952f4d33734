"""E-mails from the office's mailboxes: as they are written, handed over, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.services.core.changes import Changes
from app.services.letters.dto import OutgoingState


@dataclass(frozen=True, slots=True)
class SendingBox:
    """A mailbox that e-mail goes out from.

    Attributes:
        most_bytes: the largest message that it is given.
    """

    mailbox_id: int
    name: str
    address: str
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with an e-mail."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class NewMail:
    """An e-mail as it is to be written.

    Attributes:
        sender, sender_address: the mailbox's name and address.
        message_id: its own, without brackets.
        answers: the Message-ID that it answers; empty where it answers none.
        before: the Message-IDs of the conversation, the eldest first.
        attached: files that go with it; a message as it came goes as a message.
    """

    sender: str
    sender_address: str
    to: str
    subject: str
    text: str
    message_id: str
    written_at: datetime
    answers: str = ""
    before: tuple[str, ...] = ()
    attached: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class Handed:
    """An e-mail that this run hands over and no other.

    Attributes:
        to: the address that it goes to.
        look_up: an earlier call may have got through.
        turn: which try of it this is.
        gone: why it can't go at all: its mailbox isn't used any more.
    """

    outgoing_id: int
    mailbox_id: int
    to: str
    message_id: str
    content: bytes
    look_up: bool
    turn: int
    gone: str = ""


@dataclass(frozen=True, slots=True)
class MailSent:
    """What a run of sending from the mailboxes did.

    Attributes:
        failed: how many didn't go, or nobody knows of.
        left: how many still wait.
        said: why, of the last that did not go, as a sentence.
    """

    sent: int = 0
    failed: int = 0
    left: int = 0
    said: str = ""

    @property
    def changes(self) -> Changes:
        """For the pages that show it; none where nothing was tried."""
        areas = frozenset({"post_log", "letters", "home", "documents"})
        return Changes(areas if self.sent or self.failed or self.said else frozenset())


@dataclass(frozen=True, slots=True)
class SentMail:
    """An e-mail of an item that went out, or is to, as it is listed beside those that came in.

    Attributes:
        forward: it passed the item on; else it answered it.
        doubtful: nobody knows whether it went.
        error: why it hasn't gone; empty if it has, or has not been tried.
    """

    outgoing_id: int
    to: str
    subject: str
    state: OutgoingState
    at: datetime
    forward: bool
    doubtful: bool
    error: str = ""


@dataclass(frozen=True, slots=True)
class NewForward:
    """Post that is passed on to whom it was meant for.

    Attributes:
        to: the e-mail address.
        text: the covering sentence.
        outside: it may leave the council: the address is of another domain than the mailbox.
        version: of the item when it was opened.
        key: the same key never goes twice.
    """

    item_id: int
    mailbox_id: int
    to: str
    text: str
    version: int
    outside: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class ForwardForm:
    """What is known before an item is passed on.

    Attributes:
        boxes: the mailboxes that it may go from, the one that it came to first.
        earlier: addresses that post was passed on to, the latest first.
        message: whether the e-mail goes with it as it came; else what was noted of it.
    """

    item_id: int
    number: str
    version: int
    sender: str
    subject_line: str
    boxes: tuple[SendingBox, ...]
    earlier: tuple[str, ...] = field(default=())
    message: bool = True


@dataclass(frozen=True, slots=True)
class Forwarded:
    """An item that is passed on, and its line of the outgoing register."""

    item_id: int
    number: str
    outgoing_id: int
    changes: Changes
