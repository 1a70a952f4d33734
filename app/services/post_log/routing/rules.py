"""Which routing rule fits a message: pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.models.values import RuleField
from app.services.post_log.routing.dto import Rule

_BEGINNING: Final = "*"
_NEVER: Final = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Looked:
    """What rules look at: one line each of subject, sender and where they wrote from, and the text."""

    subject: str
    sender: str
    address: str
    text: str

    @property
    def who(self) -> str:
        """The sender with the address."""
        return f"{self.sender} {self.address}"


class Router:
    """The rules, made ready to be tried on many messages; the first that fits counts."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._tried = [(rule, _pattern(phrases(rule.words))) for rule in rules]

    def fit(self, looked: Looked) -> Rule | None:
        """The first rule that fits; none if none does."""
        if not self._tried:
            return None
        anywhere = f"{looked.subject}\n{looked.who}\n{looked.text}"
        places = {
            RuleField.SUBJECT: looked.subject,
            RuleField.SENDER: looked.who,
            RuleField.TEXT: looked.text,
            RuleField.ANYWHERE: anywhere,
        }
        return next((rule for rule, pattern in self._tried if pattern.search(places[rule.field])), None)


def phrases(words: str) -> tuple[str, ...]:
    """The words and phrases of a rule, each once, their spaces evened."""
    found = (" ".join(each.split()) for each in words.split(","))
    return tuple(dict.fromkeys(each for each in found if each.strip(" *")))


def _pattern(found: Sequence[str]) -> re.Pattern[str]:
    """Whole words, whatever stands between the words of a phrase; one that ends in a star may go on."""
    if not found:
        return _NEVER
    return re.compile("|".join(map(_one, found)), re.IGNORECASE)


def _one(phrase: str) -> str:
    bare = phrase.rstrip(_BEGINNING).rstrip()
    body = r"\s+".join(map(re.escape, bare.split()))
    before = r"(?<!\w)" if bare[0].isalnum() else ""
    after = r"(?!\w)" if bare[-1].isalnum() and not phrase.endswith(_BEGINNING) else ""
    return f"{before}{body}{after}"
