"""What a mailbox's server is, whichever way it is reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.services.post_log.mail.dto import Left, Original


class ServerGoneError(Exception):
    """The connection was lost, or the server can't be reached now: the words say which. What was stored stays stored."""


class ServerRefusedError(Exception):
    """The server doesn't let us in or doesn't have the folder: the words say what to change."""


class MessageRefusedError(ServerRefusedError):
    """The server doesn't take this one message, and won't later: the words say why."""


@dataclass(frozen=True, slots=True)
class Step:
    """Some messages that are new in a mailbox, and how far it has come once they are stored."""

    originals: Sequence[Original | Left]
    validity: int | None = None
    next_uid: int | None = None
    delta: str | None = None


class Server(Protocol):
    """An open connection to a mailbox.

    Every call raises ServerGoneError or ServerRefusedError where the server fails.
    """

    @property
    def same(self) -> bool:
        """Whether the places that were noted last time still mean what they did."""
        ...

    def expected(self) -> int:
        """How many messages are new, as far as the server says."""
        ...

    def steps(self) -> Iterator[Step]:
        """What is new, some at a time; nothing is marked as read by being fetched."""
        ...

    def one(self, place: str) -> Original | Left:
        """One message by its place."""
        ...

    def mark(self, places: Sequence[str]) -> None:
        """Mark messages as read."""
        ...

    def close(self) -> None:
        """End the connection, however it stands."""
        ...
