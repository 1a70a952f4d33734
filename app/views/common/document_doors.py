"""What the documents panel needs of the services, handed in by bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Query = Callable[..., Any]
"""A query or command as the services have it: its context first."""


@dataclass(frozen=True, slots=True)
class DocumentDoors:
    """The services behind every documents panel.

    Attributes:
        listed, opened, trail: the documents of a record, one as a file, and where it was put and taken from.
        limits: what the office keeps.
        attach, link_to, unlink: the commands on them.
        find: records of every kind by a text, to link a document to.
    """

    listed: Query
    opened: Query
    trail: Query
    limits: Query
    attach: Query
    link_to: Query
    unlink: Query
    find: Query
