"""Documents as they are kept and listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.models.values import Subject


@dataclass(frozen=True, slots=True)
class NewLink:
    """Where a document is to be found.

    Attributes:
        subject, subject_id: what it is about.
        kind: what it is, in a word or two: `statement`, `letter`, `scan`.
        title: as it is listed.
        file_name: the name that it is saved under.
    """

    subject: Subject
    subject_id: int
    kind: str
    title: str
    file_name: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A linked document as listed; `size` is in bytes."""

    link_id: int
    sha256: str
    kind: str
    title: str
    file_name: str
    media_type: str
    size: int
    linked_at: datetime
    linked_by: str


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document to be opened or saved."""

    file_name: str
    media_type: str
    content: bytes
