"""Routing rules as they are kept, listed and applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.models.values import RuleField
from app.services.post_log.dto import NOBODY, Holder, Priority

LONGEST_WORDS: Final = 400
FIELDS: Final[dict[RuleField, str]] = {
    RuleField.SUBJECT: "Subject",
    RuleField.SENDER: "Sender",
    RuleField.TEXT: "Text",
    RuleField.ANYWHERE: "Anywhere",
}
"""Where a rule looks, in the words of the office."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is applied; `words` as they were typed, by commas."""

    rule_id: int
    field: RuleField
    words: str
    category_id: int | None = None
    holder: Holder = NOBODY
    priority: Priority | None = None


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule as listed, in the order in which they are tried; `holder` is the name of an officer or team, or empty."""

    rule: Rule
    version: int
    position: int
    category: str
    holder: str


@dataclass(frozen=True, slots=True)
class RuleForm:
    """A rule as an officer writes it; `rule_id` None is a new one, tried last.

    Attributes:
        version: of the row that was shown; 0 for a new one.
    """

    field: RuleField
    words: str
    category_id: int | None = None
    holder: Holder = NOBODY
    priority: Priority | None = None
    rule_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What a rule may propose: categories, officers and teams, each with its id."""

    categories: tuple[tuple[int, str], ...]
    officers: tuple[tuple[int, str], ...]
    teams: tuple[tuple[int, str], ...]
