"""Writing an e-mail (RFC 5322 and MIME) by the standard library: pure."""

from __future__ import annotations

import email
import email.message
import email.policy
import email.utils
import re
import secrets
from typing import Final

from app.services.post_log.mail.dto import Message
from app.services.post_log.mail.eml import MEDIA_TYPE
from app.services.post_log.sending.dto import Attached, NewMail

_LONGEST_LINE: Final = 900
"""Message-IDs are never folded or encoded, which the library does to long lines; RFC 5322 2.1.1 allows 998."""
_POLICY: Final = email.policy.SMTP.clone(max_line_length=_LONGEST_LINE)
_ROOM: Final = _LONGEST_LINE - len("References: ")
_RE: Final = re.compile(r"\s*(?:re|aw|sv)\s*:", re.IGNORECASE)
_FORWARD: Final = re.compile(r"\s*fwd?\s*:", re.IGNORECASE)
_PLAIN_ID: Final = re.compile(r"[!-;=?-~]{1,400}")
_LINE_ENDS: Final = re.compile(rb"\r\n|\r|\n")
_LONGEST_SUBJECT: Final = 200
MOST_QUOTED: Final = 40_000
"""Characters of the message that is answered that are quoted under the answer."""


def compose(new: NewMail) -> bytes:
    """The message as it travels, with the line ends of the network."""
    made = email.message.EmailMessage(policy=_POLICY)
    made["From"] = email.utils.formataddr((_one_line(new.sender), new.sender_address))
    made["To"] = new.to
    made["Subject"] = _one_line(new.subject)
    made["Date"] = email.utils.format_datetime(new.written_at)
    made["Message-ID"] = f"<{new.message_id}>"
    if new.answers:
        made["In-Reply-To"] = f"<{new.answers}>"
    if trail := references(new.before, new.answers):
        made["References"] = trail
    made.set_content(new.text, cte="quoted-printable")
    whole: dict[bytes, bytes] = {}
    for each in new.attached:
        if each.media_type == MEDIA_TYPE:
            whole[_stand_in(made, each)] = _LINE_ENDS.sub(b"\r\n", each.content)
        else:
            _attach(made, each)
    content = made.as_bytes()
    for mark, message in whole.items():
        content = content.replace(mark, message)
    return content


def references(before: tuple[str, ...], answers: str) -> str:
    """The conversation for the header: its first message and as many of the last as have room (RFC 5322 3.6.4)."""
    whole = [each for each in dict.fromkeys((*before, answers)) if _PLAIN_ID.fullmatch(each)]
    kept: list[str] = []
    room = _ROOM - (len(whole[0]) + 3 if whole else 0)
    for each in reversed(whole[1:]):
        room -= len(each) + 3
        if room < 0:
            break
        kept.append(each)
    return " ".join(f"<{each}>" for each in (*whole[:1], *reversed(kept)))


def plain_id(message_id: str) -> str:
    """A Message-ID if it can be named in a header as it is; else nothing."""
    return message_id if _PLAIN_ID.fullmatch(message_id) else ""


def reply_subject(subject: str) -> str:
    """`Re: ` before the subject, once."""
    bare = _one_line(subject)
    return (bare if _RE.match(bare) else f"Re: {bare}")[:_LONGEST_SUBJECT]


def forward_subject(subject: str) -> str:
    """`Fwd: ` before the subject, once."""
    bare = _one_line(subject)
    return (bare if _FORWARD.match(bare) else f"Fwd: {bare}")[:_LONGEST_SUBJECT]


def with_quote(text: str, message: Message) -> str:
    """The answer over what it answers, each line of that marked."""
    when = f"On {message.sent_at.astimezone():%d %B %Y at %H:%M}, " if message.sent_at else ""
    lines = message.text[:MOST_QUOTED].splitlines()
    quote = "\n".join(f"> {line}".rstrip() for line in lines)
    return f"{text.rstrip()}\n\n{when}{message.sender or message.sender_address} wrote:\n{quote}\n"


def _attach(made: email.message.EmailMessage, each: Attached) -> None:
    main, _, sub = each.media_type.partition("/")
    plain = main in {"text", "message", "multipart"} or not sub
    made.add_attachment(
        each.content,
        maintype="application" if plain else main,
        subtype="octet-stream" if plain else sub,
        filename=each.name,
    )


def _stand_in(made: email.message.EmailMessage, each: Attached) -> bytes:
    """Keep the place of a message as it came, which is put there byte for byte: written anew, a broken one would be another."""
    mark = f"rentbook-{secrets.token_hex(16)}"
    part = email.message.EmailMessage(policy=_POLICY)
    part["Content-Type"] = MEDIA_TYPE
    part["Content-Transfer-Encoding"] = "7bit" if each.content.isascii() else "8bit"
    part.add_header("Content-Disposition", "attachment", filename=each.name)
    part.set_payload(mark)
    if made.get_content_maintype() != "multipart":
        made.make_mixed()
    made.attach(part)
    return mark.encode()


def _one_line(text: str) -> str:
    return " ".join(text.split())
