"""What goes out: as it is written, as it stands in the register, and what came of sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.exports.letter.dto import Variant
from app.services.letters.dto.wordings import Channel, Wording


class OutgoingState(StrEnum):
    """How far something has come on its way out."""

    WAITING = "waiting"
    """For a second person's approval."""
    QUEUED = "queued"
    """To be printed, or to be handed to the provider."""
    SENDING = "sending"
    """Handed to the provider, whose answer isn't known yet."""
    PRINTED = "printed"
    SENT = "sent"
    """The provider has taken it."""
    DELIVERED = "delivered"
    FAILED = "failed"
    RETURNED = "returned"
    CANCELLED = "cancelled"


OUTGOING_STATES: Final = {
    OutgoingState.WAITING: "Waiting for approval",
    OutgoingState.QUEUED: "Queued",
    OutgoingState.SENDING: "Being sent",
    OutgoingState.PRINTED: "Printed",
    OutgoingState.SENT: "Sent",
    OutgoingState.DELIVERED: "Delivered",
    OutgoingState.FAILED: "Failed",
    OutgoingState.RETURNED: "Came back",
    OutgoingState.CANCELLED: "Cancelled",
}
"""The states as officers read them."""


@dataclass(frozen=True, slots=True)
class NewLetter:
    """A letter, e-mail or text message to be made and queued.

    Attributes:
        template: the key of the template, such as `general_letter`.
        account_id: whose account it is about and who it goes to.
        answers: what fills the template's own blanks (`ask.` fields), by key.
        variant: None gives the people what they need.
        letter_date: None means today.
        wording: instead of the template's own, where the officer changed it for this one letter.
        recipient: the e-mail address or telephone number, where not the one on the record.
        idempotency_key: the same key never makes a second letter.
        subject, subject_id: what it is about where that isn't the account.
        fields: more values, by field key, that the asking area fills in (`refund.amount`).
        addressee, address: who and where a letter goes instead of the people of the account, such as an executor; the
            postcode is the last line. Without an address it goes where the account's letters go.
        attached: SHA-256 of the document that goes with an e-mail as a file to download; only where the provider takes files.
    """

    template: str
    account_id: int
    answers: Mapping[str, str] = field(default_factory=dict)
    variant: Variant | None = None
    letter_date: date | None = None
    wording: Wording | None = None
    recipient: str = ""
    idempotency_key: str = ""
    subject: Subject = Subject.ACCOUNT
    subject_id: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    addressee: str = ""
    address: tuple[str, ...] = ()
    attached: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A letter that was made and where it stands now."""

    outgoing_id: int
    state: OutgoingState
    title: str
    addressee: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """One line of the register; moments are UTC.

    Attributes:
        address: in one line; of an e-mail or text message, where it went.
        what: its state in a sentence: why it failed, who printed it, why it came back.
        undoable: it was marked printed so lately that the mark may be taken back.
    """

    outgoing_id: int
    title: str
    channel: Channel
    variant: Variant
    state: OutgoingState
    addressee: str
    address: str
    reference: str
    account_id: int | None
    batch_id: int | None
    pages: int
    asked_by: str
    asked_at: datetime
    printed_at: datetime | None
    sent_at: datetime | None
    what: str
    own: bool
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class OutgoingFilter:
    """What a list of letters shows; an empty set or None doesn't matter.

    Attributes:
        text: words of the addressee, the address, the title or the reference, any order.
        states, channels: any of these.
        mine: only what the officer who looks asked for.
        days: asked for in so many days up to today.
        account_id, batch_id: only of this account or batch.
    """

    text: str = ""
    states: frozenset[OutgoingState] = frozenset()
    channels: frozenset[Channel] = frozenset()
    mine: bool | None = None
    days: int | None = None
    account_id: int | None = None
    batch_id: int | None = None


EVERYTHING = OutgoingFilter()


class OutgoingSort(StrEnum):
    """What a list of letters can be sorted by."""

    ASKED = "asked"
    ADDRESS = "address"
    ADDRESSEE = "addressee"
    TITLE = "title"
    STATE = "state"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many letters stand where: the figures above the queue."""

    waiting: int = 0
    to_print: int = 0
    to_send: int = 0
    failed: int = 0
    printed_today: int = 0


@dataclass(frozen=True, slots=True)
class PrintRun:
    """Letters to be printed together.

    Attributes:
        pdf: all of them in the order of the round; empty if none can be printed.
        outgoing_ids: those that are in it, in its order.
        sheets: pages as printed, the blank ones between letters counted.
        as_text: those in plain text, which are saved and sent as a file.
    """

    pdf: bytes
    outgoing_ids: tuple[int, ...]
    sheets: int
    as_text: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter as it was made, to be opened, saved or printed again."""

    file_name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutgoingDetail:
    """Everything about one letter: its line, its story as (moment, words), and the file; a message has text instead.

    `template` is the key of what it was made from, so that it can be written once more.
    """

    row: OutgoingRow
    story: tuple[tuple[datetime, str], ...]
    template: str = ""
    file: LetterFile | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """Post that came back: when and why, in the words of the envelope."""

    returned_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A statement, or a run of them, that was printed without having waited in the queue of letters, or goes with a letter.

    Attributes:
        form: `standard`, `large_print` or `text`.
        address: its lines, the postcode last; empty of a run.
        sha256, first_page, pages: the pages that it is in a kept file; a run has several files and none of them here.
        body: what there is to say of a run: how many each group has.
        key: the same key never stands in the register twice.
        queued: it isn't printed yet: it waits for the next printing of letters.
    """

    title: str
    addressee: str
    form: str
    address: tuple[str, ...] = ()
    account_id: int | None = None
    person_id: int | None = None
    reference: str = ""
    sha256: str | None = None
    first_page: int = 1
    pages: int = 1
    body: str = ""
    key: str = ""
    subject: Subject = Subject.ACCOUNT
    subject_id: int = 0
    queued: bool = False


@dataclass(frozen=True, slots=True)
class SendResult:
    """What a run of sending did.

    Attributes:
        failed: refused for good, or found not to have arrived.
        delivered: earlier messages that are now known to have arrived.
        left: messages that still wait.
        stopped: why the run ended before everything was tried, as a sentence.
    """

    sent: int = 0
    failed: int = 0
    delivered: int = 0
    left: int = 0
    stopped: str = ""
