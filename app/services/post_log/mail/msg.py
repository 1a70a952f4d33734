"""Messages as Outlook saves them (.msg), read by `python-oxmsg`."""

from __future__ import annotations

from typing import Any, Final

from app.services.core.errors import UserError
from app.services.documents.recognising import safe_name
from app.services.post_log.mail import headers
from app.services.post_log.mail.charsets import decoded, header_text
from app.services.post_log.mail.dto import Attachment, Message
from app.services.post_log.mail.html import TOO_DEEP, as_text, shallow

MEDIA_TYPE: Final = "application/vnd.ms-outlook"
OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_NESTED: Final = 8
_EMBEDDED: Final = "__substg1.0_3701000D"
_HTML, _BODY, _RTF = 0x1013, 0x1000, 0x1009
_NAME, _LONG_NAME, _SHOWN_NAME = 0x3704, 0x3707, 0x3001
_SENDER, _SENDER_SMTP, _SENDER_EMAIL, _ID, _REFERENCES, _ANSWERS = 0x0C1A, 0x5D01, 0x0C1F, 0x1035, 0x1039, 0x1042
_DELIVERED: Final = 0x0E06
_SUBJECT: Final = 0x0037
_INNER_HEAD: Final = 24
"""Bytes before the properties of a message in a message; those of the outermost have eight more (MS-OXMSG 2.4)."""
_NOT_ONE: Final = "Its name says Outlook message, but it is not one, or it is damaged."


def read_msg(content: bytes, depth: int = 0) -> Message:
    """Read a message that Outlook saved.

    Raises:
        UserError: it is no such file, or damaged beyond reading.
    """
    from oxmsg import Message as Outlook

    if not content.startswith(OLE):
        raise UserError(_NOT_ONE, "Save it again in Outlook, or save it there as .eml.")
    try:
        return _message(Outlook.load(content), content, depth)
    except UserError:
        raise
    except Exception as error:  # a damaged file fails in a way of its own at every byte
        raise UserError(_NOT_ONE, "Save it again in Outlook, or save it there as .eml.") from error


def _message(found: Any, content: bytes, depth: int) -> Message:
    props = found.properties
    heads = found._message_headers  # noqa: SLF001  by name in any case, which the public mapping is not
    remarks: dict[str, None] = {}
    whole = _html(props)
    source = shallow(whole)
    if source != whole:
        remarks[TOO_DEEP] = None
    text = (
        (_text(props, _BODY) or (as_text(source) if source else "")).replace("\r\n", "\n").replace("\x00", "").strip()
    )
    if not text and not source and props.binary_prop_value(_RTF):
        remarks["What is written in it is kept in a form of Outlook's own; open the original to read it."] = None
    message_id = headers.own_id(_text(props, _ID) or header_text(heads["message-id"] or ""))
    sender, where = _sender(props, heads)
    shown = found.recipients
    return Message(
        key=headers.key_of(message_id) if message_id else headers.content_key(content),
        message_id=message_id[:400],
        answers=headers.answered(
            _text(props, _ANSWERS) or str(heads["in-reply-to"] or ""),
            _text(props, _REFERENCES) or str(heads["references"] or ""),
        ),
        sender=sender[:200],
        sender_address=where,
        recipients=tuple(dict.fromkeys(each.email_address for each in shown if each.email_address)),
        subject=header_text(found.subject),
        sent_at=found.sent_date,
        received_at=props.date_prop_value(_DELIVERED),
        text=text,
        html=source,
        attachments=tuple(_attachments(found, depth, remarks)),
        remarks=tuple(remarks),
        media_type=MEDIA_TYPE,
    )


def _html(props: Any) -> str:
    raw = props.binary_prop_value(_HTML)
    if raw:
        try:
            charset = props.body_encoding
        except Exception:  # noqa: BLE001  code pages that no codec is known for
            charset = None
        return decoded(raw.rstrip(b"\x00"), charset)[0]
    return _text(props, _HTML)


def _text(props: Any, pid: int) -> str:
    return props.str_prop_value(pid) or ""


def _sender(props: Any, heads: Any) -> tuple[str, str]:
    if heads["from"]:
        return headers.address(heads["from"])
    where = next((each for each in (_text(props, _SENDER_SMTP), _text(props, _SENDER_EMAIL)) if "@" in each), "")
    return header_text(_text(props, _SENDER)) or where, where


def _attachments(found: Any, depth: int, remarks: dict[str, None]) -> list[Attachment]:
    """Files and messages in it; what is only a link to a file elsewhere is told of."""
    made: list[Attachment] = []
    for each in found.attachments:
        props = each.properties
        name = safe_name(header_text(_text(props, _LONG_NAME) or _text(props, _NAME) or _text(props, _SHOWN_NAME)))
        inner = next((part for part in each._storage.storages if part.name == _EMBEDDED), None)  # noqa: SLF001
        if inner is not None:
            made.append(_nested(inner, name, depth))
        elif each.file_bytes:
            made.append(Attachment(name, each.mime_type or "application/octet-stream", each.file_bytes))
        else:
            remarks[f"{name} is not in the message: there is only a link to it, or it is empty."] = None
    return made


def _nested(storage: Any, name: str, depth: int) -> Attachment:
    """A message in a message, kept as the text of it: Outlook's own form stands in the original only."""
    from oxmsg import Message as Outlook
    from oxmsg.properties import Properties

    inner = Outlook(storage)
    props = Properties(storage, properties_header_offset=_INNER_HEAD)
    title = header_text(_text(props, _SUBJECT))
    sender = header_text(_text(props, _SENDER))
    texts = [_text(props, _BODY) or as_text(shallow(_html(props)))]
    if depth < _NESTED:
        texts += [each.text for each in _attachments(inner, depth + 1, {}) if each.text]
    head = [f"{word}: {value}" for word, value in (("From", sender), ("Subject", title)) if value]
    text = "\n".join((*head, "", *texts)).strip()
    return Attachment(f"{safe_name(title or name)}.txt", "text/plain", f"{text}\n".encode(), text)
