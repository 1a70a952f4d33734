"""Letters of ours that a returned one may be: found by the reference, the addressee and the postcode on the envelope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, or_, select

from app.models.letters import Outgoing
from app.models.post_log import PostItem
from app.services.core import access
from app.services.core.context import Context
from app.services.core.folding import fold, like_pattern
from app.services.letters.dto import Channel, OutgoingState
from app.services.letters.rules import postcode
from app.services.post_log import keeping as post
from app.services.post_log.answering import keeping
from app.services.post_log.answering.dto import Candidate, ReturnForm
from app.services.post_log.answering.rules import postal_address
from app.services.post_log.dto import item_number

_MOST: Final = 20
_BACK: Final = timedelta(days=180)
"""How far back a returned letter is looked for."""


def return_form(ctx: Context, item_id: int, text: str = "") -> ReturnForm:
    """A returned letter with the letters that went out that it may be, the likeliest first.

    Args:
        ctx: the context.
        item_id: what the post brought back.
        text: words of the envelope to look for instead: a name, a postcode or a reference.

    Raises:
        UserError: there is no such item, it isn't open, or its account is not the officer's to work on.
    """
    item = keeping.open_one(ctx, item_id)
    return ReturnForm(
        item.id,
        item_number(item.year, item.number),
        item.version,
        item.sender,
        item.subject_line,
        item.received_on,
        tuple(_candidates(ctx, item, text)),
    )


def _candidates(ctx: Context, item: PostItem, text: str) -> list[Candidate]:
    closed = access.closed_accounts(ctx) | access.declared_accounts(ctx)
    clues = _typed(text) if text.strip() else _clues(item)
    if not clues:
        return []
    went_out = (
        Outgoing.channel == Channel.LETTER.value,
        Outgoing.state == OutgoingState.PRINTED.value,
        Outgoing.asked_at >= ctx.clock.now() - _BACK,
    )
    rows = ctx.session.scalars(
        select(Outgoing)
        .where(*went_out, or_(*(where for _, where in clues)))
        .order_by(Outgoing.printed_at.desc(), Outgoing.id.desc())
        .limit(_MOST * 5)
    ).all()
    ranked = [(_score(item, row, text), row) for row in rows if row.account_id not in closed]
    ranked.sort(key=lambda each: -len(each[0]))
    return [
        Candidate(
            row.id,
            row.title,
            row.addressee,
            ", ".join(row.address.splitlines()),
            row.reference,
            post.office_day(row.printed_at) if row.printed_at else row.letter_date,
            ", ".join(found).capitalize(),
        )
        for found, row in ranked[:_MOST]
    ]


def _clues(item: PostItem) -> list[tuple[str, ColumnElement[bool]]]:
    """What the item tells of the letter: its account, the name, the postcode, a payment reference."""
    found: list[tuple[str, ColumnElement[bool]]] = []
    if item.account_id is not None:
        found.append(("account", Outgoing.account_id == item.account_id))
    name = item.sender.split()
    if name:
        found.append(("name", Outgoing.addressee.like(like_pattern(name[-1]), escape="/")))
    if code := _code(item):
        found.append(("postcode", Outgoing.address.like(like_pattern(code), escape="/")))
    if item.reference:
        found.append(("reference", Outgoing.reference == item.reference))
    return found


def _typed(text: str) -> list[tuple[str, ColumnElement[bool]]]:
    code = postcode(text)
    places = (Outgoing.addressee, Outgoing.address, Outgoing.reference, Outgoing.title)
    pattern = like_pattern(code or text.strip()[:60])
    return [("words", or_(*(place.like(pattern, escape="/") for place in places)))]


def _score(item: PostItem, row: Outgoing, text: str) -> list[str]:
    """What speaks for a letter, in words."""
    if text.strip():
        return ["what was typed"]
    found = []
    if item.account_id is not None and row.account_id == item.account_id:
        found.append("account")
    surname = fold(item.sender).split()[-1:]
    if surname and surname[0] in fold(row.addressee).split():
        found.append("name")
    if (code := _code(item)) and code in row.address:
        found.append("postcode")
    if item.reference and item.reference == row.reference:
        found.append("reference")
    return found


def _code(item: PostItem) -> str:
    """The postcode on the envelope, if the item has one."""
    lines: Sequence[str] = postal_address(item.sender_address)
    return lines[-1] if lines else ""
