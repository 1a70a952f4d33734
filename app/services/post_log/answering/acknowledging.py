"""Acknowledgements as they would be: which template, which channel, to whom, and what speaks against each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.models.post_log import PostCategory, PostItem
from app.models.values import PostState
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.statement.dto import short_date
from app.services.letters import templates
from app.services.letters.dto import Channel, TemplateRow
from app.services.post_log.answering.dto import Draft
from app.services.post_log.answering.recipients import Sender, senders
from app.services.post_log.answering.rules import STATES, template_keys
from app.services.post_log.dto import item_number

MOST_AT_ONCE = 200
"""Items that are acknowledged together: each letter is drawn and kept by itself."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An item with its acknowledgement; no template and no sender where it can't have one."""

    item: PostItem
    category: PostCategory
    draft: Draft
    sender: Sender | None = None
    template: TemplateRow | None = None


def ready(ctx: Context, item_ids: Sequence[int]) -> list[Ready]:
    """The acknowledgements of some items in their order, each with why there is none where there is none.

    Raises:
        UserError: none is chosen, or too many.
    """
    items = _items(ctx, item_ids)
    categories = {row.id: row for row in ctx.session.scalars(select(PostCategory))}
    closed, declared = access.closed_accounts(ctx), access.declared_accounts(ctx)
    to = senders(ctx, items)
    known = {row.key: row for row in templates.all_templates(ctx, ctx.clock.today())}
    return [
        _one(item, categories[item.category_id], to[item.id], known, closed=closed, declared=declared) for item in items
    ]


def _items(ctx: Context, item_ids: Sequence[int]) -> list[PostItem]:
    ids = list(dict.fromkeys(item_ids))
    if not ids:
        raise UserError("Choose an item first.")
    if len(ids) > MOST_AT_ONCE:
        raise UserError(
            f"That is {len(ids):,} items; at most {MOST_AT_ONCE} are acknowledged at once.", "Choose fewer of them."
        )
    found = {
        row.id: row
        for chunk in in_chunks(ids)
        for row in ctx.session.scalars(select(PostItem).where(PostItem.id.in_(chunk)))
    }
    return [found[each] for each in ids if each in found]


def _one(
    item: PostItem,
    category: PostCategory,
    sender: Sender,
    known: Mapping[str, TemplateRow],
    *,
    closed: frozenset[int],
    declared: frozenset[int],
) -> Ready:
    shut = item.account_id in closed
    name = access.RESTRICTED_NAME if shut else item.sender or sender.to.name
    number = item_number(item.year, item.number)
    stops = "A restricted record, which you may not open." if shut else _stops(item, category, declared)
    if stops:
        return Ready(item, category, Draft(item.id, number, name, None, "", "", "", stops))
    channel = sender.best(item.channel)
    template = next(
        (
            row
            for key in template_keys(category.acknowledgement, channel)
            if (row := known.get(key)) is not None and not row.retired and row.channel is channel
        ),
        None,
    )
    if template is None:
        stops = f"There is no template of '{category.name}' for {_NAMES[channel]}."
    stops = stops or sender.stops(channel)
    title = template.title if template else ""
    key = template.key if template else ""
    look = sender.look_at(channel)
    draft = Draft(item.id, number, name, channel, key, title, sender.where(channel), stops, look)
    return Ready(item, category, draft, sender, template)


def _stops(item: PostItem, category: PostCategory, declared: frozenset[int]) -> str:
    """What speaks against acknowledging an item at all, as a sentence."""
    if item.state is not PostState.OPEN:
        return f"It is {STATES[item.state]}."
    if item.acknowledged_on is not None:
        return f"It was acknowledged on {short_date(item.acknowledged_on)}."
    if not category.acknowledgement:
        return f"Nothing is sent for '{category.name}'."
    guessed = [words for field, words in _GUESSES if field in item.guessed.split(",")]
    if guessed:
        return f"Unchecked: confirm its {' and '.join(guessed)} first."
    if item.account_id in declared:
        return "An account that you declared: a colleague answers it."
    return ""


_GUESSES = (("account_id", "account"), ("category_id", "category"), ("sender", "sender"))
_NAMES = {Channel.LETTER: "letters", Channel.EMAIL: "e-mails", Channel.TEXT: "text messages"}
