"""What drivers say, turned into sentences where an officer can do something about it."""

from __future__ import annotations

from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from app.services.core.errors import ChangedMeanwhile, UserError
from app.services.core.reach import OutOfReach, refuse_unreachable, unreachable

_RETRY_WORDS: Final = (
    "database is locked",
    "database table is locked",
    "deadlock victim",
    "(1205)",
    "lock request time out",
    "modified by a ddl statement",
)
_OTHER_SCHEMA: Final = (
    "no such column",
    "no such table",
    "invalid column name",
    "invalid object name",
    "modified by a ddl statement",
)
"""What is said of a table or column that the database has not, or that changed while it was read, as where it is upgraded."""


def tells_of_other_schema(error: Exception) -> bool:
    """Whether a table or a column is missing."""
    text = str(getattr(error, "orig", error)).lower()
    return any(words in text for words in _OTHER_SCHEMA)


def is_lost(error: Exception) -> bool:
    """Whether the connection was lost."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def is_lock(error: Exception) -> bool:
    """Whether somebody else was in the way, so that it can be done again."""
    text = str(error).lower()
    return any(word in text for word in _RETRY_WORDS)


def raise_for_officer(error: Exception) -> None:
    """Raise what the database says as a sentence; nothing where an officer can do nothing about it.

    Raises:
        UserError: the sentence.
    """
    if isinstance(error, StaleDataError):
        raise ChangedMeanwhile(
            "Somebody else changed this record while you had it open; nothing was saved.",
            "Look at what they changed, then make your change again.",
        ) from error
    text = f"{error} {getattr(getattr(error, 'orig', error), 'sqlite_errorname', '')}".lower()
    if is_lock(error):
        raise OutOfReach(
            "The database is busy with somebody else's work; nothing was saved.", "Wait a moment and do it again."
        ) from error
    if is_lost(error):
        raise unreachable() from error
    refuse_unreachable(str(getattr(error, "orig", error)).lower())
    for words, message, hint in _SENTENCES:
        if any(word in text for word in words):
            raise UserError(message, hint) from error


def half_a_character() -> UserError:
    """What no database keeps: half of an emoji, left where a field cut what was pasted."""
    return UserError(
        "A character in what was typed or pasted is only half there; nothing was saved.",
        "Delete the last character, or the one that is shown as a box, and do it again.",
    )


UNKNOWN: Final = "The connection was lost while this was saved, and it isn't known whether it was."

_SENTENCES: Final[tuple[tuple[tuple[str, ...], str, str], ...]] = (
    (
        ("permission was denied", "permission denied in database", "(229)"),
        "Your login on the server may not do this, so nothing was saved.",
        "Ask the administrator for the role of your work (rentbook db grants).",
    ),
    (
        ("needs the approval of another officer",),
        "The database lets this be posted only once another officer has approved it; nothing was posted.",
        "Ask for approval where it was entered. Where it was approved, somebody else posts it than asked for it.",
    ),
    (
        ("this login is not of that officer",),
        "You signed in to the server with another officer's login, so nothing was saved.",
        "Sign in to this computer as yourself, or ask the administrator whose login it is (rentbook db grants).",
    ),
    (
        (
            "by a request of another officer",
            "approved by another officer first",
            "stays as it was approved",
            "another officer approves what was asked for",
            "a decided request is not",
        ),
        "The database keeps this to what another officer asked for, so nothing was saved.",
        "Ask for it where it is changed; another officer approves it.",
    ),
    (
        ("who is in the role rentbook_loader",),
        "Your login may not load a landlord's history, so nothing was loaded.",
        "The owner of the database puts you in the role rentbook_loader for as long as you load.",
    ),
    (
        ("filegroup is full", "transaction log for database", "(9002)", "(1105)"),
        "The disk of the server is full; nothing was saved.",
        "Tell the server's administrator; what you typed is kept here.",
    ),
    (
        ("because the database is read-only", "(3906)"),
        "The database on the server may only be read just now, so nothing was saved.",
        "Ask the server's administrator why.",
    ),
    (
        ("database or disk is full", "sqlite_ioerr_shmsize"),
        "The disk is full; nothing was saved.",
        "Make room on the disk that holds the database, then do it again.",
    ),
    (
        ("sqlite_ioerr_read", "sqlite_ioerr_short_read", "sqlite_ioerr_corruptfs", "sqlite_ioerr_data"),
        "The database file can't be read from its disk.",
        "The disk may be failing, or not connected any more: look at it, and keep a backup ready (rentbook db backups).",
    ),
    (
        ("disk i/o error",),
        "The disk that holds the database doesn't take what is written to it; nothing was saved.",
        "It may be full for you, failing, or not connected any more: look at it, then do it again.",
    ),
    (
        ("readonly database", "read-only"),
        "The database file may only be read, so nothing was saved.",
        "Ask for write permission on the file and its folder, or open a copy.",
    ),
    (
        ("file is not a database", "database disk image is malformed"),
        "The database file is damaged or is not a Rentbook database.",
        "Restore the last backup (rentbook db restore FILE), and keep the damaged file.",
    ),
)
