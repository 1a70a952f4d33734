"""The log of the post as other services of the area build on it; it asks for no permission.

An item is shut like its account: `item` is for commands, which a declared or restricted account refuses, `open_item` for
queries, which open it and note the view. What arrives is logged whatever account it is about.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.models.post_log import PostCategory, PostEvent, PostItem
from app.models.values import PostChannel, PostStep, Subject
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.search_index import index_records
from app.services.ledger import numbering
from app.services.post_log.distributing.cover import Cover
from app.services.post_log.dto import (
    GUESSABLE,
    LONGEST_ADDRESS,
    LONGEST_REFERENCE,
    LONGEST_SENDER,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    Holder,
    NewItem,
    Priority,
    item_number,
)
from app.services.post_log.needs import Needs, needs_of
from app.services.post_log.standards import keeping as standards

_CLOCKS_DIFFER: Final = timedelta(minutes=10)
_BY_CHANNEL: Final = {PostChannel.RETURNED: "returned", PostChannel.VALUABLES: "payment"}
_OTHERWISE: Final = "general"
NO_SUBJECT: Final = "(no subject)"
_LONGEST_WORDS: Final = 400


def log(ctx: Context, new: NewItem) -> int:
    """Log something that arrived, as the officer, now; returns the item. The same `entry_key` again returns the one there is.

    Raises:
        UserError: as `log_many`.
    """
    return log_many(ctx, (new,))[0]


def log_many(ctx: Context, many: Sequence[NewItem]) -> list[int]:
    """Log several things that arrived, in their order and with numbers in a row; returns the items.

    Raises:
        UserError: one of them holds a card number, was received in the future, is of a category that there isn't, or is given
            to an officer and a team at once; nothing was logged.
    """
    standing = _standing(ctx, many)
    fresh: list[NewItem] = []
    seen = set(standing)
    for new in many:
        if new.entry_key not in seen:
            fresh.append(new)
        if new.entry_key:
            seen.add(new.entry_key)
    rows = iter(_write(ctx, fresh))
    found = []
    for new in many:
        item_id = standing.get(new.entry_key) or next(rows).id
        if new.entry_key:
            standing[new.entry_key] = item_id
        found.append(item_id)
    return found


def item(ctx: Context, item_id: int) -> PostItem:
    """An item that is to be changed.

    Raises:
        UserError: there is none, or its account is declared or restricted and not the officer's to work on.
    """
    found = _found(ctx, item_id)
    if found.account_id is not None:
        access.touch(ctx, (found.account_id,))
    return found


def items(ctx: Context, item_ids: Collection[int]) -> list[PostItem]:
    """Items that are to be changed, in their order and each once: a statement for each 900, and their accounts are touched once.

    Raises:
        UserError: as `item`, for one of them.
    """
    wanted = list(dict.fromkeys(item_ids))
    found: dict[int, PostItem] = {}
    for chunk in in_chunks(wanted):
        found |= {row.id: row for row in ctx.session.scalars(select(PostItem).where(PostItem.id.in_(chunk)))}
    if len(found) < len(wanted):
        raise _gone()
    access.touch(ctx, {row.account_id for row in found.values() if row.account_id is not None})
    return [found[each] for each in wanted]


def open_item(ctx: Context, item_id: int) -> PostItem:
    """An item that is to be shown.

    Raises:
        UserError: there is none, or its account is restricted and not the officer's to open.
    """
    found = _found(ctx, item_id)
    if found.account_id is not None:
        access.open_account(ctx, found.account_id)
    return found


def category(ctx: Context, key: str) -> PostCategory:
    """The category of a key.

    Raises:
        UserError: there is none.
    """
    found = ctx.session.scalar(select(PostCategory).where(PostCategory.key == key))
    if found is None:
        keys = ", ".join(ctx.session.scalars(select(PostCategory.key).order_by(PostCategory.position)))
        raise UserError(f"'{key}' is not a category of the post.", f"The categories are: {keys}.", "category")
    return found


def record(
    ctx: Context,
    item_id: int,
    step: PostStep,
    words: str = "",
    *,
    to_officer_id: int | None = None,
    to_team_id: int | None = None,
    outgoing_id: int | None = None,
) -> None:
    """Add a line to an item's history, by this officer, now."""
    ctx.session.add(
        PostEvent(
            item_id=item_id,
            at=ctx.clock.now(),
            officer_id=ctx.officer.id,
            step=step,
            words=words[:_LONGEST_WORDS],
            to_officer_id=to_officer_id,
            to_team_id=to_team_id,
            outgoing_id=outgoing_id,
        )
    )


def index(ctx: Context, rows: Sequence[PostItem]) -> None:
    """Make the words by which items are found anew: number, sender, subject and the sender's reference."""
    texts = {
        row.id: (item_number(row.year, row.number), row.sender, row.subject_line, row.reference, row.sender_address)
        for row in rows
    }
    index_records(ctx, Subject.POST_ITEM, dict(texts))


def changes(*items: PostItem) -> Changes:
    """What the pages are told when items changed; without items, anything of the post."""
    accounts = frozenset(each.account_id for each in items if each.account_id is not None)
    return Changes(frozenset({"post_log", "home"}), accounts)


