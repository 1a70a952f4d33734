"""What the gate of a refund looks at, read in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentLine
from app.models.bacs import BankDetail
from app.models.people import Person
from app.models.refunds import Refund
from app.models.values import (
    ZERO,
    AdjustmentState,
    Authority,
    BenefitKind,
    ClaimState,
    HoldKind,
    Money,
    RefundState,
    Stop,
    Subject,
)
from app.services.adjustments import fixing
from app.services.adjustments.refunds import keeping, rules
from app.services.adjustments.refunds.dto import STATES, Cause
from app.services.adjustments.refunds.facts import Asked, Debt, Facts, Lately, Rights
from app.services.adjustments.refunds.made_by import credit_lines, lines_of
from app.services.bacs import queries as bank
from app.services.bacs.dto import BankDetails
from app.services.bacs.open_claims import open_claim
from app.services.benefits import comparing, policies, reading
from app.services.benefits.dto import KINDS, Claim
from app.services.core.context import Context
from app.services.documents.evidence import links_of
from app.services.holds.dto import Stopped
from app.services.holds.queries import stopped, stops
from app.services.ledger.dto import LedgerLine
from app.services.ledger.queries import ledger_pages
from app.services.letters.gathering import recipient
from app.services.rent.dto import AccountHeader, Link
from app.services.rent.header import account_header

_PROTECTED: Final = frozenset({HoldKind.BREATHING_SPACE, HoldKind.BANKRUPTCY, HoldKind.DEBT_RELIEF_ORDER, HoldKind.IVA})
_CHEQUES: Final = ("RQP", "RRC")
_COLLECTIONS: Final = ("RDD", "RDN")
_CARDS: Final = (rules.CARD,)
_OVER: Final = (RefundState.REFUSED, RefundState.WITHDRAWN)


def gather(ctx: Context, row: Refund) -> Facts:
    """All that the checks of a refund look at, as things stand now.

    Raises:
        UserError: its account is restricted, and not the officer's to open.
    """
    header = account_header(ctx, row.account_id)
    credit = credit_of(ctx, row.account_id)
    parts = rules.made_of(lines_of(ctx, row), credit)
    claims = _claims(ctx, row.account_id)
    cheques, collections, card = _lately(ctx, row.account_id)
    hold = stopped(ctx, row.account_id, Stop.REFUNDS)
    awaited, not_back = _put_back(ctx, row)
    paid_to = bank.details(ctx, [row.bank_detail_id]).get(row.bank_detail_id) if row.bank_detail_id else None
    return Facts(
        asked=Asked(
            Money(row.pence), row.method, row.payee, row.payee_name, len(links_of(ctx, Subject.REFUND, row.id))
        ),
        rights=_rights(ctx, header, row.person_id),
        credit=credit,
        kept=kept_of(ctx, header),
        promised=keeping.promised(ctx, [row.account_id], row.id).get(row.account_id, ZERO),
        shares=rules.shares(parts),
        cheques=cheques,
        collections=collections,
        card=card,
        debts=_debts(ctx, header),
        hold=hold.reason if hold else "",
        claimed_back=open_claim(ctx, row.account_id),
        claims=_housing(ctx, claims),
        undecided=_undecided(ctx, claims),
        discretionary=any(claim.kind is BenefitKind.DISCRETIONARY for claim in claims),
        bank=paid_to,
        bank_is_theirs=paid_to is not None and _theirs(paid_to, row),
        same=_same(ctx, row),
        awaited=awaited,
        not_back=not_back,
    )


def credit_of(ctx: Context, account_id: int) -> Money:
    """What stands to an account's credit now, without a sign; nothing where it owes."""
    balance = ctx.session.scalar(select(Account.balance_pence).where(Account.id == account_id)) or 0
    return max(-Money(balance), ZERO)


def address_of(ctx: Context, account_id: int) -> str:
    """Where the letters of an account go, as for a cheque: not to a home whose tenancy has ended; empty where nobody knows."""
    return "\n".join(recipient(ctx, account_id).address)


