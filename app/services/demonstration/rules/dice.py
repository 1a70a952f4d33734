"""Chance that falls the same every time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Throws that depend on nothing but the words they are seeded with, on any machine and Python version."""

    def __init__(self, *seed: object) -> None:
        self._throw = random.Random("/".join(map(str, seed))).random

    def below(self, limit: int) -> int:
        """A whole number from 0 to just below `limit`."""
        return int(self._throw() * limit)

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included."""
        return least + int(self._throw() * (most - least + 1))

    def chance(self, per_thousand: int) -> bool:
        """True so many times in a thousand."""
        return self._throw() * 1000 < per_thousand

    def pick(self, choices: Sequence[T]) -> T:
        """One of them, all alike likely."""
        return choices[int(self._throw() * len(choices))]

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """One of them, as likely as its weight."""
        left = self._throw() * sum(weight for _, weight in choices)
        for choice, weight in choices:
            left -= weight
            if left < 0:
                return choice
        return choices[-1][0]
