"""What is found of a debt, and the policy that it is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.models.values import ZERO, AccountKind, HoldKind, Money


class Band(StrEnum):
    """Whose authority a write-off needs, from the least to the most; the office's own words for each are policy."""

    SMALL = "small"
    OFFICER = "officer"
    SECTION_151 = "section_151"
    MEMBER = "member"
    CABINET = "cabinet"
    COUNCIL = "council"

    @property
    def outside(self) -> bool:
        """Somebody outside Rentbook decides: their minute is recorded before it is submitted."""
        return self not in {Band.SMALL, Band.OFFICER}


@dataclass(frozen=True, slots=True)
class Authorities:
    """The bands in force on a day: each is for less than its amount; `by` names who decides."""

    small_below: Money
    officer_below: Money
    section_151_below: Money
    member_below: Money
    by: Mapping[Band, str]


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """Why a debt is written off, and what is asked for first; as `WriteOffReason`."""

    key: str
    title: str
    explained: str
    most: Money | None
    least_letters: int
    least_days: int
    needs_trace: bool
    needs_evidence: str
    for_current: bool
    for_joint: bool
    discharges: bool
    unenforceable: bool
    active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of an account: a debit positive; `paid` says that it is money in that the debtor paid themselves."""

    on: date
    pence: int
    paid: bool = False


@dataclass(frozen=True, slots=True)
class OwedPart:
    """What is still owed of what fell due on a day, and the last day on which it can be sued for."""

    due_on: date
    amount: Money
    last_on: date

    def barred(self, today: date) -> bool:
        """Whether it is out of time (Limitation Act 1980 s.19)."""
        return today > self.last_on


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed on one account of the tenancy.

    Attributes:
        parts: by the day that each fell due, the oldest first.
        barred: what of it is out of time.
        by_year: by financial year, such as `2024/25`.
    """

    account_id: int
    reference: str
    name: str
    kind: AccountKind
    balance: Money
    parts: tuple[OwedPart, ...] = ()
    barred: Money = ZERO
    by_year: tuple[tuple[str, Money], ...] = ()

    @property
    def oldest_on(self) -> date | None:
        """The day the oldest part fell due."""
        return self.parts[0].due_on if self.parts else None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another account of the same people: what is owed there, or in credit (below nought), and whether its tenancy goes on."""

    account_id: int
    reference: str
    kind: AccountKind
    balance: Money
    live: bool


@dataclass(frozen=True, slots=True)
class Debtor:
    """Somebody who owes it: whether they died, and which insolvency they are in."""

    person_id: int
    name: str
    died_on: date | None = None
    insolvency: frozenset[HoldKind] = frozenset()


@dataclass(frozen=True, slots=True)
class Insolvency:
    """A case of insolvency that a debt is in: what of it was owed on the day of the order, by account.

    Attributes:
        over: it has run its time or was discharged (a debt relief order ends its debts then).
    """

    kind: HoldKind
    reference: str
    applied_on: date
    over: bool
    debts: Mapping[int, Money]


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found about a tenancy's debt on a day.

    Attributes:
        letters: how many letters went out about it since it began to be owed; `last_letter_on`: the last of them.
        returned_on: when a letter last came back.
        last_payment: the last payment of their own, with its day.
        stopped: why holds stop a write-off, by account.
        breathing_until: a breathing space is in force until then (`date.max`: no end); None: there is none.
        arrangement: how a repayment arrangement stands; empty where there is none.
        written_off: in the last 12 months, less what came back.
        evidence: how many documents are with the case.
    """

    today: date
    tenancy_id: int
    tenancy_ref: str
    ended_on: date | None
    debts: tuple[Debt, ...]
    elsewhere: tuple[Elsewhere, ...]
    debtors: tuple[Debtor, ...]
    letters: int = 0
    last_letter_on: date | None = None
    returned_on: date | None = None
    last_payment: tuple[date, Money] | None = None
    insolvencies: tuple[Insolvency, ...] = ()
    stopped: Mapping[int, str] | None = None
    breathing_until: date | None = None
    arrangement: str = ""
    written_off: Money = ZERO
    evidence: int = 0

    @property
    def owed(self) -> Money:
        """Everything that these people owe, on every account."""
        here = sum((each.balance for each in self.debts if each.balance > ZERO), ZERO)
        return here + sum((each.balance for each in self.elsewhere if each.balance > ZERO), ZERO)

    @property
    def basis(self) -> Money:
        """What the authority is worked out on: everything owed, with what was written off in the last 12 months."""
        return self.owed + self.written_off


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found or asked for; `met` says whether the policy of the reason is met, None: it only informs."""

    what: str
    words: str
    met: bool | None = None
