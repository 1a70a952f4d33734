"""What officers do with works orders: raise, change, complete, and start the recharge to the tenant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.models.purchase_orders.orders import WorksOrder
from app.models.recharges import Recharge
from app.models.values import OrderEvent, OrderKind, OrderState, Subject
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.core.search_index import index_record
from app.services.documents import checking
from app.services.documents import keeping as documents
from app.services.documents.dto import NewFile, NewLink
from app.services.documents.recognising import Shape, safe_name
from app.services.purchase_orders.orders import drafting
from app.services.purchase_orders.orders import keeping as orders
from app.services.purchase_orders.orders.dto import Saved
from app.services.purchase_orders.orders.saving import saved
from app.services.purchase_orders.works import completing, keeping, recharging, rules
from app.services.purchase_orders.works.dto import ChangedWorks, Complete, NewWorks, ToRecharge

PHOTOGRAPH: Final = "photograph"
"""The kind of link of a picture of works."""
_TRADE, _WORDS = 40, 400


@requires(Permission.RAISE_ORDERS)
def raise_works(ctx: Context, new: NewWorks) -> Saved:
    """Draft a works order for a property; it is asked for, sent, amended and closed as any order.

    Raises:
        UserErrors: fields of the requisition have faults, each named.
        UserError: the property or priority is missing, a day can't be, or the officer may not work on whoever lives there.
    """
    before = drafting.find(ctx, new.requisition.entry_key)
    if before is not None:
        return saved(ctx, before, f"{orders.number_of(ctx, before)} is kept as a draft.")
    place = keeping.place(ctx, new.property_id)
    _refuse(ctx, new.trade, new.access, new.reported_on)
    days = keeping.target_days(ctx, new.priority, new.reported_on)
    target = rules.target_on(new.reported_on, days)
    wanted = replace(new.requisition, kind=OrderKind.WORKS, wanted_on=new.requisition.wanted_on or target)
    row = drafting.draft(ctx, wanted)
    ctx.session.add(
        WorksOrder(
            order_id=row.id,
            property_id=place.id,
            account_id=keeping.account_of(ctx, place.id, ctx.clock.today()),
            trade=" ".join(new.trade.split()),
            priority=new.priority,
            reported_on=new.reported_on,
            target_on=target,
            expected_on=new.expected_on,
            access=" ".join(new.access.split()),
            rechargeable=new.rechargeable,
        )
    )
    ctx.session.flush()
    return saved(ctx, row, f"{orders.number_of(ctx, row)} is kept as a draft.", drafting.warnings(ctx, row))


@requires(Permission.RAISE_ORDERS)
def change(ctx: Context, changed: ChangedWorks) -> Saved:
    """Change what an order of works has besides its lines; trade and priority only while it is a draft.

    Raises:
        UserError: the works are done, it was asked for and trade or priority would change, or a day can't be.
        ChangedMeanwhile: somebody else changed it since.
    """
    row, works = keeping.changing(ctx, changed.order_id, changed.version)
    if works.completed_on is not None:
        raise UserError("These works are done.", "A variation of what was ordered is an amendment.")
    _refuse(ctx, changed.trade, changed.access, changed.reported_on)
    what = (" ".join(changed.trade.split()), changed.priority, changed.reported_on)
    if row.state is not OrderState.DRAFT and what != (works.trade, works.priority, works.reported_on):
        raise UserError(
            f"{orders.number_of(ctx, row)} was asked for with its trade, priority and day.",
            "Change only when it is expected, and access.",
            "trade",
        )
    days = keeping.target_days(ctx, changed.priority, changed.reported_on)
    works.trade, works.priority, works.reported_on = what
    works.target_on = rules.target_on(changed.reported_on, days)
    works.expected_on, works.access = changed.expected_on, " ".join(changed.access.split())
    works.rechargeable = changed.rechargeable
    orders.step(
        ctx, row.id, OrderEvent.CHANGED, rules.words(works.target_on, works.expected_on, None, ctx.clock.today())
    )
    return saved(ctx, row, f"{orders.number_of(ctx, row)} is changed.")


@requires(Permission.RECEIVE_GOODS)
def complete(ctx: Context, done: Complete) -> Saved:
    """Record that works were done, with photographs; what is left of the order is received with it.

    Raises:
        UserError: it isn't open, was done before, the day can't be, a photograph can't be kept, or policy wants somebody
            else than whoever asked for it to say so.
        ChangedMeanwhile: somebody else changed it since.
    """
    row, works = orders.order(ctx, done.order_id), keeping.works(ctx, done.order_id)
    number = orders.number_of(ctx, row)
    if row.state not in {OrderState.OPEN, OrderState.CLOSED}:
        raise UserError(
            f"{number} is {row.state.value}: works that weren't ordered aren't completed.", "Look at it again."
        )
    if works.completed_on is not None:
        raise UserError(f"{number} was done on {works.completed_on:%d %b %Y} already.", "Look at it again.")
    if done.on > ctx.clock.today() or done.on < works.reported_on:
        raise UserError("The works can't have been done on that day.", "Give the day on which they were.", "on")
    words = " ".join(done.words.split())[:_WORDS]
    refuse_card_number(ctx, words, "words", "words")
    works.completed_on, works.completed_by, works.completion = done.on, ctx.officer.id, words
    if any(line.quantity - line.cancelled > line.received for line in orders.lines(ctx, row.id)):
        completing.receive_rest(ctx, row.id, done.version, done.entry_key, done.on)
    else:
        orders.changing(ctx, row.id, done.version)
    _keep_photographs(ctx, row.id, number, done.photographs)
    orders.step(ctx, row.id, OrderEvent.COMPLETED, words or rules.words(works.target_on, None, done.on, done.on))
    return saved(ctx, row, f"{number}: {rules.words(works.target_on, None, done.on, done.on)}.")


@requires(Permission.RAISE_RECHARGES)
def recharge(ctx: Context, order_id: int) -> ToRecharge:
    """What a recharge to the tenant begins with: the account, the day, the order's number as the job, and what it cost.

    Raises:
        UserError: the works aren't done, nobody lived there, or it was recharged before.
    """
    row, works = orders.order(ctx, order_id), keeping.works(ctx, order_id)
    return recharging.begin(ctx, row, works)


@requires(Permission.RAISE_RECHARGES)
def recharged(ctx: Context, order_id: int, recharge_id: int) -> Saved:
    """Keep with the works which recharge was raised from them.

    Raises:
        UserError: there is none, it is another tenant's, or one was raised before.
    """
    works = keeping.works(ctx, order_id)
    row = orders.changing(ctx, order_id)
    number = orders.number_of(ctx, row)
    made = record(ctx, Recharge, recharge_id, "recharge")
    before = works.recharge_id
    if before not in {None, made.id} and not recharging.taken_back(ctx, before):
        raise UserError(f"{number} was recharged already.", "Take that one back by a credit note first.")
    if made.for_account_id not in recharging.accounts(ctx, works):
        raise UserError("That recharge is on another tenant's account.", "Choose the one of these works.")
    keeping.recharged(ctx, order_id, made.id)
    orders.step(ctx, row.id, OrderEvent.RECHARGED, made.description)
    return saved(ctx, row, f"The recharge is kept with {number}.")


def _refuse(ctx: Context, trade: str, way_in: str, reported_on: date) -> None:
    if not trade.strip() or len(trade) > _TRADE:
        raise UserError("Which trade is it for?", f"Choose one, or write up to {_TRADE} characters.", "trade")
    if len(way_in) > _WORDS:
        raise UserError(f"That has over {_WORDS} characters.", "Shorten it.", "access")
    if reported_on > ctx.clock.today():
        raise UserError("It can't have been reported on a day to come.", "Give the day it was.", "reported_on")
    for field, text in (("trade", trade), ("access", way_in)):
        refuse_card_number(ctx, text, field, field)


def _keep_photographs(ctx: Context, order_id: int, number: str, files: Sequence[NewFile]) -> None:
    """Keep pictures with the order, all of them or none."""
    allowed = checking.limits(ctx)
    for place, file in enumerate(files, 1):
        name, title = safe_name(file.file_name), file.title.strip() or f"Photograph {place} of {number}"
        for text, what in ((name, "name of the file"), (title, "title")):
            refuse_card_number(ctx, text, what, "photographs")
        found = checking.check(ctx, name, file.content, allowed)
        if found.shape is not Shape.PICTURE:
            raise UserError(f"{name} is no picture.", "Attach it to the order as a document.", "photographs")
        sha256 = documents.put(ctx, file.content, found.media_type)
        made = documents.link(ctx, sha256, NewLink(Subject.PURCHASE_ORDER, order_id, PHOTOGRAPH, title, name))
        index_record(ctx, Subject.DOCUMENT, made, title, name)
