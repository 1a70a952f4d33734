"""Acknowledgements, answers, links and the work that an item starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.letters.dto import Channel, OutgoingState, TemplateRow
from app.services.post_log.sending.dto import SendingBox


class AnswerBy(StrEnum):
    """How an item is answered."""

    LETTER = "letter"
    EMAIL = "email"
    TEXT = "text"
    CALL = "call"
    """By telephone; what was said is kept as a note."""
    VISIT = "visit"
    """In person; what was said is kept as a note."""


WRITTEN: Mapping[AnswerBy, Channel] = {
    AnswerBy.LETTER: Channel.LETTER,
    AnswerBy.EMAIL: Channel.EMAIL,
    AnswerBy.TEXT: Channel.TEXT,
}
"""The answers that go out through the register of letters."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One acknowledgement as it would be.

    Attributes:
        number: of the item.
        channel: how it goes; None where there is none to send.
        where: the address in one line, the e-mail address or the number.
        stops: why there is none, as a sentence; empty if it may go.
        look: what to look at first.
    """

    item_id: int
    number: str
    sender: str
    channel: Channel | None
    template: str
    title: str
    where: str
    stops: str = ""
    look: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that was left out, and why."""

    item_id: int
    number: str
    sender: str
    why: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What a batch of acknowledgements did.

    Attributes:
        sent: the numbers of the register of letters, by item.
        waiting: how many of them wait for a second person.
    """

    sent: Mapping[int, int]
    left_out: tuple[LeftOut, ...]
    waiting: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer to an item.

    Attributes:
        text: what is said: the body of what is written, or what was said at the telephone or in person.
        template: of a letter, e-mail or text message, the key; empty takes the office's answer for that channel.
        answers: what fills the template's other blanks, by key.
        recipient: the e-mail address or mobile number, where not the one that it came from.
        addressee, address: who and where a letter goes instead of the sender; the postcode is the last line.
        outcome: closes the item with these words; empty leaves it open.
        version: of the item when it was opened.
        key: the same key never answers twice.
        mailbox_id: the office's mailbox that an e-mail goes out from, in the thread; None: by GOV.UK Notify.
        documents: links of the item's documents that go with it.
    """

    item_id: int
    by: AnswerBy
    text: str
    version: int
    template: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    recipient: str = ""
    addressee: str = ""
    address: tuple[str, ...] = ()
    outcome: str = ""
    key: str = ""
    mailbox_id: int | None = None
    documents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that was made; `outgoing_id` and `state` are those of the register, None of a call or a visit.

    `mailed`: it goes out from a mailbox of the office, now.
    """

    item_id: int
    number: str
    outgoing_id: int | None
    state: OutgoingState | None
    closed: bool
    changes: Changes
    mailed: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """A way to answer: where it would go, and why it can't (empty if it can)."""

    by: AnswerBy
    where: str
    stops: str = ""


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What is known before an item is answered.

    Attributes:
        ways: every way, the one that suits the sender first.
        templates: what may be written, letters before e-mails before text messages.
        look: what to look at, such as the format that they need.
        text: what they said or wrote, as far as it is kept as text.
        boxes: the mailboxes that an e-mail may go out from in the thread, the one that theirs came to first; none where no
            e-mail is kept with it.
        documents: what may go with it: (link, name and size in words).
    """

    item_id: int
    number: str
    version: int
    sender: str
    subject_line: str
    account_id: int | None
    reply_by: date | None
    ways: tuple[Way, ...]
    templates: tuple[TemplateRow, ...]
    look: tuple[str, ...] = ()
    text: str = ""
    boxes: tuple[SendingBox, ...] = ()
    documents: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NewLink:
    """Another record that an item is about."""

    subject: Subject
    subject_id: int


@dataclass(frozen=True, slots=True)
class WorkBegun:
    """The work that an item starts, on the page that it is done on.

    Attributes:
        area: the tab; empty where a task says what waits.
        work: the key of the work there.
        account_id: whose account it is done on; None where the tab asks for the item itself.
        known: what is known, by the names of the sheet's fields.
        told: what was done, as a sentence.
    """

    area: str
    work: str
    account_id: int | None
    known: Mapping[str, object]
    told: str
    changes: Changes
    item_id: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A letter of ours that a returned one may be; a statement of a run has no line of its own yet, but its number there."""

    outgoing_id: int
    title: str
    addressee: str
    address: str
    reference: str
    letter_date: date
    found_by: str = ""
    statement_id: int = 0


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """A returned letter, and the letters that went out that it may be, the likeliest first."""

    item_id: int
    number: str
    version: int
    sender: str
    subject_line: str
    returned_on: date
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class NoteReturn:
    """A returned letter is this one of ours, and why it came back, as the envelope says.

    `statement_id` is that of a statement of a run, instead of `outgoing_id`.
    """

    item_id: int
    outgoing_id: int
    reason: str
    version: int
    statement_id: int = 0
