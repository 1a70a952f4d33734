"""What a command changed, for the pages that show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The areas and accounts that a command touched; no accounts named means any of the areas' accounts."""

    areas: frozenset[str]
    account_ids: frozenset[int] = frozenset()
