"""What the entry screen and the correcting of items ask."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, or_, select

from app.models.accounts import Account
from app.models.documents import DocumentLink
from app.models.officers import Officer, Team
from app.models.post_log import PostCategory, PostItem
from app.models.values import PostState, Subject
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.folding import fold
from app.services.core.versions import Kept, last_change
from app.services.diary.queries import holders
from app.services.post_log import keeping
from app.services.post_log.dto import Clues, Holder, NewItem, Priority, item_number
from app.services.post_log.logging.dto import Alike, Category, LoggedRow, Offered, Proposed
from app.services.post_log.recognising import account_in
from app.services.post_log.routing.queries import router
from app.services.post_log.routing.rules import Looked
from app.services.post_log.rules import named_item

_LATELY: Final = timedelta(days=14)
_MOST_ALIKE: Final = 5
_MOST_LOOKED_AT: Final = 200
_MOST_LOGGED: Final = 200


def offered(ctx: Context) -> Offered:
    """What the entry screen offers."""
    categories = select(PostCategory).where(~PostCategory.retired).order_by(PostCategory.position)
    return Offered(
        tuple(Category(row.id, row.key, row.name, row.high) for row in ctx.session.scalars(categories)),
        tuple((Holder(each.officer_id, each.team_id), each.name) for each in holders(ctx)),
    )


def proposed(ctx: Context, new: NewItem) -> Proposed:
    """What Rentbook makes of an entry: its account, its category and holder by the rules, and items it may be a copy of."""
    words = f"{new.subject_line}\n{new.text}"
    guess = None
    if new.account_id is None:
        guess = account_in(ctx, Clues(f"{words}\n{new.reference}", new.sender, new.sender_address))
    fits = router(ctx).fit(Looked(new.subject_line, new.sender, new.sender_address, new.text))
    category = ctx.session.get(PostCategory, fits.category_id) if fits and fits.category_id else None
    about = new.account_id or (guess.account_id if guess else None)
    return Proposed(
        guess,
        category.id if category else None,
        category.name if category else "",
        fits.holder if fits and fits.holder != Holder() else None,
        holder_name(ctx, fits.holder) if fits else "",
        alike(ctx, new, about),
    )


def alike(ctx: Context, new: NewItem, account_id: int | None, but: int | None = None) -> tuple[Alike, ...]:
    """Items of the last fortnight that an item may be a copy of: the same sender or account, and the same subject.

    A suspicion, never a verdict: two letters may say the same.
    """
    same_sender = func.lower(PostItem.sender) == new.sender.strip().lower()
    whose: list[ColumnElement[bool]] = [same_sender] if new.sender.strip() else []
    if account_id is not None:
        whose.append(PostItem.account_id == account_id)
    if not whose:
        return ()
    day = new.received_on or (keeping.office_day(new.received_at) if new.received_at else ctx.clock.today())
    found = (
        select(PostItem)
        .where(
            PostItem.received_on.between(day - _LATELY, day + _LATELY),
            PostItem.state.not_in((PostState.JUNK, PostState.DUPLICATE)),
            or_(*whose),
        )
        .order_by(PostItem.received_on.desc(), PostItem.id.desc())
        .limit(_MOST_LOOKED_AT)
    )
    shut = access.closed_accounts(ctx)
    rows = [row for row in ctx.session.scalars(found) if row.account_id not in shut and row.id != but]
    weighed = [(row, why) for row in rows if (why := _why(row, new, account_id))]
    return tuple(_alike(row, why) for row, why in weighed[:_MOST_ALIKE])


def copies_of(ctx: Context, item_id: int) -> tuple[Alike, ...]:
    """The items that one may be a copy of, the likeliest first; then the latest of the same account or sender.

    Raises:
        UserError: as `keeping.open_item`.
    """
    row = keeping.open_item(ctx, item_id)
    new = NewItem(row.channel, row.subject_line, row.sender, received_on=row.received_on)
    likely = alike(ctx, new, row.account_id, but=item_id)
    whose = [PostItem.account_id == row.account_id] if row.account_id is not None else []
    if row.sender:
        whose.append(PostItem.sender == row.sender)
    known = {each.item_id for each in likely} | {item_id}
    others = select(PostItem).where(or_(*whose), PostItem.state != PostState.DUPLICATE)
    others = others.order_by(PostItem.received_on.desc(), PostItem.id.desc()).limit(2 * _MOST_ALIKE)
    shut = access.closed_accounts(ctx)
    rows = [each for each in ctx.session.scalars(others) if each.account_id not in shut] if whose else []
    return (*likely, *(_alike(each, "") for each in rows if each.id not in known))[: 2 * _MOST_ALIKE]


def numbered(ctx: Context, number: str) -> int:
    """The item of a number as it is written, such as `2026/0041`.

    Raises:
        UserError: it is no number, or there is no such item.
    """
    found = named_item(number.strip().replace("/", "-"))
    wanted = select(PostItem.id).where(PostItem.year == found[0], PostItem.number == found[1]) if found else None
    item_id = ctx.session.scalar(wanted) if wanted is not None else None
    if item_id is None:
        what = f"There is no item '{number.strip()[:20]}'." if number.strip() else "No item is chosen."
        raise UserError(what, "Choose it in the list, or type its number, such as 2026/0041.", "number")
    return item_id


def logged_today(ctx: Context, since: datetime) -> tuple[LoggedRow, ...]:
    """What the officer logged since a moment, the newest first."""
    of_item = (DocumentLink.subject == Subject.POST_ITEM.value, DocumentLink.subject_id == PostItem.id)
    scans = select(func.count()).where(*of_item, DocumentLink.unlinked_at.is_(None)).scalar_subquery()
    statement: Select[Any] = (
        select(
            PostItem,
            PostCategory.name.label("category"),
            Account.payment_reference.label("account"),
            func.coalesce(Officer.name, Team.name, "").label("holder"),
            scans.label("scans"),
        )
        .join(PostCategory, PostCategory.id == PostItem.category_id)
        .outerjoin(Account, Account.id == PostItem.account_id)
        .outerjoin(Officer, Officer.id == PostItem.officer_id)
        .outerjoin(Team, Team.id == PostItem.team_id)
        .where(PostItem.logged_by == ctx.officer.id, PostItem.logged_at >= since)
        .order_by(PostItem.id.desc())
        .limit(_MOST_LOGGED)
    )
    shut = access.closed_accounts(ctx)
    return tuple(_logged(row, hidden=row.PostItem.account_id in shut) for row in ctx.session.execute(statement))


def entry(ctx: Context, item_id: int) -> Kept:
    """An item as the form for correcting it is filled; `account` is its payment reference, else that of its tenancy.

    Raises:
        UserError: as `keeping.open_item`.
    """
    row = keeping.open_item(ctx, item_id)
    by, at = last_change(ctx.session, "post_item", item_id)
    return Kept(
        {
            "channel": row.channel,
            "received_on": row.received_on,
            "sender": row.sender,
            "sender_address": row.sender_address,
            "subject_line": row.subject_line,
            "account": account_words(ctx, row.account_id),
            "category_id": row.category_id,
            "reference": row.reference,
            "priority": Priority(row.priority),
            "format": row.format,
            "language": row.language,
            "text": row.text,
        },
        row.version,
        by,
        at,
    )


def account_words(ctx: Context, account_id: int | None) -> str:
    """The payment reference of an account; nothing without one."""
    account = ctx.session.get(Account, account_id) if account_id is not None else None
    return (account.payment_reference or "") if account is not None else ""


def holder_name(ctx: Context, holder: Holder) -> str:
    """The officer or team; nothing for nobody."""
    if holder.officer_id is not None:
        officer = ctx.session.get(Officer, holder.officer_id)
        return officer.name if officer else ""
    team = ctx.session.get(Team, holder.team_id) if holder.team_id is not None else None
    return team.name if team else ""


def _why(row: PostItem, new: NewItem, account_id: int | None) -> str:
    """What an item has in common with an entry; nothing where it is too little."""
    same_subject = bool(new.subject_line.strip()) and fold(row.subject_line) == fold(new.subject_line)
    same_account = account_id is not None and row.account_id == account_id
    same_reference = bool(new.reference.strip()) and fold(row.reference) == fold(new.reference)
    if same_reference:
        return "the same reference of theirs"
    if same_subject:
        return "the same account and subject" if same_account else "the same sender and subject"
    return ""


def _alike(row: PostItem, why: str) -> Alike:
    number = item_number(row.year, row.number)
    return Alike(row.id, number, row.received_on, row.sender, row.subject_line, why, row.state is PostState.OPEN)


def _logged(row: Any, *, hidden: bool) -> LoggedRow:
    found: PostItem = row.PostItem
    return LoggedRow(
        found.id,
        item_number(found.year, found.number),
        found.channel,
        found.logged_at,
        access.RESTRICTED_NAME if hidden else found.sender,
        "" if hidden else found.subject_line,
        row.category,
        row.account or "",
        row.holder,
        found.state,
        row.scans,
    )
