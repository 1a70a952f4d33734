"""Claims to Housing Benefit, Universal Credit and discretionary payments: as they are kept, and against what came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import ZERO, BenefitKind, ClaimState, Frequency, Money
from app.services.core.changes import Changes

KINDS = {
    BenefitKind.HOUSING_BENEFIT: "Housing Benefit",
    BenefitKind.UNIVERSAL_CREDIT: "Universal Credit",
    BenefitKind.DISCRETIONARY: "Discretionary payment",
}
"""Each benefit as officers call it."""
EACH = {
    BenefitKind.HOUSING_BENEFIT: Frequency.WEEKLY,
    BenefitKind.UNIVERSAL_CREDIT: Frequency.MONTHLY,
    BenefitKind.DISCRETIONARY: Frequency.WEEKLY,
}
"""By what an award of each is counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check of Housing Benefit and Universal Credit for the last weeks found.

    Attributes:
        words: the finding as sentences.
        overpaid: what was paid for days after entitlement ended.
        missing: what an award should have brought for weeks before and has not.
        entitled_to: the last day of entitlement that was gone by.
        checked_from: the first day that was looked at.
        tells_office: the benefit office has to be told of it.
    """

    words: str
    overpaid: Money
    missing: Money
    entitled_to: date
    checked_from: date
    tells_office: bool = False


@dataclass(frozen=True, slots=True)
class Award:
    """What a claim awards from a day to a day (both included; no end: until further notice).

    Attributes:
        amount: of Housing Benefit a week, of Universal Credit's housing costs a month.
        to_landlord: paid to us: a rebate or direct payment, or a managed payment.
        arrears: what is paid beside it off the arrears, by the same frequency.
    """

    award_id: int
    from_on: date
    to_on: date | None
    amount: Money
    frequency: Frequency
    spare_bedrooms: int = 0
    to_landlord: bool = False
    arrears: Money = ZERO


@dataclass(frozen=True, slots=True)
class Claim:
    """A person's claim for a tenancy, with its awards in order of their first day."""

    claim_id: int
    version: int
    tenancy_id: int
    person_id: int
    person: str
    kind: BenefitKind
    state: ClaimState
    reference: str
    claimed_on: date
    ended_on: date | None
    portal_on: date | None
    note: str
    awards: tuple[Award, ...] = ()

    def award_on(self, day: date) -> Award | None:
        """What is awarded on a day."""
        for award in self.awards:
            if award.from_on <= day and (award.to_on is None or day <= award.to_on):
                return award if self.ended_on is None or day <= self.ended_on else None
        return None


@dataclass(frozen=True, slots=True)
class SetAward:
    """An award from a day on; the one before it ends the day before, and one of the same day is corrected."""

    from_on: date
    amount: Money
    to_on: date | None = None
    spare_bedrooms: int = 0
    to_landlord: bool = False
    arrears: Money = ZERO


@dataclass(frozen=True, slots=True)
class KeepClaim:
    """A claim as it is to be kept; no `claim_id` makes a new one.

    Attributes:
        ended_on: the last day of entitlement.
        portal_on: when the rent was confirmed on the landlord portal.
        award: what is awarded from a day on; None leaves the awards as they are.
        version: of the claim as it was read.
    """

    account_id: int
    person_id: int
    kind: BenefitKind
    state: ClaimState
    claimed_on: date
    reference: str = ""
    ended_on: date | None = None
    portal_on: date | None = None
    note: str = ""
    award: SetAward | None = None
    claim_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ClaimSaved:
    """A claim that was kept, and what was done as a sentence."""

    claim_id: int
    account_id: int
    told: str
    changes: Changes


@dataclass(frozen=True, slots=True)
class Expected:
    """A payment that is expected: for days from `from_on` to `to_on`, on `due_on` or soon after."""

    from_on: date
    to_on: date
    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """What was expected and what came of a benefit for a period: a rent week, or from one payment day to the next."""

    kind: BenefitKind
    from_on: date
    to_on: date
    expected: Money
    received: Money

    @property
    def difference(self) -> Money:
        """What came too little; less than nothing came too much."""
        return self.expected - self.received


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """What the sheet of a claim needs.

    Attributes:
        people: (person, name) of those who hold the tenancy.
        claims: the claims there are, the latest first.
        weekly, eligible: a week's charge, and what of it benefit can pay for.
        monthly: what is eligible a month, as Universal Credit reckons.
        one_percent, more_percent: what is taken off for one spare bedroom, and for two or more.
    """

    account_id: int
    reference: str
    name: str
    tenancy_id: int
    people: tuple[tuple[int, str], ...]
    claims: tuple[Claim, ...]
    weekly: Money
    eligible: Money
    monthly: Money
    today: date
    started_on: date
    one_percent: int = 14
    more_percent: int = 25


@dataclass(frozen=True, slots=True)
class AccountBenefits:
    """An account's claims, and expected against received by period, the latest first."""

    account_id: int
    tenancy_id: int | None
    claims: tuple[Claim, ...]
    periods: tuple[PeriodRow, ...]
    eligible: Money
    monthly: Money


class BenefitShown(StrEnum):
    """The choices of the register: those where what came isn't what was expected lead."""

    DIFFERENT = "different"
    LIVE = "live"
    UNCONFIRMED = "unconfirmed"
    APPLIED = "applied"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class BenefitFilter:
    """Which claims the office lists; `text`: only those with these words in the reference or the name."""

    shown: BenefitShown = BenefitShown.DIFFERENT
    text: str = ""


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """A claim as the office lists it, with what was expected and what came in the weeks that are compared.

    Attributes:
        amount: what is awarded now, a week or a month; None where nothing is.
        expected, received: paid to us; both nothing where it is paid to the tenant.
    """

    claim_id: int
    account_id: int
    reference: str
    name: str
    kind: BenefitKind
    state: ClaimState
    claimed_on: date
    ended_on: date | None
    portal_on: date | None
    amount: Money | None
    to_landlord: bool
    expected: Money
    received: Money

    @property
    def difference(self) -> Money:
        """What came too little; less than nothing came too much."""
        return self.expected - self.received


@dataclass(frozen=True, slots=True)
class BenefitRegister:
    """The claims of a choice, and how many there are of those that ask for something to be done."""

    rows: tuple[BenefitRow, ...]
    counts: Mapping[BenefitShown, int]
