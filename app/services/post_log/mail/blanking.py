"""A message without the card numbers in it, where an officer logs it all the same."""

from __future__ import annotations

import email.message
import email.policy
import email.utils
import re
from dataclasses import replace
from typing import Final

from app.services.core.cards import card_numbers
from app.services.documents.recognising import text_of
from app.services.post_log.mail.dto import Attachment, Message, Original
from app.services.post_log.mail.eml import MEDIA_TYPE

_BLANK: Final = "[card number]"
_TOLD: Final = "It held a card number, which was blanked before anything was kept; this is not the message as it came."


def blanked(original: Original, message: Message) -> tuple[Original, Message]:
    """The message with every card number blanked, and an original that says the same; as it came where it holds none.

    Attachments that hold one are left out.
    """
    kept = tuple(each for each in message.attachments if not _holds(each))
    subject, text, source = (_without(each) for each in (message.subject, message.text, message.html))
    if kept == message.attachments and (subject, text, source) == (message.subject, message.text, message.html):
        return original, message
    clean = replace(
        message,
        subject=subject,
        text=text,
        html=source,
        attachments=kept,
        remarks=(*message.remarks, _TOLD),
        media_type=MEDIA_TYPE,
    )
    return Original(original.place, _written(clean)), clean


def _without(text: str) -> str:
    """The text with a blank for each card number, however its digits are grouped."""
    for digits in sorted(set(card_numbers(text)), key=len, reverse=True):
        text = _pattern(digits).sub(_BLANK, text)
    return text


def _pattern(digits: str) -> re.Pattern[str]:
    return re.compile("[ -]?".join(digits))


def _holds(each: Attachment) -> bool:
    written = each.text or (text_of(each.content) if each.media_type.startswith(("text/", "message/")) else "") or ""
    return any(True for text in (each.name, written) for _ in card_numbers(text))


def _written(message: Message) -> bytes:
    """A message that says what is left of the one that came."""
    made = email.message.EmailMessage(policy=email.policy.SMTP)
    made["From"] = email.utils.formataddr((message.sender, message.sender_address))
    made["Subject"] = message.subject
    made["X-Rentbook"] = _TOLD
    if message.message_id:
        made["Message-ID"] = f"<{message.message_id}>"
    if message.sent_at is not None:
        made["Date"] = email.utils.format_datetime(message.sent_at)
    made.set_content(message.text or "")
    if message.html:
        made.add_alternative(message.html, subtype="html")
    for each in message.attachments:
        main, _, sub = each.media_type.partition("/")
        plain = main in {"text", "message", "multipart"} or not sub
        made.add_attachment(
            each.content,
            maintype="application" if plain else main,
            subtype="octet-stream" if plain else sub,
            filename=each.name,
        )
    return made.as_bytes()
