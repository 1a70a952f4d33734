"""What windows tell and hear, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.models.values import DeskEnding
from app.services.core.changes import Changes

EXPIRES: Final = timedelta(minutes=2)
"""A window that said nothing for so long is gone, as after a power cut."""
GRACE: Final = timedelta(minutes=2)
"""What a desk is left with from being asked to sign out."""
LOST: Final = "Lost"
"""How a desk ended at which the program, the computer or the network stopped."""
KEPT: Final = timedelta(days=30)
"""How long it is kept who was here; the sign-in log keeps it for good."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a window says of itself.

    Attributes:
        window: by a number of its own, another each time somebody signs in.
        page: the page that is shown.
        leaving: why it says so for the last time; None while somebody sits there.
    """

    window: str
    computer: str
    program: str
    page: str
    leaving: DeskEnding | None = None


@dataclass(frozen=True, slots=True)
class Announced:
    """Maintenance that was announced or has begun; moments are the database's.

    Attributes:
        stays: whoever asks may go on working.
    """

    begins_at: datetime
    by: str
    words: str
    stays: bool


@dataclass(frozen=True, slots=True)
class AskedOut:
    """A request to sign out, by whom, and the moment at which it is done for the officer."""

    by: str
    words: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """What a window is answered.

    Attributes:
        moment: now, by the database's clock.
        clock: what is amiss with the computer's clock; empty where nothing is.
    """

    moment: datetime
    maintenance: Announced | None
    asked: AskedOut | None
    clock: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """An officer at a desk, or who was.

    Attributes:
        how: how it stands, in words, such as how it ended.
        here: nobody knows yet that they have left.
    """

    session_id: int
    officer: str
    computer: str
    program: str
    page: str
    since: datetime
    seen_at: datetime
    how: str
    here: bool


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """Who is here, and the maintenance that is announced or on; `moment` is now, by the database's clock."""

    rows: tuple[SessionRow, ...]
    maintenance: Announced | None
    moment: datetime


@dataclass(frozen=True, slots=True)
class SignOutAsked:
    """A desk that was asked to sign out: a sentence about it."""

    told: str
    changes: Changes