def cause_of(ctx: Context, header: AccountHeader) -> Cause:
    """What most of an account's credit came from."""
    parts = rules.made_of(credit_lines(ctx, header.account_id), credit_of(ctx, header.account_id))
    return rules.main_cause(rules.shares(parts), former=is_former(header, ctx.clock.today()))


def kept_of(ctx: Context, header: AccountHeader) -> Money:
    """The rent in advance that the policy keeps on an account; nothing once the tenancy has ended."""
    today = ctx.clock.today()
    if is_former(header, today):
        return ZERO
    weeks = ctx.policy.number("refunds.keep_weeks", today)
    monthly = ctx.policy.number("refunds.keep_weeks_monthly", today)
    return rules.kept(header.weekly, header.payment_method, weeks, monthly)


def is_former(header: AccountHeader, today: date) -> bool:
    """Whether the tenancy of an account has ended."""
    return rules.ended(header.kind, header.ended_on, today)


def _lately(ctx: Context, account_id: int) -> tuple[Lately, Lately, Lately]:
    """What came by cheque, Direct Debit and card in the days of each that the policy names."""
    today = ctx.clock.today()
    keys = ("refunds.cheque_days", "refunds.direct_debit_days", "refunds.card_days")
    days = [today - timedelta(days=ctx.policy.number(key, today)) for key in keys]
    lines = ledger_pages(ctx, [account_id], min(days), today)[account_id].lines
    cheques, collections, card = (
        _came(lines, codes, first) for codes, first in zip((_CHEQUES, _COLLECTIONS, _CARDS), days, strict=True)
    )
    return cheques, collections, card


def _came(lines: Iterable[LedgerLine], codes: Sequence[str], first: date) -> Lately:
    """What lines of some codes credited from a day on; what came back of it is taken off."""
    of_them = [line for line in lines if line.code in codes and line.effective_on > first]
    amount = max(sum((-line.amount for line in of_them), ZERO), ZERO)
    last = max((line.effective_on for line in of_them if line.amount < ZERO), default=None)
    return Lately(amount, last)


def _debts(ctx: Context, header: AccountHeader) -> tuple[Debt, ...]:
    owing = [each for each in header.linked if each.balance > ZERO]
    held = stops(ctx, [each.account_id for each in owing], Stop.RECOVERY)
    return tuple(
        Debt(
            each.account_id,
            each.kind,
            each.reference,
            each.address,
            each.balance,
            each.link is Link.FORMER,
            _protected(held.get(each.account_id)),
        )
        for each in owing
    )


def _protected(hold: Stopped | None) -> str:
    return hold.kind.value.replace("_", " ") if hold is not None and hold.kind in _PROTECTED else ""


def _rights(ctx: Context, header: AccountHeader, person_id: int | None) -> Rights:
    died = ctx.session.scalar(select(Person.died_on).where(Person.id == person_id)) is not None
    acts = tuple(
        f"{each.name} ({each.relation})"
        for each in header.speakers
        if each.authority is Authority.ACT and each.person_id == person_id
    )
    holds = any(person.person_id == person_id for person in header.people)
    return Rights(len(header.people), holds, died, acts)


def _theirs(detail: BankDetails, row: Refund) -> bool:
    """Whether details were kept for the payee, or for the account, as those of an agent or executor are."""
    own = detail.person_id is not None and detail.person_id == row.person_id
    return own or detail.account_id == row.account_id


def _claims(ctx: Context, account_id: int) -> tuple[Claim, ...]:
    """The claims for the account's tenancy that go on or ended lately."""
    tenancy_id = ctx.session.scalar(select(Account.tenancy_id).where(Account.id == account_id))
    if tenancy_id is None:
        return ()
    today = ctx.clock.today()
    first = today - timedelta(days=ctx.policy.number("refunds.benefit_days", today))
    every = reading.claims_of(ctx, [tenancy_id]).get(tenancy_id, ())
    return tuple(
        claim
        for claim in every
        if claim.state is not ClaimState.REFUSED and (claim.ended_on is None or claim.ended_on >= first)
    )


