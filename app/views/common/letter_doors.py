"""The services behind writing a letter, handed in by the wiring, so that any page may offer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Query = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class LetterDoors:
    """Each with its context first.

    Attributes:
        usable: the templates in use.
        preview: a wording as it would reach an account.
        write: makes a letter and queues it.
        find: looks for accounts, for the page that begins without one.
    """

    usable: Query
    preview: Query
    write: Query
    find: Query
