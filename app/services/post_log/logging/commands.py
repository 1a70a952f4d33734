"""Logging what arrives, and putting right what was logged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.models.accounts import Account
from app.models.post_log import PostCategory, PostItem
from app.models.values import PostChannel, PostState, PostStep, Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.versions import refuse_old
from app.services.documents.commands import attach
from app.services.documents.dto import NewFile, NotAttached
from app.services.post_log import keeping, rules
from app.services.post_log.dto import (
    GUESSABLE,
    Holder,
    NewItem,
    item_number,
)
from app.services.post_log.logging import correcting, queries
from app.services.post_log.logging.checking import checked
from app.services.post_log.logging.dto import Filed, Logged, Marked
from app.services.post_log.routing.queries import router
from app.services.post_log.routing.rules import Looked


@requires(Permission.LOG_POST)
def log(ctx: Context, new: NewItem, scans: Sequence[NewFile] = ()) -> Logged:
    """Log something that arrived, with its scans; what the officer left open is filled in and marked.

    The same `entry_key` again logs nothing more. A scan that can't be kept is told of, and the item is logged.

    Raises:
        UserError: it isn't said what it is about, a text is too long or holds a card number, it was received in the future
            or more than two years ago, the account is one that the officer declared, or there is no such account,
            category or holder.
    """
    checked(ctx, new)
    standing = _standing(ctx, new.entry_key)
    item_id = standing or keeping.log(ctx, _filled_in(ctx, new))
    row = ctx.session.get_one(PostItem, item_id)
    refused = _attach(ctx, item_id, scans) if not standing else ()
    category = ctx.session.get_one(PostCategory, row.category_id)
    return Logged(
        item_id,
        item_number(row.year, row.number),
        row.sender,
        row.subject_line,
        category.name,
        queries.account_words(ctx, row.account_id),
        queries.holder_name(ctx, Holder(row.officer_id, row.team_id)),
        row.reply_by,
        keeping.changes(row),
        again=bool(standing),
        refused=refused,
    )


@requires(Permission.LOG_POST)
def correct(ctx: Context, item_id: int, values: Mapping[str, Any], version: int) -> Marked:
    """Put right what was logged, by field of the form (`queries.entry`); what was guessed and is changed is confirmed by it.

    Raises:
        ChangedMeanwhile: somebody else saved the item in between.
        UserError: as `checking.checked`, or its content was deleted at the end of its retention.
    """
    row = keeping.item(ctx, item_id)
    refuse_old(row.version, version)
    words = correcting.write(ctx, row, values)
    number = item_number(row.year, row.number)
    return Marked(f"{number}: {words}" if words else f"{number}: nothing was changed.", keeping.changes(row))


@requires(Permission.LOG_POST)
def confirm(ctx: Context, item_ids: Sequence[int]) -> Marked:
    """What Rentbook filled in is right: the items are not marked any more.

    Raises:
        UserError: nothing of them waits to be confirmed, or one of them is not the officer's to work on.
    """
    rows = [row for row in keeping.items(ctx, item_ids) if row.guessed]
    if not rows:
        raise UserError("Nothing of this waits to be confirmed.")
    for row in rows:
        keeping.record(ctx, row.id, PostStep.CONFIRMED, correcting.titles(row.guessed.split(",")))
        row.guessed = ""
    ctx.session.flush()
    return _marked(rows, "checked")


@requires(Permission.LOG_POST)
def junk(ctx: Context, item_ids: Sequence[int]) -> Marked:
    """They are advertising or nonsense: no clock runs, and nobody answers.

    Raises:
        UserError: one of them is not open, or not the officer's to work on.
    """
    rows = _open(ctx, item_ids)
    for row in rows:
        row.state, row.closed_at = PostState.JUNK, ctx.clock.now()
        keeping.record(ctx, row.id, PostStep.JUNKED)
    ctx.session.flush()
    return _marked(rows, "junk")


@requires(Permission.LOG_POST)
def mark_copy(ctx: Context, item_id: int, original_id: int) -> Marked:
    """An item says the same as another: it is dealt with there.

    Raises:
        UserError: it is not open, it is the same item, the other is a copy of it, or one is not the officer's to work on.
    """
    row, original = _open(ctx, (item_id,))[0], keeping.item(ctx, original_id)
    if original.duplicate_of is not None and original.duplicate_of != item_id:
        original = keeping.item(ctx, original.duplicate_of)
    if item_id in {original.id, original.duplicate_of}:
        raise UserError("An item can't be a copy of itself.", "Choose the one that it repeats.", "original")
    number = item_number(original.year, original.number)
    row.state, row.duplicate_of, row.closed_at = PostState.DUPLICATE, original.id, ctx.clock.now()
    keeping.record(ctx, row.id, PostStep.MARKED_DUPLICATE, f"of {number}")
    keeping.record(ctx, original.id, PostStep.CHANGED, f"{item_number(row.year, row.number)} says the same")
    ctx.session.flush()
    told = f"{item_number(row.year, row.number)} is marked as a copy of {number}."
    return Marked(told, keeping.changes(row, original))


@requires(Permission.LOG_POST)
def file_scans(ctx: Context, scans: Sequence[NewFile]) -> Filed:
    """Keep scans with the items that their names begin with, such as `2026-0041 page 1.pdf`; the others are told of."""
    kept = 0
    refused: list[NotAttached] = []
    rows: list[PostItem] = []
    for scan in scans:
        row = _named(ctx, scan.file_name)
        if row is None:
            refused.append(NotAttached(scan.file_name, "No item of yours has the number that its name begins with."))
            continue
        wrong = _attach(ctx, row.id, (scan,))
        refused += wrong
        kept += not wrong
        rows.append(row)
    return Filed(kept, tuple(refused), keeping.changes(*rows))


def _filled_in(ctx: Context, new: NewItem) -> NewItem:
    """With what the routing rules and its account say of it, where the officer left it open; each is marked."""
    found: dict[str, Any] = {}
    fits = router(ctx).fit(Looked(new.subject_line, new.sender, new.sender_address, new.text))
    if fits is not None:
        if new.category_id is None and fits.category_id is not None:
            found["category_id"] = fits.category_id
        if new.holder is None and fits.holder != Holder():
            found |= {"holder": fits.holder, "because": "by a routing rule"}
        if new.priority is None and fits.priority is not None:
            found["priority"] = fits.priority
    nameless = not new.sender.strip() and new.channel is not PostChannel.RETURNED
    if nameless and new.account_id is not None and new.account_id not in access.restricted_accounts(ctx):
        found["sender"] = ctx.session.get_one(Account, new.account_id).name
    return replace(new, **found, guessed=new.guessed | (found.keys() & set(GUESSABLE)))


def _standing(ctx: Context, key: str) -> int | None:
    return ctx.session.scalar(select(PostItem.id).where(PostItem.entry_key == key)) if key else None


def _attach(ctx: Context, item_id: int, scans: Sequence[NewFile]) -> tuple[NotAttached, ...]:
    return attach(ctx, Subject.POST_ITEM, item_id, scans).refused if scans else ()


def _named(ctx: Context, file_name: str) -> PostItem | None:
    """The item that the name of a scan begins with, if it is the officer's to work on."""
    found = rules.named_item(file_name)
    if found is None:
        return None
    row = ctx.session.scalar(select(PostItem).where(PostItem.year == found[0], PostItem.number == found[1]))
    shut = access.closed_accounts(ctx) | access.declared_accounts(ctx)
    return row if row is not None and row.account_id not in shut else None


def _open(ctx: Context, item_ids: Sequence[int]) -> list[PostItem]:
    rows = keeping.items(ctx, item_ids)
    for row in rows:
        if row.state is not PostState.OPEN:
            number = item_number(row.year, row.number)
            raise UserError(f"{number} is not open any more.", "Reopen it first, if it is to be dealt with.")
    return rows


def _marked(rows: Collection[PostItem], what: str) -> Marked:
    first = next(iter(rows))
    one = f"{item_number(first.year, first.number)} is marked as {what}."
    many = f"{len(rows)} items are marked as {what}."
    return Marked(one if len(rows) == 1 else many, keeping.changes(*rows))
