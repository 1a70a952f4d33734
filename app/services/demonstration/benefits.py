"""Claims of the made-up tenants who have Housing Benefit or Universal Credit: what is awarded is what comes, but for a few."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from app.models.values import AccountKind, BenefitKind, ClaimState, Frequency, Money
from app.services.benefits.dto import EACH
from app.services.benefits.rules import monthly_costs
from app.services.demonstration.estate import Estate, Payer
from app.services.demonstration.rules.dice import Dice
from app.services.demonstration.rules.habits import Habit

Latest = Mapping[int, Mapping[str, tuple[date, int]]]
"""By account and code: the last receipt of the year, its day and pence."""

_HOUSING_BENEFIT: Final = frozenset({Habit.REBATE, Habit.PART_REBATE})
_WRONG: Final = (4_20, -3_15, 11_90)
"""What some awards are off by, in pence: the benefit office changed them, and nobody noticed."""
_PAY_DAYS: Final = 7
_FIRST_CLAIMS: Final = date(2018, 5, 14)
"""Nobody there claims Universal Credit before."""


def add_all(estate: Estate, latest: Latest) -> None:
    """The claims of everybody whose rent is paid by benefit today."""
    tenancies = {row["id"]: row["tenancy_id"] for row in estate.rows["account"]}
    people = {row["tenancy_id"]: row["person_id"] for row in estate.rows["tenant"] if row["position"] == 1}
    for payer in estate.payers:
        if payer.kind is not AccountKind.RENT or payer.end is not None:
            continue
        tenancy_id = tenancies[payer.number]
        if tenancy_id in people:
            _Claimant(estate, payer, tenancy_id, people[tenancy_id]).add(latest.get(payer.number, {}))


class _Claimant:
    """Somebody who may claim."""

    def __init__(self, estate: Estate, payer: Payer, tenancy_id: int, person_id: int) -> None:
        self._estate = estate
        self._payer = payer
        self._tenancy_id = tenancy_id
        self._person_id = person_id
        self._dice: Dice = estate.dice("benefit", payer.number)
        self._from = max(payer.start, estate.years.current.first_week_on)

    def add(self, latest: Mapping[str, tuple[date, int]]) -> None:
        """Their claim, by how they pay."""
        habit = self._payer.habit
        if habit in _HOUSING_BENEFIT and "RHB" in latest:
            off = self._dice.pick(_WRONG) if self._dice.chance(15) else 0
            claim = self._claim(BenefitKind.HOUSING_BENEFIT, self._payer.start, ClaimState.LIVE)
            self._award(claim, BenefitKind.HOUSING_BENEFIT, self._from, latest["RHB"][1] + off, ours=True)
        elif habit is Habit.UC_MANAGED and "RUC" in latest:
            day, pence = latest["RUC"]
            claimed_on = _claimed_before(day, max(self._payer.start, _FIRST_CLAIMS))
            claim = self._claim(BenefitKind.UNIVERSAL_CREDIT, claimed_on, ClaimState.LIVE)
            deducted, arrears = latest.get("RDP", (date.min, 0))
            arrears = arrears if deducted == day else 0
            from_on = max(self._from, claimed_on)
            self._award(claim, BenefitKind.UNIVERSAL_CREDIT, from_on, pence, ours=True, arrears=arrears)
        elif habit is Habit.UC_SELF:
            self._paid_to_the_tenant()

    def _paid_to_the_tenant(self) -> None:
        started = max(self._payer.start, _FIRST_CLAIMS)
        new = started > self._estate.years.today - timedelta(days=42)
        state = ClaimState.APPLIED if new else ClaimState.LIVE
        claim = self._claim(BenefitKind.UNIVERSAL_CREDIT, started, state)
        if not new:
            eligible = sum(each.amounts[-1] for each in self._payer.elements if each.eligible)
            pence = monthly_costs(Money(eligible)).pence
            self._award(claim, BenefitKind.UNIVERSAL_CREDIT, self._from, pence, ours=False)

    def _claim(self, kind: BenefitKind, claimed_on: date, state: ClaimState) -> int:
        rows = self._estate.rows["benefit_claim"]
        confirmed = kind is BenefitKind.UNIVERSAL_CREDIT and not self._dice.chance(60)
        confirmed_on = min(claimed_on + timedelta(days=9), self._estate.years.today) if confirmed else None
        rows.append(
            {
                "id": len(rows) + 1,
                "version": 1,
                "tenancy_id": self._tenancy_id,
                "person_id": self._person_id,
                "kind": kind,
                "state": state,
                "reference": f"{'HB' if kind is BenefitKind.HOUSING_BENEFIT else 'UC'}{self._payer.number:07}",
                "claimed_on": claimed_on,
                "ended_on": None,
                "portal_on": confirmed_on,
                "note": "",
            }
        )
        return len(rows)

    def _award(self, claim: int, kind: BenefitKind, from_on: date, pence: int, *, ours: bool, arrears: int = 0) -> None:
        rows = self._estate.rows["benefit_award"]
        frequency: Frequency = EACH[kind]
        rows.append(
            {
                "id": len(rows) + 1,
                "version": 1,
                "claim_id": claim,
                "from_on": from_on,
                "to_on": None,
                "amount_pence": pence,
                "frequency": frequency,
                "spare_bedrooms": 0,
                "to_landlord": ours,
                "arrears_pence": arrears,
            }
        )


def _claimed_before(paid_on: date, started: date) -> date:
    """The first day from the letting on that brings payments on that day of the month: six days before it, or the 31st."""
    day = paid_on.day - _PAY_DAYS + 1 or 31
    on = started
    while on.day != day:
        on += timedelta(days=1)
    return on
