"""What of the post fits a filter, as conditions on what came in and on what went out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.models.accounts import Account
from app.models.diary import Absence
from app.models.letters import Outgoing
from app.models.officers import Officer, Team
from app.models.post_log import PostCategory, PostItem
from app.models.search import SearchWord
from app.models.values import PostChannel, Subject
from app.services.core import access, finding
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.core.folding import like_pattern, words
from app.services.letters import posted
from app.services.post_log.register.dto import RegisterFilter, View, Way
from app.services.post_log.register.linking import is_about
from app.services.post_log.standards.lateness import ACKNOWLEDGEMENT_DUE, IS_OPEN, REPLY_DUE, is_late
from app.services.post_log.standards.queries import amber_until

_MOST_WORDS: Final = 6
_MOST_NAMED: Final = 900
_NUMBER: Final = re.compile(r"(\d{4})/(\d{1,8})")
_OUT_CHANNELS: Final = {PostChannel.LETTER: "letter", PostChannel.EMAIL: "email", "text": "text"}
"""What goes out by the words that what comes in has for it."""


def ways_of(wanted: RegisterFilter) -> frozenset[Way]:
    """Whether a filter asks for what came in, for what went out, or for both."""
    ways = wanted.ways or frozenset(Way)
    only_in = wanted.categories or wanted.states or wanted.team_id is not None
    if only_in or wanted.view not in {None, View.TODAY}:
        ways &= {Way.IN}
    if wanted.channels and not _out_channels(wanted):
        ways -= {Way.OUT}
    if wanted.channels and not _in_channels(wanted):
        ways -= {Way.IN}
    return ways


def came_in(ctx: Context, statement: Select[Any], wanted: RegisterFilter) -> Select[Any]:
    """Keep the items that fit."""
    where: list[ColumnElement[bool]] = [in_view(ctx, wanted.view)] if wanted.view is not None else []
    if wanted.channels:
        where.append(PostItem.channel.in_(sorted(_in_channels(wanted))))
    if wanted.categories:
        keys = select(PostCategory.id).where(PostCategory.key.in_(sorted(wanted.categories)))
        where.append(PostItem.category_id.in_(keys))
    if wanted.states:
        where.append(PostItem.state.in_(sorted(wanted.states)))
    if wanted.officer_id is not None:
        where.append(PostItem.officer_id == wanted.officer_id)
    if wanted.team_id is not None:
        where.append(PostItem.team_id == wanted.team_id)
    if wanted.account_id is not None:
        where.append(is_about(Subject.ACCOUNT, wanted.account_id))
    where += _in_days(ctx, PostItem.received_at, wanted)
    if wanted.text:
        where += _words_in(ctx, wanted.text)
    return statement.where(*where) if where else statement


def went_out(ctx: Context, statement: Select[Any], wanted: RegisterFilter) -> Select[Any]:
    """Keep the letters, e-mails and text messages that fit."""
    where: list[ColumnElement[bool]] = []
    if wanted.view is View.TODAY:
        where.append(Outgoing.asked_at >= midnight(ctx.clock.today()))
    if wanted.channels:
        where.append(Outgoing.channel.in_(sorted(_out_channels(wanted))))
    if wanted.officer_id is not None:
        where.append(Outgoing.asked_by == wanted.officer_id)
    if wanted.account_id is not None:
        where.append(posted.of_account(wanted.account_id))
    where += _in_days(ctx, Outgoing.asked_at, wanted)
    if wanted.text:
        places = (Outgoing.addressee, Outgoing.title, Outgoing.subject_line, Outgoing.reference)
        where += [_like(word, places) for word in wanted.text.split()[:_MOST_WORDS]]
        where += _not_shut(ctx, Outgoing.account_id)
    return statement.where(*where) if where else statement


def _in_days(ctx: Context, at: Any, wanted: RegisterFilter) -> list[ColumnElement[bool]]:
    """Whether it came or went on the days of the filter."""
    where: list[ColumnElement[bool]] = []
    if wanted.days is not None:
        where.append(at >= midnight(ctx.clock.today() - timedelta(days=wanted.days - 1)))
    if wanted.from_on is not None:
        where.append(at >= midnight(wanted.from_on))
    if wanted.to_on is not None:
        where.append(at < midnight(wanted.to_on + timedelta(days=1)))
    return where


def in_view(ctx: Context, view: View) -> ColumnElement[bool]:
    """Whether an item belongs to a view."""
    today = ctx.clock.today()
    if view is View.TODAY:
        return PostItem.received_on == today
    conditions = {
        View.MINE: lambda: mine(ctx),
        View.TEAM: lambda: _with_team(ctx),
        View.OVERDUE: lambda: is_late(today),
        View.SOON: lambda: _is_soon(today, amber_until(ctx)),
        View.UNALLOCATED: lambda: and_(PostItem.officer_id.is_(None), PostItem.team_id.is_(None)),
        View.UNCHECKED: lambda: PostItem.guessed != "",
    }
    return and_(IS_OPEN, conditions[view]())


def mine(ctx: Context) -> ColumnElement[bool]:
    """With the officer, or today with a colleague who is away and whom they cover."""
    today, me = ctx.clock.today(), ctx.officer.id
    covered = select(Absence.officer_id).where(Absence.cover_id == me, Absence.from_on <= today, Absence.to_on >= today)
    return PostItem.officer_id.in_(sorted({me, *ctx.session.scalars(covered)}))


def _is_soon(today: date, until: date) -> ColumnElement[bool]:
    def due(column: InstrumentedAttribute[date | None]) -> ColumnElement[bool]:
        return and_(column >= today, column <= until)

    acknowledge = and_(ACKNOWLEDGEMENT_DUE, due(PostItem.acknowledge_by))
    return and_(or_(acknowledge, and_(REPLY_DUE, due(PostItem.reply_by))), ~is_late(today))


def _with_team(ctx: Context) -> ColumnElement[bool]:
    """With a team that the officer is of or leads, or with somebody of it. SQL Server sums no condition with a query in it."""
    own = select(Officer.team_id).where(Officer.id == ctx.officer.id, Officer.team_id.is_not(None))
    led = select(Team.id).where(Team.leader_id == ctx.officer.id)
    teams = sorted({*ctx.session.scalars(own), *ctx.session.scalars(led)})
    officers = ctx.session.scalars(select(Officer.id).where(Officer.team_id.in_(teams))).all() if teams else ()
    return or_(PostItem.team_id.in_(teams), PostItem.officer_id.in_(sorted(officers)[:_MOST_NAMED]))


def _words_in(ctx: Context, text: str) -> list[ColumnElement[bool]]:
    number = _NUMBER.fullmatch(text.strip())
    if number:
        return [PostItem.year == int(number[1]), PostItem.number == int(number[2])]
    found = [_in_item(word) for word in words(text)[:_MOST_WORDS]]
    return [*found, *_not_shut(ctx, PostItem.account_id)] if found else []


def _in_item(word: str) -> ColumnElement[bool]:
    """The beginning of a word of the item, or of its account's payment reference."""
    indexed = select(SearchWord.subject_id).where(
        SearchWord.subject == Subject.POST_ITEM, finding.begins(SearchWord.word, word)
    )
    if not any(letter.isdigit() for letter in word):
        return PostItem.id.in_(indexed)
    accounts = select(Account.id).where(Account.payment_reference.like(like_pattern(word), escape="/"))
    return or_(PostItem.id.in_(indexed), PostItem.account_id.in_(accounts))


def _like(word: str, places: Sequence[InstrumentedAttribute[str]]) -> ColumnElement[bool]:
    return or_(*(each.like(like_pattern(word), escape="/") for each in places))


def _not_shut(ctx: Context, account: InstrumentedAttribute[int | None]) -> list[ColumnElement[bool]]:
    """What is of a restricted record isn't found by its words."""
    shut = sorted(access.closed_accounts(ctx))[:_MOST_NAMED]
    return [or_(account.is_(None), account.not_in(shut))] if shut else []


def _in_channels(wanted: RegisterFilter) -> frozenset[str]:
    return wanted.channels & {each.value for each in PostChannel}


def _out_channels(wanted: RegisterFilter) -> frozenset[str]:
    return frozenset(out for come, out in _OUT_CHANNELS.items() if come in wanted.channels)
