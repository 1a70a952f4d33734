"""What decides the void charge of properties: their tenancies, and what the last one before each void was charged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, select

from app.models.accounts import Account
from app.models.codes import PostingRule
from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import PropertyType, Tenure
from app.services.charges import facts, rules
from app.services.charges.dto import ChargeLine, Element, Span
from app.services.charges.facts import AS_RECORDED, AsIf
from app.services.charges.voids import OWNED, VOID_CONTROL
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.ledger.sql import AnySelect

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Void:
    """A time for which a property is let to nobody, with the charges of the tenancy before it."""

    span: Span
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class VoidFacts:
    """What decides a property's void charge in any week; `control_id` is the void control account that takes it."""

    property_ref: str
    control_id: int
    free_weeks: frozenset[date]
    voids: tuple[Void, ...]

    def lines(self, monday: date) -> tuple[ChargeLine, ...]:
        """What the void control account is charged in the week of `monday` (`rules.void_lines`)."""
        free = monday in self.free_weeks
        return tuple(
            line
            for void in self.voids
            for line in rules.void_lines(monday, void.span, void.elements, free=free, property_ref=self.property_ref)
        )


@dataclass(frozen=True, slots=True)
class _Held:
    tenancy_id: int
    tenure: Tenure | None
    span: Span


def void_facts(ctx: Context, property_ids: Collection[int], as_if: AsIf = AS_RECORDED) -> tuple[VoidFacts, ...]:
    """The facts of dwellings and garages, by their reference; other properties are never charged as void."""
    held: defaultdict[int, list[_Held]] = defaultdict(list)
    described: dict[int, tuple[str, int, int]] = {}
    for chunk in in_chunks(sorted(property_ids)):
        for row in ctx.session.execute(_properties().where(Property.id.in_(chunk))):
            described[row.id] = (row.ref, row.rent_group_id, row.account_id)
        columns = (Tenancy.id, Tenancy.property_id, Tenancy.tenure, Tenancy.start_on, Tenancy.end_on)
        for row in ctx.session.execute(select(*columns).where(Tenancy.property_id.in_(chunk))):
            span = as_if.tenancies.get(row.id, Span(row.start_on, row.end_on))
            held[row.property_id].append(_Held(row.id, row.tenure, span))
    for property_id, span in as_if.lets.items():
        held[property_id].append(_Held(_LATEST, None, span))
    gaps = {property_id: _gaps(held[property_id]) for property_id in described}
    charges = _charges(ctx, {tenancy_id for each in gaps.values() for tenancy_id in each}, as_if)
    free = facts.free_weeks(ctx)
    return tuple(
        VoidFacts(
            ref,
            control_id,
            free.get(group_id, frozenset()),
            tuple(Void(span, charges.get(tenancy_id, ())) for tenancy_id, span in gaps[property_id].items()),
        )
        for property_id, (ref, group_id, control_id) in sorted(described.items(), key=lambda item: item[1])
    )


_LATEST = 2**62
"""Stands for a letting that isn't recorded yet: it comes after every tenancy that is."""


def _properties() -> AnySelect:
    return (
        select(Property.id, Property.ref, Property.rent_group_id, PostingRule.account_id)
        .join(RentGroup, RentGroup.id == Property.rent_group_id)
        .join(PostingRule, and_(PostingRule.control == VOID_CONTROL, PostingRule.fund == RentGroup.fund))
        .where(Property.type.in_([PropertyType.DWELLING, PropertyType.GARAGE]))
    )


def _gaps(held: Collection[_Held]) -> dict[int, Span]:
    """By ended tenancy, the days from its end to the next start, where there are any."""
    found: dict[int, Span] = {}
    for each in held:
        ended = each.span.last
        if ended is None or each.tenure in OWNED or each.tenancy_id == _LATEST:
            continue
        later = [other.span.first for other in held if _follows(other, each)]
        last = min(later) - _DAY if later else None
        if last is None or last > ended:
            found[each.tenancy_id] = Span(ended + _DAY, last)
    return found


def _follows(other: _Held, each: _Held) -> bool:
    """Whether a tenancy ends after another, or on the same day and was made later."""
    if other is each or each.span.last is None:
        return False
    return other.span.last is None or (other.span.last, other.tenancy_id) > (each.span.last, each.tenancy_id)


def _charges(ctx: Context, tenancy_ids: Collection[int], as_if: AsIf) -> dict[int, tuple[Element, ...]]:
    accounts: dict[int, int] = {}
    for chunk in in_chunks(sorted(tenancy_ids)):
        statement = select(Account.id, Account.tenancy_id).where(Account.tenancy_id.in_(chunk))
        accounts.update((row.id, row.tenancy_id) for row in ctx.session.execute(statement))
    elements = facts.elements_of(ctx, accounts) | {
        account_id: each for account_id, each in as_if.elements.items() if account_id in accounts
    }
    found: defaultdict[int, tuple[Element, ...]] = defaultdict(tuple)
    for account_id, each in elements.items():
        found[accounts[account_id]] += each
    return dict(found)
