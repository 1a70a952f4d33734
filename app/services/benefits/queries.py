"""Claims of an account, what was expected and what came, and the office's list of both."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from sqlalchemy import or_, select

from app.models.accounts import Account
from app.models.benefits import BenefitClaim
from app.models.codes import TransactionCode
from app.models.values import ZERO, BenefitKind, ClaimState, Money
from app.services.benefits import comparing, policies, reading, rules
from app.services.benefits.dto import (
    AccountBenefits,
    Award,
    BenefitFilter,
    BenefitRegister,
    BenefitRow,
    BenefitShown,
    Claim,
    ClaimForm,
    PeriodRow,
)
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.rent.dto import AccountHeader
from app.services.rent.header import account_header
from app.services.rent.rules import main_kind_order

MOST: Final = 2_000
"""The register shows so many at most; a name or a reference finds the rest."""
_OVER: Final = (ClaimState.ENDED, ClaimState.REFUSED)
_COUNTED: Final = (BenefitShown.DIFFERENT, BenefitShown.UNCONFIRMED, BenefitShown.APPLIED)
"""The choices that ask for something to be done."""
_Named = tuple[int, str, str]


def account_benefits(ctx: Context, account_id: int) -> AccountBenefits:
    """The claims of an account's tenancy, and expected against received by period, the latest first.

    Raises:
        UserError: there is no such account, or it is restricted and not the officer's to open.
    """
    header = account_header(ctx, account_id)
    tenancy_id = _tenancy(ctx, account_id)
    eligible = _eligible(ctx, header)
    monthly = rules.monthly_costs(eligible, len(header.free_weeks))
    if tenancy_id is None:
        return AccountBenefits(account_id, None, (), (), eligible, monthly)
    claims = reading.claims_of(ctx, [tenancy_id]).get(tenancy_id, ())
    periods = comparing.compared(ctx, {tenancy_id: claims})[tenancy_id]
    return AccountBenefits(account_id, tenancy_id, claims, periods, eligible, monthly)


def claim_form(ctx: Context, account_id: int) -> ClaimForm:
    """What the sheet of a claim begins with.

    Raises:
        UserError: the account belongs to no tenancy, or isn't the officer's to open.
    """
    header = account_header(ctx, account_id)
    tenancy_id = _tenancy(ctx, account_id)
    if tenancy_id is None:
        raise UserError("This account belongs to no tenancy, so nobody claims benefit for it.")
    today = ctx.clock.today()
    eligible = _eligible(ctx, header)
    one, more = policies.spare_percents(ctx, today)
    claims = reading.claims_of(ctx, [tenancy_id]).get(tenancy_id, ())
    people = dict(
        [*((each.person_id, each.name) for each in header.people), *((c.person_id, c.person) for c in claims)]
    )
    return ClaimForm(
        account_id=account_id,
        reference=header.reference,
        name=header.name,
        tenancy_id=tenancy_id,
        people=tuple(people.items()),
        claims=claims,
        weekly=header.weekly,
        eligible=eligible,
        monthly=rules.monthly_costs(eligible, len(header.free_weeks)),
        today=today,
        started_on=header.started_on,
        one_percent=one,
        more_percent=more,
    )


def weekly_to_us(ctx: Context, account_id: int) -> Money:
    """What Housing Benefit and discretionary payments bring us for an account's tenancy in a week, by today's awards."""
    tenancy_id = _tenancy(ctx, account_id)
    if tenancy_id is None:
        return ZERO
    today = ctx.clock.today()
    claims = reading.claims_of(ctx, [tenancy_id], frozenset({ClaimState.LIVE})).get(tenancy_id, ())
    weekly = [claim for claim in claims if claim.kind is not BenefitKind.UNIVERSAL_CREDIT and claim.award_on(today)]
    return sum((rules.whole_week(claim, today) for claim in weekly), ZERO)


def register(ctx: Context, wanted: BenefitFilter) -> BenefitRegister:
    """The claims of a choice, those with the largest differences first, and how many there are of every choice.

    Expected and received are of the tenancy and the benefit, on the latest claim to it; eight statements, however many.
    """
    every = _rows(ctx, wanted.text)
    least = policies.least_difference(ctx, ctx.clock.today())
    rows = [row for row in every if _fits(row, wanted.shown, least)]
    counts = {shown: sum(_fits(row, shown, least) for row in every) for shown in _COUNTED}
    return BenefitRegister(tuple(rows[:MOST]), counts)


def _rows(ctx: Context, text: str) -> list[BenefitRow]:
    accounts = _accounts(ctx, text)
    by_tenancy: defaultdict[int, list[Claim]] = defaultdict(list)
    for claim in reading.all_claims(ctx):
        if claim.tenancy_id in accounts:
            by_tenancy[claim.tenancy_id].append(claim)
    periods = comparing.compared(ctx, by_tenancy, every=True)
    shut, today = access.restricted_accounts(ctx), ctx.clock.today()
    rows: list[BenefitRow] = []
    for tenancy_id, each in by_tenancy.items():
        told: set[BenefitKind] = set()
        for claim in each:
            paid_as = rules.paid_as(claim.kind)
            mine = () if paid_as in told else comparing.of_kind(periods[tenancy_id], claim.kind)
            told.add(paid_as)
            account_id, reference, name = accounts[tenancy_id]
            shown = access.RESTRICTED_NAME if account_id in shut else name
            rows.append(_row(claim, claim.award_on(today), mine, (account_id, reference, shown)))
    return sorted(rows, key=lambda row: (-abs(row.difference.pence), row.reference))


def _fits(row: BenefitRow, shown: BenefitShown, least: Money) -> bool:
    if shown is BenefitShown.DIFFERENT:
        return abs(row.difference.pence) >= max(least.pence, 1)
    if shown is BenefitShown.UNCONFIRMED:
        return row.kind is BenefitKind.UNIVERSAL_CREDIT and row.portal_on is None and row.state not in _OVER
    if shown is BenefitShown.APPLIED:
        return row.state is ClaimState.APPLIED
    return shown is BenefitShown.ALL or row.state not in _OVER


def _row(claim: Claim, award: Award | None, periods: tuple[PeriodRow, ...], account: _Named) -> BenefitRow:
    account_id, reference, name = account
    return BenefitRow(
        claim_id=claim.claim_id,
        account_id=account_id,
        reference=reference,
        name=name,
        kind=claim.kind,
        state=claim.state,
        claimed_on=claim.claimed_on,
        ended_on=claim.ended_on,
        portal_on=claim.portal_on,
        amount=award.amount if award else None,
        to_landlord=award.to_landlord if award else False,
        expected=Money(sum(each.expected.pence for each in periods)),
        received=Money(sum(each.received.pence for each in periods)),
    )


def _accounts(ctx: Context, text: str) -> dict[int, _Named]:
    """The main account of each tenancy that somebody claims for: its id, reference and name."""
    statement = select(Account.tenancy_id, Account.kind, Account.id, Account.payment_reference, Account.name).where(
        Account.tenancy_id.in_(select(BenefitClaim.tenancy_id))
    )
    for word in text.split():
        statement = statement.where(or_(Account.name.ilike(f"%{word}%"), Account.payment_reference.ilike(f"%{word}%")))
    found: dict[int, _Named] = {}
    order: dict[int, int] = {}
    for tenancy_id, kind, account_id, reference, name in ctx.session.execute(statement.order_by(Account.id)):
        assert tenancy_id is not None
        place = main_kind_order(kind)
        if tenancy_id not in found or place < order[tenancy_id]:
            found[tenancy_id], order[tenancy_id] = (account_id, reference or "", name), place
    return found


def _eligible(ctx: Context, header: AccountHeader) -> Money:
    """What of a week's charges benefit can pay for."""
    codes = set(ctx.session.scalars(select(TransactionCode.code).where(TransactionCode.hb_eligible)))
    return sum((charge.amount for charge in header.charges if charge.code in codes), ZERO)


def _tenancy(ctx: Context, account_id: int) -> int | None:
    return ctx.session.scalar(select(Account.tenancy_id).where(Account.id == account_id))