def _housing(ctx: Context, claims: Iterable[Claim]) -> tuple[str, ...]:
    today = ctx.clock.today()
    return tuple(
        f"Housing Benefit was claimed on {_day(claim.claimed_on)} and "
        + (f"ended on {_day(claim.ended_on)}." if claim.ended_on and claim.ended_on < today else "goes on.")
        for claim in claims
        if claim.kind is BenefitKind.HOUSING_BENEFIT
    )


def _undecided(ctx: Context, claims: Sequence[Claim]) -> tuple[str, ...]:
    said = [
        f"{KINDS[claim.kind]} claimed on {_day(claim.claimed_on)} is {claim.state.value}: nothing is decided."
        for claim in claims
        if claim.state in {ClaimState.APPLIED, ClaimState.SUSPENDED}
    ]
    if claims:
        tenancy_id = claims[0].tenancy_id
        periods = comparing.compared(ctx, {tenancy_id: claims}).get(tenancy_id, ())
        least = policies.least_difference(ctx, ctx.clock.today())
        for kind in sorted({period.kind for period in periods}):
            off = sum((period.difference for period in comparing.of_kind(periods, kind)), ZERO)
            if off and abs(off) >= least:
                more = "less" if off > ZERO else "more"
                said.append(f"{KINDS[kind]} of the last weeks came to {abs(off)} {more} than was awarded.")
    return tuple(said)


def _same(ctx: Context, row: Refund) -> tuple[str, ...]:
    """Earlier refunds of the account, to the payee, to the same bank account or for the same amount."""
    today = ctx.clock.today()
    first = today - timedelta(days=ctx.policy.number("refunds.same_days", today))
    own, other = aliased(BankDetail), aliased(BankDetail)
    alike = [
        Refund.account_id == row.account_id,
        Refund.pence == row.pence,
        func.lower(Refund.payee_name) == row.payee_name.lower(),
    ]
    if row.person_id is not None:
        alike.append(Refund.person_id == row.person_id)
    if row.bank_detail_id is not None:
        mine = select(own.fingerprint).where(own.id == row.bank_detail_id).scalar_subquery()
        alike.append(Refund.bank_detail_id.in_(select(other.id).where(other.fingerprint == mine)))
    statement = (
        select(Refund.number, Refund.pence, Refund.asked_on, Refund.state)
        .where(Refund.id != row.id, Refund.asked_on >= first, Refund.state.not_in(_OVER), or_(*alike))
        .order_by(Refund.number.desc())
        .limit(5)
    )
    return tuple(
        f"Refund {each.number} of {Money(each.pence)}, asked for on {_day(each.asked_on)}: {STATES[each.state].lower()}."
        for each in ctx.session.execute(statement)
    )


def _put_back(ctx: Context, row: Refund) -> tuple[str, str]:
    """Of a refund of a written-on credit, what isn't posted yet that brings it back, and why nothing does; empty where neither."""
    if row.write_on_id is None:
        return "", ""
    journal = select(Adjustment.journal).where(Adjustment.id == row.write_on_id).scalar_subquery()
    theirs = (AdjustmentLine.account_id == row.account_id, AdjustmentLine.fixed_journal == journal)
    of_it = select(AdjustmentLine.adjustment_id).where(*theirs)
    made = select(Adjustment.number, Adjustment.state).where(Adjustment.id.in_(of_it)).order_by(Adjustment.id.desc())
    rows = ctx.session.execute(made).all()
    standing = next((each for each in rows if each.state in fixing.STANDING), None)
    if standing is None:
        last = f"{rows[0].state.value}, by adjustment {rows[0].number}" if rows else "not asked for"
        return "", f"Putting the written-on credit back was {last}."
    if standing.state is AdjustmentState.POSTED:
        return "", ""
    return f"Adjustment {standing.number}, which takes the write-on back, isn't posted yet.", ""


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
