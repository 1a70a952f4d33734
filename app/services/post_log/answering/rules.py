"""How a sender is answered: in which channel, at which address, from which template. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.models.values import FormatNeed, PostChannel, PostState
from app.services.core.folding import fold
from app.services.letters.dto import Channel
from app.services.letters.rules import postcode, tidy_address

ACKNOWLEDGEMENT: Final = "post_acknowledgement"
ANSWER: Final = "post_reply"
_SUFFIXES: Final = {Channel.LETTER: "", Channel.EMAIL: "_email", Channel.TEXT: "_text"}
_WAYS: Final = {
    PostChannel.EMAIL: (Channel.EMAIL, Channel.LETTER),
    PostChannel.TELEPHONE: (Channel.TEXT, Channel.LETTER, Channel.EMAIL),
}
_LETTER_FIRST: Final = (Channel.LETTER, Channel.EMAIL, Channel.TEXT)
THINGS: Final[Mapping[PostChannel, str]] = {
    PostChannel.LETTER: "letter",
    PostChannel.HAND_DELIVERY: "letter",
    PostChannel.EMAIL: "e-mail",
    PostChannel.TELEPHONE: "telephone call",
    PostChannel.VISIT: "visit",
    PostChannel.VALUABLES: "letter",
    PostChannel.RETURNED: "letter",
}
"""What somebody sent or did, as an answer calls it: `Thank you for your letter`."""
STATES: Final[Mapping[PostState, str]] = {
    PostState.OPEN: "open",
    PostState.CLOSED: "closed",
    PostState.JUNK: "junk",
    PostState.DUPLICATE: "a copy of another",
    PostState.FORWARDED: "forwarded to somebody else",
}
NEEDS: Final[Mapping[FormatNeed, str]] = {
    FormatNeed.LARGE_PRINT: "large print",
    FormatNeed.BRAILLE: "braille",
    FormatNeed.AUDIO: "audio",
    FormatNeed.EASY_READ: "easy read",
    FormatNeed.TEXT_ONLY: "plain text",
}


def ways_of(channel: PostChannel) -> tuple[Channel, ...]:
    """The channels that answer what came by one, the one that suits best first."""
    return _WAYS.get(channel, _LETTER_FIRST)


def template_keys(key: str, channel: Channel, otherwise: str = ACKNOWLEDGEMENT) -> tuple[str, ...]:
    """Where the wording is looked for: the template's own form for the channel, then the office's usual one."""
    suffix = _SUFFIXES[channel]
    return tuple(dict.fromkeys((f"{key}{suffix}", f"{otherwise}{suffix}")))


def postal_address(text: str) -> tuple[str, ...]:
    """The lines of a postal address, the postcode last; empty where the text is none, such as a telephone number.

    An address typed in one line is parted at its commas.
    """
    lines = text.splitlines() if "\n" in text.strip() else text.split(",")
    tidied = tidy_address(lines)
    return tidied if len(tidied) > 1 and postcode(tidied[-1]) else ()


def is_theirs(sender: str, name: str) -> bool:
    """Whether a sender is one of those that an account's name names: the surname and, where they gave one, a forename's initial.

    `Ms Maria Testerton`, `M Testerton` and `Testerton` are theirs on the account of `Mx Maria Testerton`; `J Testerton` isn't.
    """
    sent = [word for word in fold(sender).replace(".", " ").split() if word not in _TITLES]
    held = [word for word in fold(name).replace(".", " ").split() if word not in _TITLES]
    if not sent:
        return True
    if sent[-1] not in held:
        return False
    initials = {word[0] for word in held if word != sent[-1]}
    return len(sent) == 1 or not initials or sent[0][0] in initials


_TITLES: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "rev", "sir", "dame", "lady", "lord", "prof", "and", "&"}
)
