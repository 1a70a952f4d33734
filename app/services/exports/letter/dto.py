"""What a letter says, filled in and ready to be laid out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.services.exports.statement.dto import Sender, Variant, long_date

__all__ = ["Block", "BlockKind", "Letter", "Run", "Sender", "Variant", "long_date"]


class BlockKind(StrEnum):
    """What a piece of the body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLETS = "bullets"
    TABLE = "table"


class Run(NamedTuple):
    """Some words of a line, bold or not."""

    text: str
    bold: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a list or a table of two columns.

    Attributes:
        lines: of a paragraph its lines, of a list its items, of a heading one line; of a table the labels.
        values: of a table, what stands beside each label.
    """

    kind: BlockKind
    lines: tuple[Runs, ...]
    values: tuple[Runs, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter; without an addressee a leaflet, which is handed over and has no window.

    Attributes:
        addressee: to whom it goes; empty: to nobody, and its text begins under the head.
        address: where it is posted to, a line each, the postcode last.
        reference: the payment reference of the account.
        greeting: such as `Dear Ms One`.
        sign_off: the lines under the body: the closing words, who signs, for which office.
        draft: a preview: every page says that it isn't to be sent.
    """

    sender: Sender
    addressee: str
    address: tuple[str, ...]
    reference: str
    letter_date: date
    subject_line: str
    greeting: str
    body: tuple[Block, ...]
    sign_off: tuple[str, ...]
    draft: bool = False

    @property
    def leaflet(self) -> bool:
        """Whether it is handed over, not posted."""
        return not self.addressee

    @property
    def title(self) -> str:
        """The title of the document; without the reader's name, which a list of print jobs would show."""
        about = f" {self.reference}" if self.reference else ""
        return f"{self.subject_line or 'Letter'}{about}, {long_date(self.letter_date)}"
