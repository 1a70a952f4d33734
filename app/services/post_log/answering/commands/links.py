"""Linking an item to the records that it is about."""

from __future__ import annotations

from typing import Final

from app.models.post_log import PostLink
from app.models.values import PostStep, Subject
from app.services.core import access, finding
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.post_log import keeping as post
from app.services.post_log.answering import keeping
from app.services.post_log.answering.dto import NewLink

LINKED: Final = frozenset(
    {
        Subject.ACCOUNT,
        Subject.PERSON,
        Subject.PROPERTY,
        Subject.TASK,
        Subject.HOLD_CASE,
        Subject.POST_ITEM,
        Subject.ADJUSTMENT,
        Subject.RECHARGE,
        Subject.REFUND,
        Subject.WRITE_OFF,
        Subject.MANDATE,
        Subject.PURCHASE_ORDER,
        Subject.SUPPLIER,
        Subject.SUPPLIER_INVOICE,
    }
)
"""The kinds of record that an item can be linked to: those that the finder finds, so that what is linked is seen again."""


@requires(Permission.LOG_POST)
def link(ctx: Context, item_id: int, new: NewLink) -> Changes:
    """Link an item to another record; an item without an account takes the first account that it is linked to.

    Raises:
        UserError: there is no such record, or the item or the record is not the officer's to work on.
    """
    item = post.item(ctx, item_id)
    if new.subject not in LINKED:
        raise UserError(f"Post isn't linked to a {new.subject.value.replace('_', ' ')}.", field="record")
    access.touch_subject(ctx, new.subject, new.subject_id)
    found = finding.recall(ctx, [(new.subject, new.subject_id)])
    if not found or (new.subject, new.subject_id) == (Subject.POST_ITEM, item_id):
        raise UserError("That record is no longer there.", "Find it again.", "record")
    if new.subject is Subject.ACCOUNT and item.account_id is None:
        item.account_id = new.subject_id
    elif not keeping.tie(ctx, item, new.subject, new.subject_id):
        raise UserError(f"It is linked to {found[0].title} already.", field="record")
    post.record(ctx, item.id, PostStep.LINKED, found[0].title)
    ctx.session.flush()
    return post.changes(item)


@requires(Permission.LOG_POST)
def unlink(ctx: Context, item_id: int, old: NewLink) -> Changes:
    """Take back a link.

    Raises:
        UserError: there is none.
    """
    item = post.item(ctx, item_id)
    row = ctx.session.get(PostLink, (item.id, old.subject, old.subject_id))
    if row is None:
        raise UserError("It isn't linked to that any more.", "Look at it again.")
    found = finding.recall(ctx, [(old.subject, old.subject_id)])
    ctx.session.delete(row)
    post.record(ctx, item.id, PostStep.LINKED, f"No longer: {found[0].title if found else old.subject.value}")
    ctx.session.flush()
    return post.changes(item)
