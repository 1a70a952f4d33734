"""A message from its bytes, as it may be kept: whole, no larger than the office keeps, and without a card number."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from app.services.core.cards import card_numbers
from app.services.core.errors import UserError
from app.services.core.logs import LOG
from app.services.documents.recognising import text_of
from app.services.post_log.mail.dto import Left, Message, Original, Why
from app.services.post_log.mail.eml import read_eml
from app.services.post_log.mail.msg import OLE, read_msg

ENDINGS: Final = frozenset({".eml", ".msg"})
_MB: Final = 1_000_000
_PACKED: Final = 1.45
"""How much larger than its attachments a message may be: they travel in base64, 4 bytes for 3, with line ends."""
_WRITTEN: Final = ("text/", "message/")


def read(original: Original) -> Message:
    """Read a message, whichever form it has; its name is believed in nothing but in what it claims to be.

    Raises:
        UserError: it is no message.
    """
    if not original.content.strip():
        raise UserError("The file is empty.", "Save it again.")
    try:
        if original.content.startswith(OLE) or original.place.lower().endswith(".msg"):
            return read_msg(original.content)
        return read_eml(original.content)
    except UserError:
        raise
    except Exception as error:  # whatever a stranger sends, the messages that come after it are fetched
        LOG.warning("A message of %d bytes can't be read", len(original.content), exc_info=True)
        raise UserError(
            "It is made in a way that can't be read; nothing of it was saved.", "Open it elsewhere, and log it by hand."
        ) from error


def too_large_by_size(place: str, size: int, largest_bytes: int) -> Left | None:
    """What is said of a message that is larger than any with attachments that are kept; it isn't even read."""
    if size <= largest_bytes * _PACKED:
        return None
    return Left(place, Why.LARGE, _large("The message", size, largest_bytes), _SMALLER)


def refused(original: Original, message: Message, largest_bytes: int, ours: Container[str]) -> Left | None:
    """Why a message may not be kept; none if it may.

    Args:
        original: as it came.
        message: as it was read.
        largest_bytes: the most that an attachment may have.
        ours: payment references, digits alone, that only look like the number of a card.
    """
    for each in message.attachments:
        if len(each.content) > largest_bytes:
            return Left(original.place, Why.LARGE, _large(each.name, len(each.content), largest_bytes), _SMALLER)
    for where, text in _texts(message):
        for digits in card_numbers(text):
            if digits not in ours:
                return Left(
                    original.place,
                    Why.CARD,
                    f"{where} what looks like a card number, ending {digits[-4:]}; nothing of it was saved.",
                    "Ask the sender never to send one. Log it with the number blanked, or delete the message.",
                )
    return None


def card_candidates(message: Message) -> set[str]:
    """Every number in a message that could be a card's, to be looked for among our payment references."""
    return {digits for _, text in _texts(message) for digits in card_numbers(text)}


def _texts(message: Message) -> list[tuple[str, str]]:
    """What is written in a message, with how its place is told."""
    found = [("It holds", each) for each in (message.text, message.html)]
    found += [("Its heading holds", f"{message.subject}\n{message.sender}\n{message.sender_address}")]
    for each in message.attachments:
        found.append((f"The name of {each.name} holds", each.name))
        if each.text:
            found.append((f"{each.name} holds", each.text))
        elif each.media_type.startswith(_WRITTEN):
            found.append((f"{each.name} holds", text_of(each.content) or ""))
    return found


def _large(what: str, size: int, largest_bytes: int) -> str:
    return f"{what} is {size / _MB:,.0f} MB, and attachments of at most {largest_bytes // _MB} MB are kept."


_SMALLER: Final = "Ask the sender to send it in parts, or to put it where it can be fetched."
