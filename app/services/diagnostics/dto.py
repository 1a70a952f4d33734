"""What the doctor finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Health(StrEnum):
    """How something is."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        about: what, in a word or two.
        words: how it is, as a sentence without anybody's name.
        next: what to do; empty where nothing is to be done.
    """

    about: str
    health: Health
    words: str
    next: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was looked at, and when (UTC)."""

    at: datetime
    findings: tuple[Finding, ...]

    @property
    def health(self) -> Health:
        """The worst that was found."""
        return worst(each.health for each in self.findings)


def worst(found: Iterable[Health]) -> Health:
    """The worst of these; of none, that all is well."""
    order = list(Health)
    return max(found, key=order.index, default=Health.OK)
