"""What was charged against what should have been, in weeks that were charged already, and the journal that puts it right.

Whatever changes days or amounts in the past asks here: starting late, ending in the past, correcting a date, a charge changed
from an earlier day. What should be is worked out by `rules.week_lines` and `rules.void_lines`, what was is the ledger's own
lines of those weeks; nothing is charged twice, since a correction counts as charged from then on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.charges import ChargeRun
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import ZERO, JournalKind, Money
from app.services.charges import facts, void_facts
from app.services.charges.dto import Span
from app.services.charges.facts import AS_RECORDED, AsIf
from app.services.core import plugs
from app.services.core.calendars import week_monday
from app.services.core.card_refusal import refuse_card_number
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import periods
from app.services.ledger.charged import Charged, charged, charged_to_void
from app.services.ledger.dto import JournalHeader, Line, Posted
from app.services.ledger.posting import append
from app.services.ledger.standing import reversed_among

__all__ = [
    "AS_RECORDED",
    "NOBODY",
    "AsIf",
    "ChargeDifference",
    "WeekDifference",
    "by_week",
    "charged_mondays",
    "difference_of",
    "differences",
    "follow",
    "linked_accounts",
    "post_differences",
    "register",
    "void_differences",
]


SLOT: Final = "put_right"
_followers: list[Callable[[Context, Collection[int]], None]] = []
NOBODY: Final[Mapping[int, Span]] = MappingProxyType({})
"""No letting begins."""


@dataclass(frozen=True, slots=True)
class ChargeDifference:
    """A code of a rent week (its Monday) for which an account was charged something else than it should have been.

    Attributes:
        account_id: the account; of a void, the void control account.
        effective_on: the first day that what was or should have been charged belongs to.
        property_ref: of a void, the property; else empty.
    """

    account_id: int
    code: str
    week: date
    should: Money
    was: Money
    effective_on: date
    property_ref: str = ""

    @property
    def difference(self) -> Money:
        """What puts it right: a debit where too little was charged."""
        return self.should - self.was


@dataclass(frozen=True, slots=True)
class WeekDifference:
    """What some differences come to in one rent week: charged, due, and what puts it right."""

    week: date
    was: Money
    should: Money

    @property
    def difference(self) -> Money:
        """A debit where too little was charged."""
        return self.should - self.was


def charged_mondays(ctx: Context, from_on: date, to_on: date | None = None) -> tuple[date, ...]:
    """The Mondays of the weeks from that of `from_on` to that of `to_on` (no end: the last charged) whose charge stands.

    Weeks before the first run lie in the loaded balances: what was charged in them is not known by week.
    """
    statement = select(ChargeRun.week_on, ChargeRun.journal).where(ChargeRun.week_on >= week_monday(from_on))
    if to_on is not None:
        statement = statement.where(ChargeRun.week_on <= to_on)
    runs = ctx.session.execute(statement.order_by(ChargeRun.week_on)).all()
    undone = reversed_among(ctx, {run.journal for run in runs if run.journal is not None})
    return tuple(run.week_on for run in runs if run.journal is None or run.journal not in undone)


def differences(
    ctx: Context, account_ids: Collection[int], from_on: date, to_on: date | None = None, as_if: AsIf = AS_RECORDED
) -> tuple[ChargeDifference, ...]:
    """What was charged to accounts against what should have been, in the charged weeks from that of `from_on`.

    `from_on` and `to_on` are any days of the first and the last week; no last means all that were charged. `as_if` holds days
    and amounts to be looked at as if they were recorded already, for what is shown before saving. `linked_accounts` adds the
    garages whose VAT hangs on the accounts.
    """
    mondays = charged_mondays(ctx, from_on, to_on)
    if not mondays:
        return ()
    rates = facts.vat_rates(ctx, mondays)
    due: _Sums = defaultdict(_Sum)
    known = facts.account_facts(ctx, account_ids, as_if)
    for account in known:
        ctx.cancel.check()
        for monday in mondays:
            for line in account.lines(monday, rates[monday]):
                due[account.account_id, line.code, monday, ""].add(line.amount.pence, line.effective_on)
    ours = [account.account_id for account in known]
    return _compared(due, charged(ctx, ours, mondays[0], mondays[-1]), frozenset(mondays))


def void_differences(
    ctx: Context, property_ids: Collection[int], from_on: date, to_on: date | None = None, as_if: AsIf = AS_RECORDED
) -> tuple[ChargeDifference, ...]:
    """As `differences`, of what was charged to the void control accounts while properties were void."""
    mondays = charged_mondays(ctx, from_on, to_on)
    if not mondays:
        return ()
    due: _Sums = defaultdict(_Sum)
    known = void_facts.void_facts(ctx, property_ids, as_if)
    for each in known:
        for monday in mondays:
            for line in each.lines(monday):
                due[each.control_id, line.code, monday, each.property_ref].add(line.amount.pence, line.effective_on)
    refs = {each.property_ref for each in known}
    controls = {each.control_id for each in known}
    was = charged_to_void(ctx, controls, refs, mondays[0], mondays[-1]) if known else ()
    return _compared(due, was, frozenset(mondays))


def linked_accounts(ctx: Context, account_ids: Collection[int]) -> tuple[int, ...]:
    """Some accounts and those of the garages and parking spaces that go with their tenancies, whose VAT hangs on them."""
    found = set(account_ids)
    for chunk in in_chunks(sorted(account_ids)):
        tenancies = select(Account.tenancy_id).where(Account.id.in_(chunk))
        linked = (
            select(Account.id)
            .join(GarageHome, GarageHome.tenancy_id == Account.tenancy_id)
            .where(GarageHome.home_id.in_(tenancies))
        )
        found.update(ctx.session.scalars(linked))
    return tuple(sorted(found))


def by_week(found: Iterable[ChargeDifference]) -> tuple[WeekDifference, ...]:
    """Differences added up by week, in order."""
    was: defaultdict[date, Money] = defaultdict(lambda: ZERO)
    should: defaultdict[date, Money] = defaultdict(lambda: ZERO)
    for each in found:
        was[each.week] += each.was
        should[each.week] += each.should
    return tuple(WeekDifference(week, was[week], should[week]) for week in sorted(was))


def difference_of(found: Iterable[ChargeDifference]) -> Money:
    """What differences come to altogether."""
    return Money(sum(each.difference.pence for each in found))


def post_differences(
    ctx: Context,
    account_ids: Collection[int],
    from_on: date,
    reason: str,
    key: str,
    to_on: date | None = None,
    authorised_by: int | None = None,
    lets: Mapping[int, Span] = NOBODY,
) -> Posted | None:
    """Post what puts accounts right, and the void control accounts for their properties; None where nothing differs.

    One journal with the charge codes, each line on its own week, accounted for today. The records are written before:
    what should have been charged is worked out from them as they are now. `reason` is the journal's narrative and names no
    person; `key` is the caller's own name for this posting, and the same key never posts twice; `authorised_by` is the officer
    who approved it, where that was needed. `lets` are lettings that begin in the same transaction, by property: nothing is
    void then, and what is due of them is posted by themselves.

    Raises:
        UserError: no reason, or an account that the officer may not work on.
    """
    if not reason.strip():
        raise UserError("Say why the weeks that were charged are put right.", field="reason")
    refuse_card_number(ctx, reason, "reason", "reason")
    ctx.session.flush()
    voids = void_differences(ctx, _properties(ctx, account_ids), from_on, to_on, AsIf(lets=lets))
    lines = [_line(each) for each in (*differences(ctx, account_ids, from_on, to_on), *voids)]
    if not lines:
        return None
    header = JournalHeader(
        kind=JournalKind.CHARGE_CORRECTION,
        accounting_on=periods.first_open_day(ctx.session, ctx.clock.today()),
        source="Charges put right",
        idempotency_key=key,
        narrative=reason.strip()[:200],
        authorised_by=authorised_by,
    )
    posted = append(ctx, header, lines)
    follow(ctx, {line.account_id for line in lines})
    return posted


def register(follower: Callable[[Context, Collection[int]], None]) -> None:
    """Plug in what is done with accounts once their charges were put right; `app/registered.py` names the modules that do."""
    if follower not in _followers:
        _followers.append(follower)


def follow(ctx: Context, account_ids: Collection[int]) -> None:
    """Do what is done with accounts once their charges were put right, for a posting that isn't made here."""
    plugs.fill(SLOT)
    for each in _followers:
        each(ctx, account_ids)


