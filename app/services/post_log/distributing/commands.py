"""Giving items to an officer or a team: by hand, by rule, or shared out by workload."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import select

from app.models.officers import Officer, Team
from app.models.post_log import PostCategory, PostItem
from app.models.values import PostState
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import SYSTEM
from app.services.core.permissions import Permission, requires
from app.services.post_log import keeping
from app.services.post_log.distributing import keeping as giving
from app.services.post_log.distributing import rules
from app.services.post_log.distributing.cover import Cover, Covered
from app.services.post_log.distributing.dto import Given
from app.services.post_log.dto import NOBODY, Holder, item_number
from app.services.post_log.leavers import refuse_left
from app.services.post_log.routing.queries import router
from app.services.post_log.routing.rules import Looked
from app.services.post_log.standards.lateness import IS_OPEN

MOST: Final = 500
"""Items that are given at once."""
_LONGEST_WORDS: Final = 200


@requires(Permission.LOG_POST)
def give(ctx: Context, item_ids: Sequence[int], to: Holder, why: str = "") -> Given:
    """Give items to an officer or a team. Whoever is away has a cover, who gets them.

    An officer gives what is their own, their team's, or nobody's; what a colleague has, only who may share post out.

    Raises:
        UserError: nobody or both are named, they have left, an item is closed, a colleague has it, or they declared its
            account.
    """
    if (to.officer_id is None) == (to.team_id is None):
        raise UserError("Choose the officer or the team that gets it.", field="holder")
    refuse_card_number(ctx, why, "reason", "why")
    name = _name(ctx, to)
    covered = Cover(ctx).holder(to)
    items = _items(ctx, item_ids)
    _refuse_declared(ctx, items, covered.holder, name)
    words = covered.after(why.strip()[:_LONGEST_WORDS])
    given = [item for item in items if giving.give(ctx, item, covered.holder, words)]
    return _told(ctx, given, f"given to {_name(ctx, covered.holder)}", covered.because)


@requires(Permission.LOG_POST)
def take(ctx: Context, item_ids: Sequence[int]) -> Given:
    """Take items for oneself.

    Raises:
        UserError: an item is closed, a colleague has it, or it is of an account that the officer declared.
    """
    items = _items(ctx, item_ids)
    _refuse_declared(ctx, items, Holder(ctx.officer.id), "You")
    given = [item for item in items if giving.give(ctx, item, Holder(ctx.officer.id), "taken")]
    return _told(ctx, given, "now with you")


@requires(Permission.LOG_POST)
def share_out(ctx: Context, item_ids: Sequence[int], team_id: int) -> Given:
    """Share items out among a team: each goes to whoever is there and has the fewest open items.

    Raises:
        UserError: nobody of the team is there, an item is closed, a colleague has it, or nobody may have it.
    """
    items = _items(ctx, item_ids)
    loads = _loads(ctx, team_id, leaving={item.id for item in items})
    if not loads:
        raise UserError(
            "Nobody of that team is here today.", "Choose another team, or give it to somebody by name.", "holder"
        )
    shares = rules.share_out(loads, [item.id for item in items], giving.shut_to(ctx, items, loads.keys()))
    if left := [item for item in items if item.id not in shares]:
        raise UserError(
            f"{_number(left[0])} can be given to nobody of that team: they all declared its account.",
            "Give it to another team.",
            "holder",
        )
    given = [item for item in items if giving.give(ctx, item, Holder(shares[item.id]), "by workload")]
    return _told(ctx, given, f"shared out among {len(set(shares.values()))}")


@requires(Permission.LOG_POST)
def follow_rules(ctx: Context, item_ids: Sequence[int]) -> Given:
    """Give items by the rules of the office: the first routing rule that fits, else by the item's category.

    Items for which neither says who gets them stay where they are.

    Raises:
        UserError: an item is closed, or a colleague has it.
    """
    items = _items(ctx, item_ids)
    by_rule, cover = _by_rule(ctx), Cover(ctx)
    found = [(item, by_rule(item)) for item in items]
    meant = [(item, cover.holder(guess.holder), guess.because) for item, guess in found]
    officers = {covered.holder.officer_id for _, covered, _ in meant} - {None}
    shut = giving.shut_to(ctx, items, [each for each in officers if each is not None])
    given = [
        item
        for item, covered, why in meant
        if covered.holder != NOBODY
        and covered.holder.officer_id not in shut.get(item.id, ())
        and giving.give(ctx, item, covered.holder, covered.after(why))
    ]
    return _told(ctx, given, "given by the rules", f"{len(items) - len(given)} stay" if len(given) < len(items) else "")


def _items(ctx: Context, item_ids: Sequence[int]) -> list[PostItem]:
    """The items that are to be given, which the officer may give."""
    wanted = list(dict.fromkeys(item_ids))
    if not wanted:
        raise UserError("Choose the items first.")
    if len(wanted) > MOST:
        raise UserError(f"{len(wanted):,} items are too many at once; {MOST} is the most.", "Choose fewer.")
    found: dict[int, PostItem] = {}
    for chunk in in_chunks(wanted):
        found |= {row.id: row for row in ctx.session.scalars(select(PostItem).where(PostItem.id.in_(chunk)))}
    items = [found[each] for each in wanted if each in found]
    access.open_accounts(ctx, {item.account_id for item in items if item.account_id is not None})
    for item in items:
        if item.state is not PostState.OPEN:
            raise UserError(f"{_number(item)} is not open any more.", "Open it again first.")
    _refuse_of_colleagues(ctx, items)
    return items


def _refuse_of_colleagues(ctx: Context, items: Sequence[PostItem]) -> None:
    if Permission.SHARE_POST in ctx.officer.permissions:
        return
    cover = Cover(ctx)
    own = {ctx.officer.id} | {away for away, (_, who) in cover.away.items() if who == ctx.officer.id}
    for item in items:
        if item.officer_id is not None and item.officer_id not in own:
            raise UserError(
                f"{_number(item)} is with a colleague; nothing was changed.",
                "They hand it over, or your team leader does.",
            )


def _refuse_declared(ctx: Context, items: Sequence[PostItem], to: Holder, name: str) -> None:
    if to.officer_id is None:
        return
    shut = giving.shut_to(ctx, items, [to.officer_id])
    for item in items:
        if item.id in shut:
            raise UserError(
                f"{name} may not work on the account of {_number(item)}: it is declared. Nothing was changed.",
                "Give it to somebody else.",
                "holder",
            )


def _loads(ctx: Context, team_id: int, leaving: set[int]) -> dict[int, int]:
    """The officers of a team who are here today, those with least first by name, with how many open items they have."""
    cover = Cover(ctx)
    officers = select(Officer.id).where(Officer.team_id == team_id, Officer.active, Officer.username != SYSTEM)
    there = [each for each in ctx.session.scalars(officers.order_by(Officer.name)) if each not in cover.away]
    counted: dict[int, int] = dict.fromkeys(there, 0)
    if there:
        statement = select(PostItem.officer_id, PostItem.id).where(IS_OPEN, PostItem.officer_id.in_(there[:900]))
        for officer_id, item_id in ctx.session.execute(statement):
            if officer_id is not None and item_id not in leaving:
                counted[officer_id] += 1
    return counted


def _by_rule(ctx: Context) -> Callable[[PostItem], Covered]:
    routes = router(ctx)
    rows = ctx.session.execute(select(PostCategory.id, PostCategory.officer_id, PostCategory.team_id)).all()
    categories = {row.id: Holder(row.officer_id, row.team_id) for row in rows}

    def find(item: PostItem) -> Covered:
        rule = routes.fit(Looked(item.subject_line, item.sender, item.sender_address, item.text))
        if rule is not None and rule.holder != NOBODY:
            return Covered(rule.holder, f"by the rule '{rule.words}'")
        return Covered(categories.get(item.category_id, NOBODY), "by its category")

    return find


def _name(ctx: Context, to: Holder) -> str:
    """The officer or the team that gets something.

    Raises:
        UserError: there is none, or the officer has left.
    """
    if to.team_id is not None:
        team = ctx.session.get(Team, to.team_id)
        if team is not None:
            return team.name
    refuse_left(ctx, to.officer_id or 0)
    return ctx.session.get_one(Officer, to.officer_id).name


def _number(item: PostItem) -> str:
    return item_number(item.year, item.number)


def _told(ctx: Context, given: Sequence[PostItem], words: str, more: str = "") -> Given:
    ctx.session.flush()
    count = len(given)
    what = _number(given[0]) if count == 1 else f"{count:,} items"
    told = f"{what} {words}" if given else "Nothing changed hands"
    return Given(count, f"{told}; {more}." if more else f"{told}.", keeping.changes(*given))
