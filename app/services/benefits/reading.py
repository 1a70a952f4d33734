"""Claims with their awards, and what came of benefits, however many tenancies they are for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.benefits import BenefitAward, BenefitClaim
from app.models.people import Person
from app.models.properties import Property, RentFreeWeek
from app.models.tenancies import Tenancy
from app.models.values import BenefitKind, ClaimState, ExplainGroup, Money
from app.services.benefits.dto import Award, Claim
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.ledger.queries import lines_select
from app.services.rent.rules import full_name

_GROUPS: Final = {
    ExplainGroup.HOUSING_BENEFIT: BenefitKind.HOUSING_BENEFIT,
    ExplainGroup.UNIVERSAL_CREDIT: BenefitKind.UNIVERSAL_CREDIT,
}


def claims_of(
    ctx: Context, tenancy_ids: Iterable[int], states: frozenset[ClaimState] | None = None
) -> dict[int, tuple[Claim, ...]]:
    """The claims for some tenancies, the latest first; two statements for every 900 of them."""
    found: defaultdict[int, list[Claim]] = defaultdict(list)
    for chunk in in_chunks(sorted(set(tenancy_ids))):
        wanted = [BenefitClaim.tenancy_id.in_(chunk)]
        if states is not None:
            wanted.append(BenefitClaim.state.in_(sorted(states)))
        for claim in _claims(ctx, wanted):
            found[claim.tenancy_id].append(claim)
    return {tenancy_id: tuple(claims) for tenancy_id, claims in found.items()}


def all_claims(ctx: Context, wanted: Sequence[Any] = ()) -> list[Claim]:
    """Every claim that fits, the latest first: two statements, however many there are."""
    return _claims(ctx, wanted)


def _claims(ctx: Context, wanted: Sequence[Any]) -> list[Claim]:
    statement = (
        select(BenefitClaim, Person.title, Person.first_name, Person.last_name)
        .join(Person, Person.id == BenefitClaim.person_id)
        .where(*wanted)
        .order_by(BenefitClaim.claimed_on.desc(), BenefitClaim.id.desc())
    )
    claims = ctx.session.execute(statement).all()
    awards = _awards(ctx, wanted) if claims else {}
    return [_claim(kept, full_name(*names), tuple(awards.get(kept.id, ()))) for kept, *names in claims]


def _awards(ctx: Context, wanted: Sequence[Any]) -> dict[int, list[Award]]:
    """The awards of the claims that fit, in order of their first day."""
    awards: defaultdict[int, list[Award]] = defaultdict(list)
    statement = (
        select(
            BenefitAward.claim_id,
            BenefitAward.id,
            BenefitAward.from_on,
            BenefitAward.to_on,
            BenefitAward.amount_pence,
            BenefitAward.frequency,
            BenefitAward.spare_bedrooms,
            BenefitAward.to_landlord,
            BenefitAward.arrears_pence,
        )
        .join(BenefitClaim, BenefitClaim.id == BenefitAward.claim_id)
        .where(*wanted)
        .order_by(BenefitAward.claim_id, BenefitAward.from_on)
    )
    for claim_id, number, from_on, to_on, pence, frequency, spare, ours, arrears in ctx.session.execute(statement):
        award = Award(number, from_on, to_on, Money(pence), frequency, spare, bool(ours), Money(arrears))
        awards[claim_id].append(award)
    return awards


def _claim(kept: BenefitClaim, person: str, awards: tuple[Award, ...]) -> Claim:
    return Claim(
        claim_id=kept.id,
        version=kept.version,
        tenancy_id=kept.tenancy_id,
        person_id=kept.person_id,
        person=person,
        kind=kept.kind,
        state=kept.state,
        reference=kept.reference,
        claimed_on=kept.claimed_on,
        ended_on=kept.ended_on,
        portal_on=kept.portal_on,
        note=kept.note,
        awards=awards,
    )


def came(
    ctx: Context, tenancy_ids: Collection[int] | None, first: date, last: date
) -> dict[tuple[int, BenefitKind], list[tuple[date | None, date, int]]]:
    """What came of benefits to the accounts of tenancies (None: of every one with a claim) between two days, both included.

    Returns:
        By tenancy and benefit: the Monday of the rent week that it is for, the day that it belongs to, and the pence.
    """
    lines = lines_select().order_by(None).subquery()
    statement: Any = (
        select(
            Account.tenancy_id, lines.c.explain_group, lines.c.rent_week, lines.c.effective_on, func.sum(lines.c.pence)
        )
        .join(Account, Account.id == lines.c.account_id)
        .where(
            lines.c.effective_on >= first,
            lines.c.effective_on <= last,
            lines.c.explain_group.in_(sorted(_GROUPS)),
        )
        .group_by(Account.tenancy_id, lines.c.explain_group, lines.c.rent_week, lines.c.effective_on)
    )
    found: defaultdict[tuple[int, BenefitKind], list[tuple[date | None, date, int]]] = defaultdict(list)
    if tenancy_ids is None:
        statements = [statement.where(Account.tenancy_id.in_(select(BenefitClaim.tenancy_id)))]
    else:
        chunks = in_chunks(sorted(set(tenancy_ids)))
        statements = [statement.where(Account.tenancy_id.in_(chunk)) for chunk in chunks]
    for each in statements:
        for tenancy_id, group, week, on, pence in ctx.session.execute(each):
            found[tenancy_id, _GROUPS[group]].append((week, on, -pence))
    return found


def held_until(ctx: Context, claims: Mapping[int, Sequence[Claim]]) -> dict[int, tuple[Claim, ...]]:
    """The same claims, each ending with its tenancy at the latest: nothing is expected for a home that was given up."""
    ends: dict[int, date] = {}
    for chunk in in_chunks(sorted(claims)):
        statement = select(Tenancy.id, Tenancy.end_on).where(Tenancy.id.in_(chunk), Tenancy.end_on.is_not(None))
        ends.update((row[0], row[1]) for row in ctx.session.execute(statement) if row[1] is not None)
    return {
        tenancy_id: tuple(_ending(each, ends.get(tenancy_id)) for each in found) for tenancy_id, found in claims.items()
    }


def _ending(claim: Claim, end_on: date | None) -> Claim:
    if end_on is None or (claim.ended_on is not None and claim.ended_on <= end_on):
        return claim
    return replace(claim, ended_on=end_on)


def free_of(ctx: Context, tenancy_ids: Collection[int], first: date, last: date) -> dict[int, frozenset[date]]:
    """The Mondays from one to another that are rent-free for each tenancy: no Housing Benefit is due for them."""
    weeks: defaultdict[int, set[date]] = defaultdict(set)
    between = select(RentFreeWeek.rent_group_id, RentFreeWeek.week_on).where(
        RentFreeWeek.week_on >= first, RentFreeWeek.week_on <= last
    )
    for group_id, week_on in ctx.session.execute(between):
        weeks[group_id].add(week_on)
    if not weeks:
        return {}
    found: dict[int, frozenset[date]] = {}
    for chunk in in_chunks(sorted(set(tenancy_ids))):
        statement = (
            select(Tenancy.id, Property.rent_group_id)
            .join(Property, Property.id == Tenancy.property_id)
            .where(Tenancy.id.in_(chunk), Property.rent_group_id.in_(sorted(weeks)))
        )
        found.update((row[0], frozenset(weeks[row[1]])) for row in ctx.session.execute(statement))
    return found
