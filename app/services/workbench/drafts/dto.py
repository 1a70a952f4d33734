"""A form in progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.models.values import Subject

_SHEET: Final = "sheet"
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Which form about which record; id 0 is a record that is still to be made."""

    form: str
    subject: Subject
    subject_id: int = 0

    @property
    def area(self) -> str:
        """The area whose page a dialog without a record was opened over; nothing for other forms."""
        kind, _, rest = self.form.partition(":")
        return rest.partition(":")[0] if kind == _SHEET else ""


def sheet_form(area: str, which: str) -> str:
    """The form of what is written in a dialog: `sheet:admin:RoleSheet`."""
    return f"{_SHEET}:{area}:{which}"[:_LONGEST]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form, as the fields give it (text, yes or no, lists of text).

    Attributes:
        fields: now, by field.
        was: when the record was read.
        version: of the record that was read.
    """

    fields: Mapping[str, Any]
    was: Mapping[str, Any]
    version: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that was begun and not saved.

    Attributes:
        title: what the form calls itself, with the record: 'Contact details, Mx Maria Testerton'.
        typed: nothing where it can't be opened at this desk.
    """

    key: DraftKey
    title: str
    saved_at: datetime
    typed: Typed | None
