"""Headers of an e-mail: who, when, and which messages it belongs to."""

from __future__ import annotations

import email.utils
import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from app.services.post_log.mail.charsets import header_text

_ID: Final = re.compile(r"<([^<>\s]{1,400})>")
_EARLIEST: Final = 1980
_MOST_ANSWERED: Final = 50


def message_ids(*values: str) -> tuple[str, ...]:
    """The Message-IDs that stand in some headers, without brackets, each once, in order."""
    return tuple(dict.fromkeys(each for value in values for each in _ID.findall(value)))


def own_id(value: str) -> str:
    """The Message-ID of a header; some programs write it without brackets."""
    found = message_ids(value)
    return found[0] if found else "".join(value.split())[:400]


def key_of(message_id: str) -> str:
    """By which a message is known: SHA-256 of its Message-ID."""
    return hashlib.sha256(f"id:{message_id}".encode("utf-8", "replace")).hexdigest()


def content_key(content: bytes) -> str:
    """By which a message without a Message-ID is known: SHA-256 of its bytes, line ends made the same."""
    return hashlib.sha256(b"content:" + content.replace(b"\r\n", b"\n")).hexdigest()


def answered(in_reply_to: str, references: str) -> tuple[str, ...]:
    """Keys of the messages that a message answers, the nearest first."""
    before = message_ids(references)[-_MOST_ANSWERED:]
    nearest = dict.fromkeys((*message_ids(in_reply_to), *reversed(before)))
    return tuple(map(key_of, nearest))


def address(value: str) -> tuple[str, str]:
    """The name and the address of the first person in a header; the address stands for a missing name."""
    found = [(header_text(name), _bare(where)) for name, where in _parsed([value]) if name or where]
    named = next(((name, where) for name, where in found if "@" in where), found[0] if found else ("", ""))
    if not named[1] and not named[0]:
        return header_text(value), ""
    return named[0] or named[1], named[1] if "@" in named[1] else ""


def addresses(values: Iterable[str]) -> tuple[str, ...]:
    """Every address in some headers, each once."""
    return tuple(dict.fromkeys(_bare(where) for _, where in _parsed(values) if "@" in where))


def moment(value: str) -> datetime | None:
    """The moment in a date header; none where it can't be read or can't be meant."""
    if not value:
        return None
    try:
        found = email.utils.parsedate_to_datetime(value)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return found if found.year >= _EARLIEST else None


def arrival(values: Iterable[str]) -> datetime | None:
    """When the first server to take the message for us did, by the uppermost line of its trail (RFC 5321 4.4)."""
    first = next(iter(values), None)
    return None if first is None else moment(first.rpartition(";")[2])


def _parsed(values: Iterable[str]) -> list[tuple[str, str]]:
    """Names and addresses as they stand; none of a header that opens brackets or groups without end."""
    try:
        return email.utils.getaddresses(list(values))
    except RecursionError:
        return []


def _bare(where: str) -> str:
    return header_text(where).replace(" ", "")[:254]
