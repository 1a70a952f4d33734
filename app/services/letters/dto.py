"""Letters, e-mails and text messages: templates, what goes out, batches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from app.models.values import Subject
from app.services.core.changes import Changes
from app.services.exports.letter.dto import Variant

__all__ = [
    "BATCH_STATES_OPEN",
    "BatchBegun",
    "BatchRequest",
    "BatchResult",
    "BatchRow",
    "BatchState",
    "Channel",
    "Concern",
    "FieldRow",
    "Filled",
    "Made",
    "NewLetter",
    "OutgoingDetail",
    "OutgoingRow",
    "OutgoingState",
    "Preview",
    "Problem",
    "Rehearsal",
    "Returned",
    "SavedWording",
    "SendResult",
    "TemplateRow",
    "TemplateState",
    "Variant",
    "VersionRow",
    "Wording",
]


class Channel(StrEnum):
    """How something goes out."""

    LETTER = "letter"
    EMAIL = "email"
    TEXT = "text"


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


class TemplateState(StrEnum):
    """How far a wording has come."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


class BatchState(StrEnum):
    """Where a batch stands; one that stopped is carried on when it is asked for again."""

    MAKING = "making"
    STOPPED = "stopped"
    MADE = "made"


BATCH_STATES_OPEN: Final = frozenset({BatchState.MAKING, BatchState.STOPPED})


@dataclass(frozen=True, slots=True)
class Wording:
    """What a template says.

    Attributes:
        subject_line: the heading of a letter, the subject of an e-mail; with fields like the body. Empty in a text message.
        body: paragraphs in the small markup of letters, with fields in double braces.
        needs_approval: each letter made from it waits for a second person.
    """

    subject_line: str
    body: str
    needs_approval: bool = False


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template as listed, with the wording in force on the day asked about.

    Attributes:
        template_id: 0 while nobody has used or edited the shipped one.
        number: of the version in force; 0 is the shipped wording before its first use.
        coming_on: the day from which a later approved wording is in force, if there is one.
        waiting: a wording waits for approval.
        blanks: what the officer is asked for when writing it, as (key, title).
    """

    template_id: int
    key: str
    title: str
    channel: Channel
    wording: Wording
    number: int
    shipped: bool
    from_on: date | None
    coming_on: date | None = None
    waiting: bool = False
    retired: bool = False
    blanks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One wording of a template, newest first in lists; moments are UTC."""

    version_id: int
    number: int
    from_on: date
    wording: Wording
    shipped: bool
    state: TemplateState
    reason: str
    written_by: str
    written_at: datetime
    approved_by: str


@dataclass(frozen=True, slots=True)
class SavedWording:
    """A wording that was kept: in use, or waiting for a second person."""

    template: str
    number: int
    state: TemplateState
    changes: Changes


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A merge field as it is offered in the editor: `{{ account.reference }}`."""

    key: str
    title: str
    example: str
    group: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A wording with its fields filled in."""

    subject_line: str
    body: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a wording, and on which of its lines (from 1; the subject line is line 0)."""

    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"Line {self.line}: " if self.line else "Heading: "
        return f"{where}{self.message} {self.hint}".strip()


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would be.

    Attributes:
        problems: what is wrong with the wording; with any there is no page.
        missing: titles of the blanks that are not filled in yet.
        stops: what speaks against writing to the account at all.
        look: what to look at.
        where: the address in one line, the e-mail address or the number.
        pdf: the pages; empty of an e-mail, a text message or a letter in plain text, which `text` has.
    """

    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    look: tuple[str, ...] = ()
    variant: Variant = Variant.STANDARD
    addressee: str = ""
    where: str = ""
    pdf: bytes = b""
    text: str = ""


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
class OutgoingDetail:
    """Everything about one letter: the row, its wording, and its story as (moment, words)."""

    row: OutgoingRow
    subject_line: str
    body: str
    story: tuple[tuple[datetime, str], ...]
    pdf: bytes = b""


@dataclass(frozen=True, slots=True)
class Returned:
    """Post that came back: when and why, in the words of the envelope."""

    returned_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Letters of one template to many accounts.

    Attributes:
        title: what the office calls it; empty takes the template's title.
        again: make the same batch once more.
    """

    template: str
    account_ids: tuple[int, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    letter_date: date | None = None
    title: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class BatchBegun:
    """A batch that may go on; `carried_on` says that it had stopped before."""

    batch_id: int
    carried_on: bool


@dataclass(frozen=True, slots=True)
class Concern:
    """An account that a batch leaves out (`stops`), or one to look at."""

    account_id: int
    reference: str
    name: str
    what: str
    stops: bool


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a batch would make, before anything is made.

    Attributes:
        exceptions: those left out first.
        variants: how many in each form.
        samples: accounts to look at before: one of each form and the longest address.
    """

    template: TemplateRow
    count: int
    exceptions: tuple[Concern, ...]
    variants: tuple[tuple[Variant, int], ...]
    samples: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch as listed."""

    batch_id: int
    title: str
    state: BatchState
    asked_by: str
    asked_at: datetime
    made: int
    left_out: int
    waiting: int
    to_do: int


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch made; `carried_on`: it took up one that had stopped."""

    batch_id: int
    made: int
    left_out: int
    carried_on: bool
    state: OutgoingState


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
