"""Messages as they travel (RFC 5322 and MIME), read by the standard library's parser however broken they are."""

from __future__ import annotations

import email
import email.message
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from app.services.core.errors import UserError
from app.services.documents.recognising import safe_name
from app.services.post_log.mail import headers
from app.services.post_log.mail.charsets import decoded, header_text
from app.services.post_log.mail.dto import Attachment, Message
from app.services.post_log.mail.html import TOO_DEEP, as_text, shallow

Part: TypeAlias = "email.message.Message[str, str]"
MEDIA_TYPE: Final = "message/rfc822"
_NESTED: Final = 8
"""How deep messages in messages are read."""
_KNOWN: Final = (
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "received",
    "mime-version",
    "content-type",
    "return-path",
)
_DAMAGED: Final = "The message is damaged; what could be read of it is shown. The original is kept as it came."
_CHARSET: Final = "It names a character set that it isn't in; look whether every letter is right."
_EMPTY: Final = "There is nothing written in it."


def read_eml(content: bytes, depth: int = 0) -> Message:
    """Read a message.

    Raises:
        UserError: nothing in it looks like an e-mail.
    """
    try:
        parsed = email.message_from_bytes(content, policy=email.policy.compat32)
    except (RecursionError, ValueError, LookupError, AssertionError) as error:
        raise UserError(
            "The message is packed into itself too often to be read.", "Ask the sender to write anew."
        ) from error
    if not any(name in parsed for name in _KNOWN):
        raise UserError("It is not an e-mail: it has none of the lines that one begins with.", "Log it by hand.")
    reader = _Reader(depth)
    reader.read(parsed)
    return reader.message(parsed, content)


class _Reader:
    """Collects what is written in a message and what is attached to it."""

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._texts: list[str] = []
        self._html: list[str] = []
        self._attachments: list[Attachment] = []
        self._remarks: dict[str, None] = {}

    def read(self, parsed: Part) -> None:
        for part in _parts(parsed):
            if part.defects:
                self._remarks[_DAMAGED] = None
            if part.is_multipart() and part.get_content_type() != MEDIA_TYPE:
                continue
            self._take(part)

    def message(self, parsed: Part, content: bytes) -> Message:
        text = "\n\n".join(each for each in self._texts if each).strip()
        whole = "\n".join(self._html)
        source = shallow(whole)
        if source != whole:
            self._remarks[TOO_DEEP] = None
        if not text and source:
            text = as_text(source)
        if not text and not self._attachments:
            self._remarks[_EMPTY] = None
        heads = _heads(parsed)
        message_id = headers.own_id(header_text(heads.one("message-id")))
        sender, where = headers.address(heads.one("from") or heads.one("sender"))
        answer_to = headers.address(heads.one("reply-to"))[1]
        return Message(
            key=headers.key_of(message_id) if message_id else headers.content_key(content),
            message_id=message_id[:400],
            answers=headers.answered(heads.one("in-reply-to"), heads.one("references")),
            sender=sender[:200],
            sender_address=answer_to or where,
            recipients=headers.addresses((*heads.all("to"), *heads.all("cc"))),
            subject=header_text(heads.one("subject")),
            sent_at=headers.moment(heads.one("date")),
            received_at=headers.arrival(heads.all("received")),
            text=text,
            html=source,
            attachments=tuple(self._attachments),
            remarks=tuple(self._remarks),
            media_type=MEDIA_TYPE,
        )

    def _take(self, part: Part) -> None:
        kind = part.get_content_type()
        name = _file_name(part)
        if kind == MEDIA_TYPE:
            self._nested(part, name)
        elif name or part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
            content = _bytes_of(part)
            if content:
                self._attachments.append(Attachment(name or f"attachment.{_ending(kind)}", kind, content))
        else:
            text, right = decoded(_bytes_of(part), part.get_content_charset())
            text = text.replace("\r\n", "\n").replace("\x00", "")
            if not right:
                self._remarks[_CHARSET] = None
            (self._html if kind == "text/html" else self._texts).append(text)

    def _nested(self, part: Part, name: str) -> None:
        inner = part.get_payload()
        found = inner[0] if isinstance(inner, list) and inner else None
        content = _flattened(found) if isinstance(found, email.message.Message) else _bytes_of(part)
        title, text = "", ""
        if self._depth < _NESTED:
            try:
                read = read_eml(content, self._depth + 1)
            except UserError:
                self._remarks[_DAMAGED] = None
            else:
                title = read.subject
                text = "\n".join((read.subject, read.text, *(each.text for each in read.attachments if each.text)))
        safe = safe_name(name or title or "message")
        named = safe if safe.lower().endswith(".eml") else f"{safe}.eml"
        self._attachments.append(Attachment(named, MEDIA_TYPE, content, text))


@dataclass(frozen=True, slots=True)
class _Heads:
    """Headers as they came, by their names in small letters; bytes that aren't ASCII are surrogates."""

    values: dict[str, list[str]]

    def one(self, name: str) -> str:
        return self.values[name][0] if name in self.values else ""

    def all(self, name: str) -> list[str]:
        return self.values.get(name, [])


def _heads(parsed: Part) -> _Heads:
    found: dict[str, list[str]] = {}
    for name, value in parsed.raw_items():
        found.setdefault(name.lower(), []).append(str(value))
    return _Heads(found)


def _parts(parsed: Part) -> Iterator[Part]:
    """Every part, but not those of a message inside it: that one is an attachment."""
    waiting = [parsed]
    while waiting:
        part = waiting.pop()
        yield part
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_type() != MEDIA_TYPE:
            waiting += [each for each in reversed(inner) if isinstance(each, email.message.Message)]


def _bytes_of(part: Part) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError, TypeError):
        found = str(part.get_payload()).encode("utf-8", "replace")
    return found if isinstance(found, bytes) else b""


def _flattened(part: Part) -> bytes:
    try:
        return part.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, KeyError):
        return str(part.get_payload()).encode("utf-8", "replace")


def _file_name(part: Part) -> str:
    if "content-disposition" not in part and "name" not in str(part.get("content-type", "")):
        return ""
    try:
        found = part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        found = "attachment"
    return safe_name(header_text(found)) if found else ""


def _ending(kind: str) -> str:
    return {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "text/html": "html"}.get(kind, "bin")
