"""Letters of ours that a returned one may be: found by the reference, the addressee and the postcode on the envelope.

Statements of a run have no line of their own in the register: they are found by their accounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, or_, select

from app.models.accounts import Account
from app.models.letters import Outgoing
from app.models.post_log import PostItem
from app.models.properties import Property
from app.models.statements import StatementItem
from app.models.tenancies import Tenancy
from app.models.values import Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.folding import fold, like_pattern
from app.services.letters import posted
from app.services.letters.dto import Channel, OutgoingState
from app.services.letters.gathering import recipients
from app.services.letters.rules import postcode
from app.services.post_log import keeping as post
from app.services.post_log.answering import keeping
from app.services.post_log.answering.dto import Candidate, ReturnForm
from app.services.post_log.answering.rules import postal_address
from app.services.post_log.dto import item_number

_MOST: Final = 20
_MOST_READ: Final = 100
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
    found = [*_letters(ctx, item, text), *_statements(ctx, item, text)]
    closed = access.closed_accounts(ctx) | access.declared_accounts(ctx)
    ranked = [(_score(item, each, of, text), each) for each, of in found if of not in closed]
    ranked.sort(key=lambda each: (-len(each[0]), -each[1].letter_date.toordinal()))
    return [replace(each, found_by=", ".join(why).capitalize()) for why, each in ranked[:_MOST]]


def _letters(ctx: Context, item: PostItem, text: str) -> list[tuple[Candidate, int | None]]:
    """What stands in the register, with its account."""
    places = (Outgoing.addressee, Outgoing.address, Outgoing.reference, Outgoing.title)
    clues: list[ColumnElement[bool]] = []
    if text.strip():
        clues.append(or_(*(place.like(_typed(text), escape="/") for place in places)))
    else:
        clues += [Outgoing.account_id == item.account_id] if item.account_id is not None else []
        clues += [Outgoing.addressee.like(each, escape="/") for each in _surname(item)]
        clues += [Outgoing.address.like(like_pattern(each), escape="/") for each in _code(item)]
        clues += [Outgoing.reference == item.reference] if item.reference else []
    if not clues:
        return []
    went_out = (
        Outgoing.channel == Channel.LETTER.value,
        Outgoing.state == OutgoingState.PRINTED.value,
        Outgoing.subject != Subject.STATEMENT_RUN.value,
        Outgoing.asked_at >= ctx.clock.now() - _BACK,
    )
    rows = ctx.session.scalars(
        select(Outgoing)
        .where(*went_out, or_(*clues))
        .order_by(Outgoing.printed_at.desc(), Outgoing.id.desc())
        .limit(_MOST_READ)
    )
    return [(_letter(row), row.account_id) for row in rows]


def _letter(row: Outgoing) -> Candidate:
    on = post.office_day(row.printed_at) if row.printed_at else row.letter_date
    return Candidate(row.id, row.title, row.addressee, _one_line(row.address.splitlines()), row.reference, on)


def _statements(ctx: Context, item: PostItem, text: str) -> list[tuple[Candidate, int | None]]:
    """The statements that runs sent, with their accounts; they say where letters go now."""
    homes = select(Tenancy.id).join(Property, Property.id == Tenancy.property_id)
    clues: list[ColumnElement[bool]] = []
    if text.strip():
        places = (Property.postcode, Property.address_1)
        at = homes.where(or_(*(place.like(_typed(text), escape="/") for place in places)))
        clues += [Account.tenancy_id.in_(at), Account.name.like(_typed(text), escape="/")]
        clues.append(Account.payment_reference.like(_typed(text), escape="/"))
    else:
        clues += [Account.id == item.account_id] if item.account_id is not None else []
        clues += [Account.name.like(each, escape="/") for each in _surname(item)]
        clues += [Account.tenancy_id.in_(homes.where(Property.postcode == each)) for each in _code(item)]
        clues += [Account.payment_reference == item.reference] if item.reference else []
    if not clues:
        return []
    accounts = StatementItem.account_id.in_(select(Account.id).where(or_(*clues)))
    found = posted.sent_by_runs(ctx, ctx.clock.now() - _BACK, accounts, _MOST_READ)
    to = {each.account_id: each for each in recipients(ctx, sorted({sent.account_id for sent, _ in found}))}
    return [
        (
            Candidate(
                0,
                f"Statement {run.from_on.day} {run.from_on:%b %Y} to {run.to_on.day} {run.to_on:%b %Y}",
                to[sent.account_id].name,
                _one_line(to[sent.account_id].address),
                to[sent.account_id].reference,
                post.office_day(run.ended_at or run.started_at),
                statement_id=sent.id,
            ),
            sent.account_id,
        )
        for sent, run in found
    ]


def _score(item: PostItem, letter: Candidate, account_id: int | None, text: str) -> list[str]:
    """What speaks for a letter, in words."""
    if text.strip():
        return ["what was typed"]
    found = []
    if item.account_id is not None and account_id == item.account_id:
        found.append("account")
    surname = fold(item.sender).split()[-1:]
    if surname and surname[0] in fold(letter.addressee).split():
        found.append("name")
    if any(code in letter.address for code in _code(item)):
        found.append("postcode")
    if item.reference and item.reference == letter.reference:
        found.append("reference")
    return found


def _typed(text: str) -> str:
    """The pattern of what was typed, a postcode as postcodes are kept."""
    return like_pattern(postcode(text) or text.strip()[:60])


def _surname(item: PostItem) -> list[str]:
    """The pattern of the last name on the envelope, if it has one."""
    return [like_pattern(name) for name in item.sender.split()[-1:]]


def _code(item: PostItem) -> Sequence[str]:
    """The postcode on the envelope, if the item has one."""
    return postal_address(item.sender_address)[-1:]


def _one_line(address: Sequence[str]) -> str:
    return ", ".join(address)
