"""Templates, their wordings, and a letter as it would be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.services.core.changes import Changes
from app.services.exports.letter.dto import Variant


class Channel(StrEnum):
    """How something goes out."""

    LETTER = "letter"
    EMAIL = "email"
    TEXT = "text"


class TemplateState(StrEnum):
    """How far a wording has come."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


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
class Editing:
    """A template in the editor.

    Attributes:
        versions: the newest first.
        shipped: the wording that came with the program, if one did.
        fields: what may be inserted.
    """

    template: TemplateRow
    versions: tuple[VersionRow, ...]
    shipped: Wording | None
    fields: tuple[FieldRow, ...]


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
