"""Sending by a provider: what is handed over, what can come of it, and the waits in between. No session, no network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.services.letters.dto import Channel

MOST_TRIES: Final = 8
MOST_LOOKED_UP: Final = 24
"""Tries of a message whose outcome stays unknown: some three days."""
LEASE: Final = timedelta(minutes=5)
"""How long a message that is being sent is left alone: longer than any call takes, so that two desks never send it."""
KEPT_BY_PROVIDER: Final = timedelta(days=6)
"""GOV.UK Notify keeps a message for 7 days unless told otherwise; after that a reference can't be looked up."""
_FIRST_WAIT: Final = timedelta(minutes=1)
_LONGEST_WAIT: Final = timedelta(hours=4)


class Provider(StrEnum):
    """Who takes an e-mail or a text message."""

    NOTIFY = "notify"
    """GOV.UK Notify; a letter is printed and has it for want of another."""
    MAILBOX = "mailbox"
    """One of the office's own mailboxes."""


class OutcomeKind(StrEnum):
    """What came of a call. BUSY: not taken, try later; UNKNOWN: nobody knows, look it up before trying again."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    BUSY = "busy"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of handing a message over, in words for the list of what failed.

    Attributes:
        counts: it was a try of this message, and not of a connection that takes none.
    """

    kind: OutcomeKind
    words: str = ""
    provider_id: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that this run sends and no other.

    Attributes:
        look_up: an earlier call may have got through: ask the provider for the reference first.
        too_late: the provider no longer keeps what was sent then, so it can't be told and isn't sent again.
        turn: which try of it this is.
        file, file_name: what goes with an e-mail, to be downloaded; nothing where nothing does.
    """

    outgoing_id: int
    channel: Channel
    where: str
    subject_line: str
    body: str
    reference: str
    look_up: bool = False
    too_late: bool = False
    turn: int = 0
    file: bytes = b""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class SendingSettings:
    """How the office reaches GOV.UK Notify, the key left out.

    Attributes:
        email_template, text_template: ids of the two templates there, which say ((subject)) and ((message)).
        has_key: a key is kept.
        reply_to: the id of the reply-to address there; empty takes the service's own.
        file_template: id of a third template, which says ((file)) too; empty: no file goes with an e-mail.
    """

    email_template: str = ""
    text_template: str = ""
    reply_to: str = ""
    has_key: bool = False
    file_template: str = ""

    @property
    def takes_files(self) -> bool:
        """Whether a file can go with an e-mail."""
        return bool(self.has_key and self.file_template)


def next_try(tries: int, now: datetime) -> datetime:
    """When a message is tried again: after a minute, then twice as long each time, at most four hours."""
    return now + min(_FIRST_WAIT * (1 << max(0, tries - 1)), _LONGEST_WAIT)


def became(status: str) -> tuple[OutcomeKind | None, str]:
    """What a delivery status of the provider means (None: still under way), and the words for one that failed."""
    if status == "delivered":
        return OutcomeKind.ACCEPTED, ""
    return (OutcomeKind.REFUSED, _FAILURES[status]) if status in _FAILURES else (None, "")


_FAILURES: Final = {
    "permanent-failure": "The address or number doesn't exist, or doesn't take messages. Check it with the tenant.",
    "temporary-failure": "It could not be delivered: the mailbox is full or the telephone was off for days.",
    "technical-failure": "GOV.UK Notify could not send it because of a fault of its own. Try again.",
    "virus-scan-failed": "GOV.UK Notify found a virus in what was attached.",
    "validation-failed": "GOV.UK Notify could not read it.",
}