def office_day(moment: datetime) -> date:
    """The day of a moment at the office."""
    return moment.astimezone().date()


def _found(ctx: Context, item_id: int) -> PostItem:
    found = ctx.session.get(PostItem, item_id)
    if found is None:
        raise _gone()
    return found


def _gone() -> UserError:
    return UserError("That post item is no longer there.", "Look at the list again.")


def _standing(ctx: Context, many: Sequence[NewItem]) -> dict[str, int]:
    """The items that are there already, by their entry keys."""
    keys = sorted({new.entry_key for new in many if new.entry_key})
    found: dict[str, int] = {}
    for chunk in in_chunks(keys):
        rows = ctx.session.execute(select(PostItem.entry_key, PostItem.id).where(PostItem.entry_key.in_(chunk)))
        found.update((key, item_id) for key, item_id in rows if key)
    return found


def _write(ctx: Context, fresh: Sequence[NewItem]) -> list[PostItem]:
    if not fresh:
        return []
    by_id = {row.id: row for row in ctx.session.scalars(select(PostCategory))}
    by_key = {row.key: row for row in by_id.values()}
    cover, whys = Cover(ctx), []
    asks = {new.account_id for new in fresh if new.format is None or new.language is None}
    needs = needs_of(ctx, {each for each in asks if each is not None})
    for new in fresh:
        _check(ctx, new)
    year = ctx.clock.today().year
    first = numbering.take(ctx, f"post {year}", len(fresh))
    rows = []
    for number, new in enumerate(fresh, start=first):
        of = by_id.get(new.category_id or by_key[_BY_CHANNEL.get(new.channel, _OTHERWISE)].id)
        if of is None:
            raise UserError("There is no such category of post.", "Choose another.", "category")
        gets = cover.holder(new.holder if new.holder is not None else _holder_of(of, cover.left))
        whys.append(gets.after(new.because if new.holder else "by its category"))
        rows.append(_row(ctx, new, year, number, of, gets.holder, needs.get(new.account_id or 0, Needs())))
    ctx.session.add_all(rows)
    ctx.session.flush()
    standards.set_due_many(ctx, rows, fresh=True)
    for row, because in zip(rows, whys, strict=True):
        record(ctx, row.id, PostStep.LOGGED)
        if row.officer_id or row.team_id:
            record(ctx, row.id, PostStep.ALLOCATED, because, to_officer_id=row.officer_id, to_team_id=row.team_id)
    index(ctx, rows)
    ctx.session.flush()
    return rows


def _check(ctx: Context, new: NewItem) -> None:
    """Refuse what can't be logged, whoever hands it in."""
    now, today = ctx.clock.now(), ctx.clock.today()
    if (new.received_at or now) > now + _CLOCKS_DIFFER or (new.received_on or today) > today:
        raise UserError("It can't have been received in the future.", "Check the day and the time.", "received_on")
    if new.holder is not None and new.holder.officer_id is not None and new.holder.team_id is not None:
        raise UserError("An item is with one officer or with one team, not both.", field="holder")
    if unknown := new.guessed - set(GUESSABLE):
        raise ValueError(f"{sorted(unknown)} can't be guessed.")
    for text, what, field in (
        (new.sender, "sender", "sender"),
        (new.sender_address, "address", "sender_address"),
        (new.subject_line, "subject", "subject_line"),
        (new.text, "text", "text"),
        (new.reference, "reference", "reference"),
    ):
        refuse_card_number(ctx, text, what, field)


def _holder_of(category: PostCategory, left: Collection[int]) -> Holder:
    """To whom the items of a category go; an officer who left gets nothing."""
    if category.officer_id is not None and category.officer_id not in left:
        return Holder(officer_id=category.officer_id)
    return Holder(team_id=category.team_id)


def _row(
    ctx: Context, new: NewItem, year: int, number: int, of: PostCategory, holder: Holder, needs: Needs
) -> PostItem:
    received_at = new.received_at or ctx.clock.now()
    guessed = new.guessed if new.category_id else new.guessed | {"category_id"}
    text = new.text.strip()
    subject = " ".join(new.subject_line.split()) or " ".join(text.split("\n", 1)[0].split()) or NO_SUBJECT
    return PostItem(
        year=year,
        number=number,
        channel=new.channel,
        received_at=received_at,
        received_on=new.received_on or (office_day(received_at) if new.received_at else ctx.clock.today()),
        sender=" ".join(new.sender.split())[:LONGEST_SENDER],
        sender_address=new.sender_address.strip()[:LONGEST_ADDRESS],
        subject_line=subject[:LONGEST_SUBJECT],
        text=text[:LONGEST_TEXT],
        category_id=of.id,
        account_id=new.account_id,
        person_id=new.person_id,
        reference=new.reference.strip()[:LONGEST_REFERENCE],
        priority=int(new.priority or (Priority.HIGH if of.high else Priority.NORMAL)),
        format=new.format or needs.format,
        language=new.language if new.language is not None else needs.language,
        guessed=",".join(name for name in GUESSABLE if name in guessed),
        officer_id=holder.officer_id,
        team_id=holder.team_id,
        logged_at=ctx.clock.now(),
        logged_by=ctx.officer.id,
        entry_key=new.entry_key or None,
    )