@dataclass(slots=True)
class _Sum:
    """Pence so far, and the first day they belong to."""

    pence: int = 0
    first: date = date.max

    def add(self, pence: int, on: date) -> None:
        self.pence += pence
        self.first = min(self.first, on)


_Key = tuple[int, str, date, str]
_Sums = defaultdict[_Key, _Sum]


def _compared(
    due: Mapping[_Key, _Sum], was: Iterable[Charged], mondays: Collection[date]
) -> tuple[ChargeDifference, ...]:
    """Where what is due isn't what was charged, in order of account, property, week and code."""
    standing: _Sums = defaultdict(_Sum)
    for line in was:
        if line.week in mondays:
            standing[line.account_id, line.code, line.week, line.property_ref].add(line.pence, line.effective_on)
    return tuple(sorted(_differing(due, standing), key=lambda each: (each.account_id, each.property_ref, each.week)))


def _differing(due: Mapping[_Key, _Sum], standing: Mapping[_Key, _Sum]) -> Iterator[ChargeDifference]:
    nothing = _Sum()
    for key in sorted(due.keys() | standing.keys()):
        should, was = due.get(key, nothing), standing.get(key, nothing)
        if should.pence != was.pence:
            account_id, code, week, ref = key
            on = min(should.first, was.first)
            yield ChargeDifference(account_id, code, week, Money(should.pence), Money(was.pence), on, ref)


def _line(each: ChargeDifference) -> Line:
    words = f"put right: {each.should} due, {each.was} charged"
    narrative = f"Void {each.property_ref}, put right" if each.property_ref else words
    return Line(each.account_id, each.code, each.difference.pence, each.effective_on, each.week, narrative)


def _properties(ctx: Context, account_ids: Collection[int]) -> set[int]:
    """The properties of the accounts' tenancies."""
    found: set[int] = set()
    for chunk in in_chunks(sorted(account_ids)):
        statement = select(Tenancy.property_id).join(Account, Account.tenancy_id == Tenancy.id)
        found.update(ctx.session.scalars(statement.where(Account.id.in_(chunk))))
    return found
