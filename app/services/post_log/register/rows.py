"""Lines of the register, and one item whole with its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.letters import Outgoing
from app.models.officers import Officer, Team
from app.models.post_log import PostCategory, PostEvent, PostItem, PostMessage
from app.models.post_sending import PostSending
from app.models.values import PostChannel, PostState
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.post_log import keeping
from app.services.post_log.dto import item_number
from app.services.post_log.register.dto import ItemDetail, RegisterRow, Step, Way
from app.services.post_log.register.linking import linked
from app.services.post_log.standards.lateness import DUE_ON
from app.services.post_log.standards.queries import amber_until


def rows(ctx: Context, row_ids: Sequence[int]) -> tuple[RegisterRow, ...]:
    """The lines with these numbers; those of restricted records say nothing to whoever may not open them."""
    came = [each for each in row_ids if each > 0]
    went = [-each for each in row_ids if each < 0]
    return (*_came_in(ctx, came), *_went_out(ctx, went))


def detail(ctx: Context, item_id: int) -> ItemDetail:
    """One item with its history.

    Raises:
        UserError: there is no such item, or it is of a restricted record that the officer may not open.
    """
    item = keeping.open_item(ctx, item_id)
    row = rows(ctx, [item_id])[0]
    category = ctx.session.get_one(PostCategory, item.category_id)
    account = ctx.session.get(Account, item.account_id) if item.account_id else None
    copied = ctx.session.get(PostItem, item.duplicate_of) if item.duplicate_of else None
    return ItemDetail(
        row,
        PostChannel(item.channel),
        item.received_on,
        item.sender_address,
        item.text,
        item.reference,
        f"{account.payment_reference or ''}  {account.name}".strip() if account else "",
        item.person_id,
        item.category_id,
        category.work,
        category.acknowledgement,
        item.format,
        item.language,
        item.acknowledge_by,
        item.acknowledged_on,
        item.reply_by,
        item.replied_on,
        item.outcome,
        item_number(copied.year, copied.number) if copied else "",
        item.content_deleted_at is not None,
        item.version,
        _history(ctx, item_id),
        linked(ctx, item_id),
        _mailed(ctx, item_id),
    )


def _mailed(ctx: Context, item_id: int) -> bool:
    came = select(PostMessage.id).where(PostMessage.item_id == item_id).limit(1)
    went = select(PostSending.outgoing_id).where(PostSending.item_id == item_id).limit(1)
    return ctx.session.scalars(came).first() is not None or ctx.session.scalars(went).first() is not None


def _came_in(ctx: Context, item_ids: Sequence[int]) -> list[RegisterRow]:
    found: list[RegisterRow] = []
    if not item_ids:
        return found
    shut, declared = access.closed_accounts(ctx), access.declared_accounts(ctx)
    today, until = ctx.clock.today(), amber_until(ctx)
    for chunk in in_chunks(item_ids):
        statement = (
            select(
                PostItem,
                PostCategory.name.label("category"),
                Officer.name.label("officer"),
                Team.name.label("team"),
                Account.payment_reference.label("account"),
                DUE_ON.label("due_on"),
            )
            .join(PostCategory, PostCategory.id == PostItem.category_id)
            .outerjoin(Officer, Officer.id == PostItem.officer_id)
            .outerjoin(Team, Team.id == PostItem.team_id)
            .outerjoin(Account, Account.id == PostItem.account_id)
            .where(PostItem.id.in_(chunk))
        )
        for row in ctx.session.execute(statement):
            account_id = row.PostItem.account_id
            found.append(_item(ctx, row, today, until, shut=account_id in shut, declared=account_id in declared))
    return found


def _item(
    ctx: Context, row: Row[*tuple[Any, ...]], today: date, until: date, *, shut: bool, declared: bool
) -> RegisterRow:
    item: PostItem = row.PostItem
    due_on: date | None = row.due_on
    return RegisterRow(
        item.id,
        Way.IN,
        item_number(item.year, item.number),
        item.received_at,
        access.RESTRICTED_NAME if shut else item.sender,
        "" if shut else item.subject_line,
        item.channel.value,
        row.category,
        item.account_id,
        row.account or "",
        row.officer or row.team or "",
        item.officer_id,
        item.team_id,
        item.state.value,
        item.priority,
        due_on,
        acknowledge=due_on is not None and item.acknowledged_on is None and due_on == item.acknowledge_by,
        late=due_on is not None and due_on < today,
        soon=due_on is not None and today <= due_on <= until,
        guessed=tuple(name for name in item.guessed.split(",") if name) if item.state is PostState.OPEN else (),
        own=item.officer_id == ctx.officer.id,
        declared=declared,
        shut=shut,
    )


def _went_out(ctx: Context, outgoing_ids: Sequence[int]) -> list[RegisterRow]:
    found: list[RegisterRow] = []
    shut = access.closed_accounts(ctx) if outgoing_ids else frozenset()
    for chunk in in_chunks(outgoing_ids):
        statement = (
            select(Outgoing, Officer.name.label("writer"))
            .join(Officer, Officer.id == Outgoing.asked_by)
            .where(Outgoing.id.in_(chunk))
        )
        found += [_letter(row, shut=row.Outgoing.account_id in shut) for row in ctx.session.execute(statement)]
    return found


def _letter(row: Row[*tuple[Any, ...]], *, shut: bool) -> RegisterRow:
    letter: Outgoing = row.Outgoing
    return RegisterRow(
        -letter.id,
        Way.OUT,
        str(letter.id),
        letter.asked_at,
        access.RESTRICTED_NAME if shut else letter.addressee,
        "" if shut else letter.subject_line or letter.title,
        letter.channel,
        "",
        letter.account_id,
        letter.reference,
        row.writer,
        letter.asked_by,
        None,
        letter.state,
        shut=shut,
    )


def _history(ctx: Context, item_id: int) -> tuple[Step, ...]:
    to = aliased(Officer)
    statement = (
        select(PostEvent, Officer.name.label("who"), to.name.label("to_officer"), Team.name.label("to_team"))
        .join(Officer, Officer.id == PostEvent.officer_id)
        .outerjoin(to, to.id == PostEvent.to_officer_id)
        .outerjoin(Team, Team.id == PostEvent.to_team_id)
        .where(PostEvent.item_id == item_id)
        .order_by(PostEvent.at, PostEvent.id)
    )
    return tuple(
        Step(
            row.PostEvent.at,
            row.who,
            row.PostEvent.step,
            row.PostEvent.words,
            row.to_officer or row.to_team or "",
            row.PostEvent.outgoing_id,
        )
        for row in ctx.session.execute(statement)
    )
