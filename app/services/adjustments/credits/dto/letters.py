"""Letters about credits and refunds, as they are drafted and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.services.core.changes import Changes
from app.services.letters.dto import TemplateRow, Variant


@dataclass(frozen=True, slots=True)
class CreditLetter:
    """A letter or e-mail about a credit, or about a refund of it.

    Attributes:
        entry_key: the caller's own name for it: the same key never writes two.
        template: one of the choices of its form.
        refund_id: of a letter that says something of a refund.
        answers: what fills the template's own blanks, by key.
        variant: standard, large print or plain text; None: as the tenant needs it.
    """

    entry_key: str
    account_id: int
    template: str
    refund_id: int | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    variant: Variant | None = None


@dataclass(frozen=True, slots=True)
class LetterForm:
    """What the sheet of such a letter begins with; `proposed` is the key of the choice that it opens with."""

    account_id: int
    refund_id: int | None
    account: str
    about: str
    choices: tuple[TemplateRow, ...]
    proposed: str


@dataclass(frozen=True, slots=True)
class Written:
    """A letter that was made; `attempt_id` where it is an attempt to give the credit back."""

    outgoing_id: int
    attempt_id: int | None
    told: str
    changes: Changes
