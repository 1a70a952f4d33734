"""What instalments are worked out from, read for any number of accounts in a fixed number of statements for every 900."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.values import BenefitKind, Stop
from app.services.benefits import policies, reading
from app.services.benefits import rules as benefits
from app.services.benefits.dto import Claim
from app.services.charges.facts import AccountFacts, account_facts
from app.services.charges.runs import next_week
from app.services.core.calendars import WEEK, RentYear, week_monday
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.rent_years import stated_years
from app.services.direct_debits.schedules import arrears, others
from app.services.direct_debits.schedules.others import Other
from app.services.direct_debits.schedules.owed import Arranged
from app.services.holds.dto import Stopped
from app.services.holds.queries import stops
from app.services.rent.rules import main_kind_order

_LATE_WEEKS: Final = 8
"""Housing Benefit that didn't come for so long isn't waited for."""


@dataclass(frozen=True, slots=True)
class AccountNow:
    """An account with its balance in pence (owed is positive)."""

    reference: str
    balance: int
    tenancy_id: int | None


@dataclass(frozen=True, slots=True)
class Weekly:
    """Claims to Housing Benefit whose money comes to an account, and the first rent week for which none has come yet."""

    claims: tuple[Claim, ...]
    from_week: date


@dataclass(frozen=True, slots=True)
class Basis:
    """What instalments are worked out from, by account.

    Attributes:
        next_week: the first Monday that wasn't charged yet.
        weekly: Housing Benefit and discretionary payments that come to the account.
        monthly: the claims to Universal Credit that do.
        held: why arrears may not be collected.
        frozen: of those that a case protects, what was owed on the day of its application, in pence.
        arranged: the arrangement in force that covers its debt.
        pay_days: how many days after an assessment period its payment comes.
        applied: of those that a case protects, the day of its application.
        came: the days on which Universal Credit came lately.
        ahead: what the last collection brought, in pence: so much may be paid of what wasn't charged yet.
        others: the collections to come of every mandate that pays it.
    """

    today: date
    next_week: date
    stated: tuple[RentYear, ...]
    pay_days: int
    accounts: Mapping[int, AccountNow]
    facts: Mapping[int, AccountFacts]
    weekly: Mapping[int, Weekly]
    monthly: Mapping[int, tuple[Claim, ...]]
    held: Mapping[int, Stopped]
    frozen: Mapping[int, int]
    arranged: Mapping[int, Arranged]
    applied: Mapping[int, date] = field(default_factory=dict)
    ahead: Mapping[int, int] = field(default_factory=dict)
    came: Mapping[int, tuple[date, ...]] = field(default_factory=dict)
    others: Mapping[int, list[Other]] = field(default_factory=dict)


def read(ctx: Context, account_ids: Collection[int]) -> Basis:
    """Everything that the instalments of these accounts are worked out from, as it is now."""
    today = ctx.clock.today()
    following = next_week(ctx) or week_monday(today)
    ids = sorted(set(account_ids))
    accounts = _accounts(ctx, ids)
    tenancies = {row.tenancy_id for row in accounts.values() if row.tenancy_id is not None}
    claims = _claims(ctx, tenancies)
    main = _main_accounts(ctx, claims)
    weekly, monthly, came = _benefits(ctx, claims, main, following)
    held = stops(ctx, ids, Stop.ARREARS_COLLECTION)
    cases = arrears.frozen(ctx, held)
    arranged = arrears.arranged(ctx, ids)
    return Basis(
        today=today,
        next_week=following,
        stated=stated_years(ctx.session),
        pay_days=policies.pay_days(ctx, today),
        accounts=accounts,
        facts={each.account_id: each for each in account_facts(ctx, ids)},
        weekly={account_id: each for account_id, each in weekly.items() if account_id in accounts},
        monthly={account_id: each for account_id, each in monthly.items() if account_id in accounts},
        came=came,
        others=others.read(ctx, ids),
        held=held,
        frozen={account_id: pence for account_id, (pence, _) in cases.items()},
        arranged=arranged,
        applied={account_id: on for account_id, (_, on) in cases.items()},
        ahead=arrears.ahead(ctx, accounts.keys() & {*cases, *arranged}),
    )


def _accounts(ctx: Context, ids: Collection[int]) -> dict[int, AccountNow]:
    found: dict[int, AccountNow] = {}
    columns = (Account.id, Account.payment_reference, Account.balance_pence, Account.tenancy_id)
    for chunk in in_chunks(sorted(ids)):
        for account_id, reference, pence, tenancy_id in ctx.session.execute(
            select(*columns).where(Account.id.in_(chunk))
        ):
            found[account_id] = AccountNow(reference or "", pence, tenancy_id)
    return found


def _claims(ctx: Context, tenancies: Collection[int]) -> dict[int, tuple[Claim, ...]]:
    """The claims by which money comes to us, each until its tenancy ends at the latest."""
    found = reading.claims_of(ctx, tenancies, benefits.PAYING)
    paying = {
        tenancy_id: tuple(claim for claim in claims if any(award.to_landlord for award in claim.awards))
        for tenancy_id, claims in found.items()
    }
    return reading.held_until(ctx, {tenancy_id: claims for tenancy_id, claims in paying.items() if claims})


def _main_accounts(ctx: Context, tenancies: Collection[int]) -> dict[int, int]:
    """The main account of each tenancy, to which its benefit comes."""
    found: dict[int, tuple[int, int]] = {}
    for chunk in in_chunks(sorted(tenancies)):
        rows = select(Account.tenancy_id, Account.kind, Account.id).where(Account.tenancy_id.in_(chunk))
        for tenancy_id, kind, account_id in ctx.session.execute(rows):
            assert tenancy_id is not None
            place = (main_kind_order(kind), account_id)
            found[tenancy_id] = min(found.get(tenancy_id, place), place)
    return {tenancy_id: account_id for tenancy_id, (_, account_id) in found.items()}


def _benefits(
    ctx: Context, claims: Mapping[int, tuple[Claim, ...]], main: Mapping[int, int], following: date
) -> tuple[dict[int, Weekly], dict[int, tuple[Claim, ...]], dict[int, tuple[date, ...]]]:
    """By main account, what comes by the week and what by the month, and when of the latter something came lately."""
    by_week: dict[int, tuple[Claim, ...]] = {}
    monthly: dict[int, tuple[Claim, ...]] = {}
    for tenancy_id, each in claims.items():
        parted: dict[bool, list[Claim]] = {True: [], False: []}
        for claim in each:
            parted[claim.kind is BenefitKind.UNIVERSAL_CREDIT].append(claim)
        if parted[True]:
            monthly[main[tenancy_id]] = tuple(parted[True])
        if parted[False]:
            by_week[tenancy_id] = tuple(parted[False])
    first, paid = _came(ctx, claims, following)
    weekly = {main[each]: Weekly(found, first.get(each, following)) for each, found in by_week.items()}
    return weekly, monthly, {main[each]: on for each, on in paid.items()}


def _came(
    ctx: Context, tenancies: Collection[int], following: date
) -> tuple[dict[int, date], dict[int, tuple[date, ...]]]:
    """What came lately, by tenancy: the week after the last for which Housing Benefit came, and the days of Universal Credit.

    Benefit that comes weeks after the charge is still to come for those weeks: they are charged, and owed by nobody. A
    payment of Universal Credit counts as come from some days before its day (benefits.rules).
    """
    weeks: dict[int, date] = {}
    paid: dict[int, tuple[date, ...]] = {}
    if not tenancies:
        return weeks, paid
    since = ctx.clock.today() - benefits.LATE - benefits.EARLY
    until = following + WEEK * _LATE_WEEKS
    found = reading.came(ctx, tenancies, min(since, following - WEEK * _LATE_WEEKS), until)
    for (tenancy_id, kind), rows in found.items():
        brought = [(week, on) for week, on, pence in rows if pence > 0]
        if brought and kind is BenefitKind.HOUSING_BENEFIT:
            weeks[tenancy_id] = max(week or week_monday(on) for week, on in brought) + WEEK
        elif kind is BenefitKind.UNIVERSAL_CREDIT:
            paid[tenancy_id] = tuple(on for _, on in brought if on > since)
    return weeks, paid
