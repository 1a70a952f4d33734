"""Documents as they are kept and listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.models.values import Subject
from app.services.core.changes import Changes


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
class NewFile:
    """A file that an officer attaches; without a title it is listed by its name."""

    file_name: str
    content: bytes
    title: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the office keeps: bytes of a file, pixels of a picture, and the shapes of document (`Shape` values)."""

    largest_bytes: int
    largest_pixels: int
    shapes: frozenset[str]


@dataclass(frozen=True, slots=True)
class NotAttached:
    """A file that was not kept, and why."""

    file_name: str
    message: str


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of some files: the links of those that were kept, and those that were not."""

    link_ids: tuple[int, ...]
    refused: tuple[NotAttached, ...]
    changes: Changes


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A linked document as listed; `size` is in bytes.

    Attributes:
        shape: how it is shown (`Shape` values), or empty if it can only be saved.
        removable: an officer put it there, and may take it away with a reason.
    """

    link_id: int
    sha256: str
    kind: str
    title: str
    file_name: str
    media_type: str
    size: int
    linked_at: datetime
    linked_by: str
    shape: str = ""
    removable: bool = False


@dataclass(frozen=True, slots=True)
class DocumentStep:
    """One step of a document's trail; `about` is the record it was put to or taken from: `account 0012 4471 03`."""

    at: datetime
    officer: str
    action: str
    about: str
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document to be opened or saved."""

    file_name: str
    media_type: str
    content: bytes
