"""Reading the register of valuables, and its money against what was paid in."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.models.officers import Officer
from app.models.post_log import PostItem
from app.models.post_valuables import PostValuable
from app.models.values import Money, ValuableKind
from app.services.core import access
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.core.counting import count_where
from app.services.core.folding import like_pattern
from app.services.diary.queries import holders
from app.services.post_log import keeping as log
from app.services.post_log.dto import item_number
from app.services.post_log.valuables import rules
from app.services.post_log.valuables.dto import (
    MONEY,
    Reconciled,
    ValuableFilter,
    ValuableForm,
    ValuableRow,
    Valuables,
    ValuablesShown,
)

MOST: Final = 1_000
"""So many are listed at most."""
_MONEY: Final = PostValuable.kind.in_(sorted(MONEY))
_DONE: Final = PostValuable.paid_in_on.is_not(None)
_DIFFERS: Final = and_(PostValuable.paid_in_pence.is_not(None), PostValuable.paid_in_pence != PostValuable.pence)
KEPT_OPEN: Final = and_(~_DONE, or_(PostValuable.kind != ValuableKind.DOCUMENT, PostValuable.handed_at.is_(None)))
"""The condition of something of value that is still to be dealt with."""
_SHOWN: Final[dict[ValuablesShown, tuple[ColumnElement[bool], ...]]] = {
    ValuablesShown.OPEN: (KEPT_OPEN,),
    ValuablesShown.DIFFERS: (_DIFFERS,),
    ValuablesShown.DONE: (~KEPT_OPEN,),
    ValuablesShown.ALL: (),
}


def register(ctx: Context, wanted: ValuableFilter) -> Valuables:
    """The valuables that a filter shows, the newest first, with the money of all that came since its day."""
    statement = _rows().where(*_SHOWN[wanted.shown])
    if wanted.item_id is not None:
        statement = statement.where(PostValuable.item_id == wanted.item_id)
    for word in wanted.text.split():
        statement = statement.where(_has(word))
    closed = access.closed_accounts(ctx)
    if wanted.text and closed:
        statement = statement.where(
            or_(PostItem.account_id.is_(None), PostItem.account_id.not_in(sorted(closed)[:900]))
        )
    found = ctx.session.execute(statement.order_by(PostValuable.id.desc()).limit(MOST))
    return Valuables(tuple(_row(each, closed) for each in found), _reconciled(ctx, wanted.since))


def form(ctx: Context, item_id: int) -> ValuableForm:
    """What the sheet begins with by which something of value is entered for an item.

    Raises:
        UserError: there is no such item, or it is restricted and not the officer's to open.
    """
    item = log.open_item(ctx, item_id)
    standing = register(ctx, ValuableFilter(ValuablesShown.ALL, item_id=item_id)).rows
    officers = tuple(
        (each.name, each.officer_id)
        for each in holders(ctx)
        if each.officer_id is not None and each.officer_id != ctx.officer.id
    )
    return ValuableForm(item.id, item_number(item.year, item.number), item.sender, standing, officers)


def _rows() -> Select[PostValuable, int, int, int | None, str, str, str, str]:
    opened, witness, handed = aliased(Officer), aliased(Officer), aliased(Officer)
    return (
        select(
            PostValuable,
            PostItem.year,
            PostItem.number,
            PostItem.account_id,
            PostItem.sender,
            opened.name.label("opened"),
            witness.name.label("witness"),
            handed.name.label("handed"),
        )
        .join(PostItem, PostItem.id == PostValuable.item_id)
        .join(opened, opened.id == PostValuable.opened_by)
        .join(witness, witness.id == PostValuable.witness_id)
        .outerjoin(handed, handed.id == PostValuable.handed_by)
    )


def _row(found: Row[PostValuable, int, int, int | None, str, str, str, str], closed: frozenset[int]) -> ValuableRow:
    each: PostValuable = found[0]
    shut = found.account_id in closed
    paid = each.paid_in_pence
    return ValuableRow(
        valuable_id=each.id,
        receipt=rules.receipt_number(each.receipt),
        item_id=each.item_id,
        item=item_number(found.year, found.number),
        account_id=found.account_id,
        sender=access.RESTRICTED_NAME if shut else found.sender,
        kind=each.kind,
        amount=None if each.pence is None else Money(each.pence),
        details="" if shut else each.details,
        opened_by=found.opened,
        witness=found.witness,
        opened_at=each.opened_at,
        where=rules.whereabouts(
            handed=each.handed_at is not None, done=each.paid_in_on is not None, pence=each.pence, paid_pence=paid
        ),
        handed_to=each.handed_to,
        handed_by=found.handed or "",
        handed_at=each.handed_at,
        paid_in=each.paid_in,
        paid_in_on=each.paid_in_on,
        difference=None if paid is None else Money(paid - (each.pence or 0)),
    )


def _reconciled(ctx: Context, since: date | None) -> Reconciled:
    """What came of money since a day, by what became of it; one statement for all of it."""
    kept = and_(_DONE, PostValuable.paid_in_pence.is_not(None))
    back = and_(_DONE, PostValuable.paid_in_pence.is_(None))

    def total(column: InstrumentedAttribute[int | None], which: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((which, column), else_=0)), 0)

    wanted = select(
        func.coalesce(func.sum(PostValuable.pence), 0).label("came"),
        func.count().label("count"),
        total(PostValuable.paid_in_pence, kept).label("paid_in"),
        total(PostValuable.pence, kept).label("meant"),
        total(PostValuable.pence, back).label("back"),
        total(PostValuable.pence, ~_DONE).label("open"),
        count_where(~_DONE).label("open_count"),
    ).where(_MONEY)
    if since is not None:
        wanted = wanted.where(PostValuable.opened_at >= midnight(since))
    row = ctx.session.execute(wanted).one()
    return Reconciled(
        came=Money(int(row.came)),
        count=row[1],
        paid_in=Money(int(row.paid_in)),
        given_back=Money(int(row.back)),
        open=Money(int(row.open)),
        open_count=row.open_count,
        difference=Money(int(row.paid_in) - int(row.meant)),
    )


def _has(word: str) -> ColumnElement[bool]:
    pattern = like_pattern(word)
    places = (PostItem.sender, PostValuable.details, PostValuable.handed_to, PostValuable.paid_in)
    conditions: list[ColumnElement[bool]] = [place.like(pattern, escape="/") for place in places]
    if (receipt := rules.receipt_of(word)) is not None and receipt < 2**31:
        conditions.append(PostValuable.receipt == receipt)
    year, _, number = word.partition("/")
    if year.isdigit() and number.isdigit() and len(number) < 9 and len(year) < 5:
        conditions.append(and_(PostItem.year == int(year), PostItem.number == int(number)))
    return or_(*conditions)
