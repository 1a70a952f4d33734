"""E-mail as it was read, and what became of it when it was brought in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.services.core.changes import Changes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message.

    Attributes:
        name: safe to show and to save under: without folders, marks that hide its ending, or nothing at all.
        media_type: as the sender's program named it, which nobody has to believe.
        content: its bytes; of a message in a message, that message.
        text: what is written in it, where it is a message.
    """

    name: str
    media_type: str
    content: bytes
    text: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail message as it was read.

    Attributes:
        key: SHA-256 of its Message-ID, of its content where it has none; the same message always has the same.
        message_id: as it stands in the message, without its brackets; empty where it has none.
        answers: keys of the messages that it answers, the nearest first.
        sender: the sender's name, their address where they give none.
        sender_address: the address that an answer goes to.
        recipients: addresses of those whom it was sent to.
        subject: one line; empty where it has none.
        sent_at: by the sender's clock; none where it says nothing that can be read.
        received_at: by the clock of the server that took it in, where it says so.
        text: what is written in it, also where it is written in HTML only.
        html: its part in HTML as it came, which is never shown before it is made safe; empty where it has none.
        attachments: files and messages in it.
        remarks: sentences on what was broken in it, and what was made of that.
        media_type: of the original.
    """

    key: str
    message_id: str
    answers: tuple[str, ...]
    sender: str
    sender_address: str
    recipients: tuple[str, ...]
    subject: str
    sent_at: datetime | None
    received_at: datetime | None
    text: str
    html: str
    attachments: tuple[Attachment, ...]
    remarks: tuple[str, ...]
    media_type: str


@dataclass(frozen=True, slots=True)
class Original:
    """A message as it came: where from, as an officer knows it, and its bytes."""

    place: str
    content: bytes


class Why(StrEnum):
    """Why a message was not brought in."""

    CARD = "card"
    """It holds a card number: it waits where it is."""
    LARGE = "large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Left:
    """A message that was not brought in and stays where it is: its place, why, and the sentences for the officer."""

    place: str
    why: Why
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one message: the item that it is with, and whether it made that item, joined it or was there before."""

    key: str
    item_id: int
    state: TakenState


class TakenState(StrEnum):
    """What a message that was taken in did."""

    LOGGED = "logged"
    JOINED = "joined"
    """It belongs to a conversation that is logged already, and is with that item."""
    KNOWN = "known"
    """The same message was logged before."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of some messages.

    Attributes:
        taken: each that is in the log now, in the order they came.
        left: each that is not.
        stopped: whether somebody stopped it; what came before is logged.
        changes: for the pages that show it.
    """

    taken: tuple[Taken, ...] = ()
    left: tuple[Left, ...] = ()
    stopped: bool = False
    changes: Changes = field(default_factory=lambda: Changes(frozenset()))

    def count(self, state: TakenState) -> int:
        """How many messages did this."""
        return sum(each.state is state for each in self.taken)

    def __add__(self, other: Imported) -> Imported:
        """Both together."""
        areas = self.changes.areas | other.changes.areas
        accounts = self.changes.account_ids | other.changes.account_ids
        return Imported(
            self.taken + other.taken,
            self.left + other.left,
            self.stopped or other.stopped,
            Changes(areas, accounts),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """The messages that some paths hold, and what is no message."""

    files: tuple[Path, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class ShownAttachment:
    """An attachment as listed beside a message; `link_id` opens it, none where only the original has it."""

    name: str
    size: int
    link_id: int | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message as it is shown.

    Attributes:
        message_id: of the kept message.
        subject, sender, sender_address, recipients, sent_at: as in `Message`.
        text: what is written in it.
        html: made safe: nothing in it runs, and nothing of it is fetched from elsewhere; empty where it has none.
        left_out: how many pictures and other things from elsewhere are not shown.
        attachments: with their links.
        remarks: on what was broken in it.
    """

    message_id: int
    subject: str
    sender: str
    sender_address: str
    recipients: tuple[str, ...]
    sent_at: datetime | None
    text: str
    html: str
    left_out: int
    attachments: tuple[ShownAttachment, ...]
    remarks: tuple[str, ...]
