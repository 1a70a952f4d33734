"""Looking at e-mails that are kept."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from app.models.documents import Document, DocumentLink
from app.models.post_log import PostMessage
from app.models.values import Subject
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.post_log import keeping
from app.services.post_log.mail import html
from app.services.post_log.mail.dto import Message, Original, ShownAttachment, ShownMessage
from app.services.post_log.mail.reading import read

_MOST_SHOWN: Final = 120_000
"""Letters of a correspondence that a window lays out without standing still."""
_LONGEST_SUBJECT: Final = 400
_SOURCE: Final = 10
"""So many times as long may HTML be before what isn't shown is taken out of it."""
_LONG: Final = (
    "It is long: what is shown is plain text, up to a point. The original, among the documents, has all of it."
)
_NOT_KEPT: Final = "Only in the original: files of this kind are not kept on their own."


def shown(ctx: Context, item_id: int) -> tuple[ShownMessage, ...]:
    """The e-mails of an item, the newest first, read anew from their originals; none where it came by another way.

    Raises:
        UserError: the item's account is restricted and not the officer's to open.
    """
    keeping.open_item(ctx, item_id)
    links = _links(ctx, item_id)
    rows = ctx.session.execute(
        select(PostMessage.id, PostMessage.document_sha256, Document.content)
        .join(Document, Document.sha256 == PostMessage.document_sha256)
        .where(PostMessage.item_id == item_id)
        .order_by(PostMessage.sent_at.desc(), PostMessage.id.desc())
    )
    made, room = [], _MOST_SHOWN
    for number, sha256, content in rows:
        made.append(_shown(number, sha256, content, links, room))
        room = max(0, room - len(made[-1].html) - len(made[-1].text))
    return tuple(made)


def _links(ctx: Context, item_id: int) -> dict[str, int]:
    """The documents of an item: the link of each file name, the latest where a name came twice."""
    found = select(DocumentLink.file_name, DocumentLink.id).where(
        DocumentLink.subject == Subject.POST_ITEM.value,
        DocumentLink.subject_id == item_id,
        DocumentLink.unlinked_at.is_(None),
    )
    return dict(ctx.session.execute(found.order_by(DocumentLink.id)).all())


def _shown(number: int, sha256: str, content: bytes, links: dict[str, int], room: int) -> ShownMessage:
    try:
        message = read(Original(sha256, content))
    except UserError as error:
        message = Message(sha256, "", (), "", "", (), "", None, None, "", "", (), (str(error),), "")
    attachments = tuple(
        ShownAttachment(each.name, len(each.content), links.get(each.name), "" if each.name in links else _NOT_KEPT)
        for each in message.attachments
    )
    text, source = message.text, html.safe(message.html[: _SOURCE * _MOST_SHOWN]) if message.html else ""
    long = max(len(text), len(source)) > room
    if long:
        text, source = text[:room].strip(), ""
    return ShownMessage(
        number,
        message.subject[:_LONGEST_SUBJECT],
        message.sender,
        message.sender_address,
        message.recipients,
        message.sent_at,
        html.parted(text),
        source,
        html.left_out(message.html),
        attachments,
        (*message.remarks, _LONG) if long else message.remarks,
    )
